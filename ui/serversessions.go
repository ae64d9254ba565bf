package ui

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

	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// sessionsSection is a table of the embedded server's subscribers, and what can
// be done with those that are selected.
type sessionsSection struct {
	w       *window
	tab     *serverTab
	content fyne.CanvasObject

	filter *entry
	count  *widget.Label
	view   *widgets.LogView
	detail *widget.Label

	send, hold, release, close, drop, log *button

	all     []server.SessionInfo
	rows    []server.SessionInfo // those that the filter lets through
	chosen  map[string]bool      // the IDs of the selected ones
	setting bool                 // the selection is being restored, not changed by the person
}

func newSessionsSection(w *window, tab *serverTab) *sessionsSection {
	s := &sessionsSection{w: w, tab: tab}
	s.filter = newEntry(w)
	s.filter.OnChanged = func(string) { s.refilter() }
	s.count = widget.NewLabel("")
	s.view = widgets.NewLogView(w.fonts, nil)
	s.view.SetSource(s)
	s.view.SetTextSize(cmp.Or(w.con.Settings().LogTextSize, logTextSize))
	s.view.OnSelection = s.selected
	s.view.OnCopy = func([]widgets.Range) { w.app.Clipboard().SetContent(s.copied()) }
	s.detail = widget.NewLabel("")
	s.detail.Wrapping = fyne.TextWrapBreak

	act := func(icon fyne.Resource, run func(ids ...string)) *button {
		return newButton(icon, func() { run(s.ids()...) })
	}
	s.send = newButton(theme.MailSendIcon(), func() {
		tab.send.address(s.clientIDs())
		tab.sections.choose(sectionSend)
	})
	s.hold = act(theme.MediaPauseIcon(), w.con.HoldSessions)
	s.release = act(theme.MediaPlayIcon(), w.con.ReleaseSessions)
	s.close = act(theme.LogoutIcon(), w.con.CloseSessions)
	s.drop = act(theme.ContentCutIcon(), w.con.DropSessions)
	s.log = newButton(theme.ListIcon(), func() { w.showRowsOf(s.clientIDs()[0]) })
	buttons := container.NewHBox(s.send, s.hold, s.release, s.close, s.drop, s.log)

	s.content = container.NewBorder(
		container.NewBorder(nil, nil, nil, s.count, s.filter),
		container.NewVBox(s.detail, container.NewHScroll(buttons)),
		nil, nil, container.New(sized(s.fitColumns), s.view))
	w.text(func() {
		T := w.words.T
		s.filter.SetPlaceHolder(T("sessions.filter"))
		s.send.SetText(T("sessions.send"))
		s.hold.SetText(T("sessions.hold"))
		s.release.SetText(T("sessions.release"))
		s.close.SetText(T("form.close"))
		s.drop.SetText(T("sessions.drop"))
		s.log.SetText(T("sessions.log"))
		s.view.SetHint(T("sessions.none"))
		s.fitColumns(s.view.Size().Width)
		s.refilter()
	})
	return s
}

// fitColumns hides the columns that matter least where there is no room: what
// they say of the selected session stands below the table.
func (s *sessionsSection) fitColumns(width float32) {
	T := s.w.words.T
	columns := []widgets.Column{
		{Title: T("column.client_id"), Width: 14, Min: 10},
		{Title: T("column.state"), Width: 8},
		{Title: T("column.events"), Width: 8},
		{Title: T("column.bytes"), Width: 10},
		{Title: T("column.queue"), Width: 6},
		{Title: T("column.faults"), Width: 12, Min: 10},
		{Title: T("column.since"), Width: 8},
		{Title: T("column.remote"), Width: 21, Min: 15},
		{Title: T("column.mode"), Width: 13},
		{Title: "Last-Event-ID", Width: 15, Min: 13},
		{Title: "User-Agent", Width: 14, Min: 10},
	}
	cell := fyne.MeasureText("0", s.view.TextSize(), fyne.TextStyle{Monospace: true}).Width
	room := int(width/cell) - 3 // margin and scroll bar
	for i, c := range columns {
		least := c.Width + 1
		if c.Min > 0 {
			least = c.Min + 1
		}
		if room -= least; room < 0 {
			columns[i].Hidden = true // and all that follow
		}
	}
	if !slices.Equal(columns, s.view.Columns()) {
		s.view.SetColumns(columns)
	}
}

// sized is a layout of one object whose width is told.
type sized func(width float32)

func (f sized) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (f sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	f(size.Width)
}

// Len implements widgets.Source.
func (s *sessionsSection) Len() int64 { return int64(len(s.rows)) }

