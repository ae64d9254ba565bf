package lab

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// Sessions is the section with the table of the embedded server's sessions, and
// buttons for the selected ones.
type Sessions struct {
	k       *kit.Kit
	con     *console.Console
	tab     *Tab
	content fyne.CanvasObject

	filter *kit.Field
	count  *widget.Label
	View   *widgets.LogView
	Empty  *kit.Empty
	detail *widget.Label

	Send, Hold, Release, close, drop, Log *kit.Button

	all     []hub.SessionInfo
	Rows    []hub.SessionInfo // those that match the filter
	chosen  map[string]bool   // IDs of the selected sessions
	setting bool              // the selection is being restored, not changed by the user
}

func newSessions(k *kit.Kit, con *console.Console, tab *Tab) *Sessions {
	s := &Sessions{k: k, con: con, tab: tab}
	s.filter = kit.NewField(k)
	s.filter.OnChanged = func(string) { s.refilter() }
	s.count = widget.NewLabel("")
	s.View = widgets.NewLogView(k.Fonts, nil)
	s.View.Tip = k.Tip
	s.View.SetSource(s)
	s.View.SetTextSize(cmp.Or(con.Settings().LogTextSize, look.LogTextSize))
	s.View.OnSelection = s.selected
	s.View.OnCopy = func([]widgets.Range) { k.Copy(s.copied(), k.T("toast.copied_sessions", "N", len(s.IDs()))) }
	s.Empty = kit.NewEmpty(func() { tab.cfg.Subscribe() })
	s.detail = widget.NewLabel("")
	s.detail.Wrapping = fyne.TextWrapBreak

	act := func(icon fyne.Resource, run func(ids ...string)) *kit.Button {
		return kit.NewButton(icon, func() { run(s.IDs()...) })
	}
	s.Send = kit.NewButton(theme.MailSendIcon(), func() {
		tab.Send.address(s.clientIDs())
		tab.Sections.Choose(SectionSend)
	})
	s.Hold = act(theme.MediaPauseIcon(), con.Embedded.HoldSessions)
	s.Release = act(theme.MediaPlayIcon(), con.Embedded.ReleaseSessions)
	s.close = act(theme.LogoutIcon(), con.Embedded.CloseSessions)
	s.drop = act(theme.ContentCutIcon(), con.Embedded.DropSessions)
	s.Log = kit.NewButton(theme.ListIcon(), func() { tab.cfg.ShowRowsOf(s.clientIDs()[0]) })
	buttons := container.NewHBox(s.Send, s.Hold, s.Release, s.close, s.drop, s.Log)

	s.content = kit.Border(
		kit.Border(nil, nil, nil, s.count, s.filter),
		container.NewVBox(s.detail, container.NewHScroll(buttons)),
		nil, nil, container.NewStack(container.New(sized(s.fitColumns), s.View), s.Empty.Content))
	k.Text(func() {
		T := k.T
		s.filter.SetPlaceHolder(T("sessions.filter"))
		s.Send.SetText(T("sessions.send"))
		s.Hold.SetText(T("sessions.hold"))
		s.Release.SetText(T("sessions.release"))
		s.close.SetText(T("form.close"))
		s.drop.SetText(T("sessions.drop"))
		s.Log.SetText(T("sessions.log"))
		s.fitColumns(s.View.Size().Width)
		s.refilter()
	})
	return s
}

// fitColumns hides the last columns that do not fit. Their values for the selected
// session are shown below the table.
func (s *Sessions) fitColumns(width float32) {
	T := s.k.T
	columns := []widgets.Column{
		{Title: T("column.client_id"), Width: 14, Min: 10},
		{Title: T("column.state"), Width: 8},
		{Title: T("column.events"), Width: 8, Right: true},
		{Title: T("column.bytes"), Width: 10, Right: true},
		{Title: T("column.queue"), Width: 6, Right: true},
		{Title: T("column.faults"), Width: 12, Min: 10},
		{Title: T("column.since"), Width: 8},
		{Title: T("column.remote"), Width: 21, Min: 15},
		{Title: T("column.mode"), Width: 13},
		{Title: "Last-Event-ID", Width: 15, Min: 13},
		{Title: "User-Agent", Width: 14, Min: 10},
	}
	cell := fyne.MeasureText("0", s.View.TextSize(), fyne.TextStyle{Monospace: true}).Width
	room := int(width/cell) - 3 // margin and scroll bar
	for i, c := range columns {
		least := c.Width + 1
		if c.Min > 0 {
			least = c.Min + 1
		}
		if room -= least; room < 0 {
			columns[i].Hidden = true // as are all that follow
		}
	}
	if !slices.Equal(columns, s.View.Columns()) {
		s.View.SetColumns(columns)
	}
}

// sized is a layout of one object that reports its width.
type sized func(width float32)

func (f sized) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (f sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	f(size.Width)
}

// Len implements widgets.Source.
func (s *Sessions) Len() int64 { return int64(len(s.Rows)) }

// Row implements widgets.Source.
func (s *Sessions) Row(i int64) widgets.Row {
	info, w := s.Rows[i], wording.Of(s.k.Texts)
	state := map[hub.State]widgets.Role{hub.Open: widgets.Good, hub.Held: widgets.Warn, hub.Stray: widgets.Bad}[info.State]
	queue := widgets.Normal
	if info.Queued > 0 {
		queue = widgets.Warn
	}
	return widgets.Row{Cells: []widgets.Cell{
		{Text: info.ClientID},
		{Text: w.T("state_of_session." + string(info.State)), Role: state},
		{Text: fmt.Sprint(info.Events)},
		{Text: w.Size(int64(info.Bytes)), Role: widgets.Muted},
		{Text: fmt.Sprint(info.Queued), Role: queue},
		{Text: faultNames(info.Faults), Role: widgets.Bad},
		{Text: info.Since.Format(time.TimeOnly), Role: widgets.Muted},
		{Text: info.Remote, Role: widgets.Muted},
		{Text: w.T("mode." + string(info.Mode)), Role: widgets.Muted},
		{Text: info.LastEventID, Role: widgets.Muted},
		{Text: info.UserAgent, Role: widgets.Muted},
	}}
}

func faultNames(kinds []fault.Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return strings.Join(names, " ")
}

// Show shows the sessions of lab.
func (s *Sessions) Show(lab embedded.Lab) {
	s.all = lab.Sessions
	s.refilter()
}

// refilter updates the rows. The selected sessions stay selected, even if their rows
// have moved.
func (s *Sessions) refilter() {
	before := s.Rows
	s.Rows = s.all
	if wanted := s.filter.Text; wanted != "" {
		s.Rows = slices.DeleteFunc(slices.Clone(s.all), func(i hub.SessionInfo) bool { return !strings.Contains(i.ClientID, wanted) })
	}
	text := s.k.T("sessions.count", "N", len(s.Rows))
	if s.count.Text != text {
		s.count.SetText(text)
	}
	T := s.k.T
	hint := T("sessions.none")
	if len(s.all) > 0 {
		hint = T("sessions.no_match")
	}
	s.Empty.Set(hint, T("form.subscribe"))
	kit.SetVisible(s.Empty.Content, len(s.Rows) == 0)
	kit.SetVisible(s.Empty.Button, len(s.all) == 0)
	s.setting = true
	s.View.Changed()
	if moved := !samePlaces(before, s.Rows); moved && len(s.chosen) > 0 {
		// If several were selected, none is now: an action must never affect another
		// session.
		row := -1
		if len(s.chosen) == 1 {
			row = slices.IndexFunc(s.Rows, func(i hub.SessionInfo) bool { return s.chosen[i.ID] })
		}
		s.View.Select(int64(row))
		if row < 0 {
			s.chosen = nil
		}
	}
	s.setting = false
	s.View.Refresh()
	s.showChosen()
}

// samePlaces reports whether every session of before is in the same row.
func samePlaces(before, after []hub.SessionInfo) bool {
	return len(after) >= len(before) && slices.EqualFunc(before, after[:len(before)], func(a, b hub.SessionInfo) bool { return a.ID == b.ID })
}

// selected is called when the selection changes.
func (s *Sessions) selected() {
	if s.setting {
		return
	}
	s.chosen = map[string]bool{}
	for _, r := range s.View.Selection() {
		for i := r.From; i < min(r.To, s.Len()); i++ {
			s.chosen[s.Rows[i].ID] = true
		}
	}
	s.showChosen()
}

// showChosen enables the buttons and describes the selected session.
func (s *Sessions) showChosen() {
	for _, b := range []*kit.Button{s.Send, s.Hold, s.Release, s.close, s.drop} {
		kit.SetEnabled(b, len(s.chosen) > 0)
	}
	kit.SetEnabled(s.Log, len(s.chosen) == 1)
	text := s.k.T("sessions.choose")
	if len(s.chosen) > 1 {
		text = s.k.T("sessions.chosen", "N", len(s.chosen))
	} else if i := slices.IndexFunc(s.Rows, func(i hub.SessionInfo) bool { return s.chosen[i.ID] }); i >= 0 {
		info := s.Rows[i]
		text = wording.Of(s.k.Texts).Join(s.k.Brief(info.ClientID), info.ID, info.Since.Format(time.TimeOnly), info.Remote,
			s.k.T("mode."+string(info.Mode)), faultNames(info.Faults),
			s.k.Heading(info.LastEventID), s.k.Heading(info.UserAgent))
	}
	if s.detail.Text != text {
		s.detail.SetText(text)
	}
}

// clientIDs returns the clientIds of the selected sessions, each once.
func (s *Sessions) clientIDs() (ids []string) {
	seen := map[string]bool{}
	for _, info := range s.Rows {
		if s.chosen[info.ID] && !seen[info.ClientID] {
			seen[info.ClientID] = true
			ids = append(ids, info.ClientID)
		}
	}
	return ids
}

// IDs returns the IDs of the selected sessions.
func (s *Sessions) IDs() (ids []string) {
	for _, info := range s.Rows {
		if s.chosen[info.ID] {
			ids = append(ids, info.ID)
		}
	}
	return ids
}

// copied returns the text that Copy copies: the selected rows, their cells separated
// by tabs.
func (s *Sessions) copied() string {
	var lines []string
	for i, info := range s.Rows {
		if s.chosen[info.ID] {
			var cells []string
			for _, c := range s.Row(int64(i)).Cells {
				cells = append(cells, catalogue.OneLine(c.Text))
			}
			lines = append(lines, strings.Join(cells, "\t"))
		}
	}
	return strings.Join(lines, "\n")
}