// Row implements widgets.Source.
func (s *sessionsSection) Row(i int64) widgets.Row {
	info, w := s.rows[i], s.w.words
	state := map[server.State]widgets.Role{server.Open: widgets.Good, server.Held: widgets.Warn, server.Stray: widgets.Bad}[info.State]
	queue := widgets.Normal
	if info.Queued > 0 {
		queue = widgets.Warn
	}
	return widgets.Row{Cells: []widgets.Cell{
		{Text: info.ClientID},
		{Text: w.T("state_of_session." + string(info.State)), Role: state},
		{Text: fmt.Sprint(info.Events)},
		{Text: w.size(int64(info.Bytes)), Role: widgets.Muted},
		{Text: fmt.Sprint(info.Queued), Role: queue},
		{Text: faultNames(info.Faults), Role: widgets.Bad},
		{Text: info.Since.Format(time.TimeOnly), Role: widgets.Muted},
		{Text: info.Remote, Role: widgets.Muted},
		{Text: w.T("mode." + string(info.Mode)), Role: widgets.Muted},
		{Text: info.LastEventID, Role: widgets.Muted},
		{Text: info.UserAgent, Role: widgets.Muted},
	}}
}

func faultNames(kinds []server.FaultKind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return strings.Join(names, " ")
}

// show takes up what the server says.
func (s *sessionsSection) show(lab console.Lab) {
	s.all = lab.Sessions
	s.refilter()
}

// refilter decides anew which sessions are shown. The selection stays with the
// sessions that it is about, wherever they stand now.
func (s *sessionsSection) refilter() {
	before := s.rows
	s.rows = s.all
	if wanted := s.filter.Text; wanted != "" {
		s.rows = slices.DeleteFunc(slices.Clone(s.all), func(i server.SessionInfo) bool { return !strings.Contains(i.ClientID, wanted) })
	}
	text := s.w.words.T("sessions.count", "N", len(s.rows))
	if s.count.Text != text {
		s.count.SetText(text)
	}
	s.setting = true
	s.view.Changed()
	if moved := !samePlaces(before, s.rows); moved && len(s.chosen) > 0 {
		// Of several that moved apart none is: an action must never hit another one.
		row := -1
		if len(s.chosen) == 1 {
			row = slices.IndexFunc(s.rows, func(i server.SessionInfo) bool { return s.chosen[i.ID] })
		}
		s.view.Select(int64(row))
		if row < 0 {
			s.chosen = nil
		}
	}
	s.setting = false
	s.view.Refresh()
	s.showChosen()
}

// samePlaces tells whether every row of before is where it was.
func samePlaces(before, after []server.SessionInfo) bool {
	return len(after) >= len(before) && slices.EqualFunc(before, after[:len(before)], func(a, b server.SessionInfo) bool { return a.ID == b.ID })
}

// selected is called when other rows are selected.
func (s *sessionsSection) selected() {
	if s.setting {
		return
	}
	s.chosen = map[string]bool{}
	for _, r := range s.view.Selection() {
		for i := r.From; i < min(r.To, s.Len()); i++ {
			s.chosen[s.rows[i].ID] = true
		}
	}
	s.showChosen()
}

// showChosen enables what can be done, and tells of the one that is selected.
func (s *sessionsSection) showChosen() {
	for _, b := range []*button{s.send, s.hold, s.release, s.close, s.drop} {
		setEnabled(b, len(s.chosen) > 0)
	}
	setEnabled(s.log, len(s.chosen) == 1)
	text := s.w.words.T("sessions.choose")
	if len(s.chosen) > 1 {
		text = s.w.words.T("sessions.chosen", "N", len(s.chosen))
	} else if i := slices.IndexFunc(s.rows, func(i server.SessionInfo) bool { return s.chosen[i.ID] }); i >= 0 {
		info := s.rows[i]
		text = s.w.words.join(s.w.brief(info.ClientID), info.ID, info.Since.Format(time.TimeOnly), info.Remote,
			s.w.words.T("mode."+string(info.Mode)), faultNames(info.Faults),
			s.w.heading(info.LastEventID), s.w.heading(info.UserAgent))
	}
	if s.detail.Text != text {
		s.detail.SetText(text)
	}
}

// clientIDs are those of the selected sessions.
func (s *sessionsSection) clientIDs() (ids []string) {
	seen := map[string]bool{}
	for _, info := range s.rows {
		if s.chosen[info.ID] && !seen[info.ClientID] {
			seen[info.ClientID] = true
			ids = append(ids, info.ClientID)
		}
	}
	return ids
}

// ids are the selected sessions' own.
func (s *sessionsSection) ids() (ids []string) {
	for _, info := range s.rows {
		if s.chosen[info.ID] {
			ids = append(ids, info.ID)
		}
	}
	return ids
}

// copied is what Copy copies: the selected rows, their cells set apart by tabs.
func (s *sessionsSection) copied() string {
	var lines []string
	for i, info := range s.rows {
		if s.chosen[info.ID] {
			var cells []string
			for _, c := range s.Row(int64(i)).Cells {
				cells = append(cells, oneLine.Replace(c.Text))
			}
			lines = append(lines, strings.Join(cells, "\t"))
		}
	}
	return strings.Join(lines, "\n")
}
