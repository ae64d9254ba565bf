package logpane

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
)

// kindGroup is a set of records that is shown or hidden together.
type kindGroup struct {
	Name string // in the settings, and in the catalogue after "show."
	has  func(kind, call record.Kind) bool
}

// KindGroups returns the groups in display order. Notices are in no group: those about a
// stream are always shown, the others if the user wants that.
func KindGroups() []kindGroup {
	kinds := func(kinds ...record.Kind) func(kind, call record.Kind) bool {
		return func(kind, _ record.Kind) bool { return slices.Contains(kinds, kind) }
	}
	call := kinds(record.Send, record.Close, record.Answer)
	connection := kinds(record.Subscribe, record.Open, record.End, record.Reconnect)
	outcome := kinds(record.Fail, record.Redirect)
	return []kindGroup{
		{"events", kinds(record.Event, record.Text, record.Discarded)},
		{"comments", kinds(record.Comment)},
		{"retry", kinds(record.Retry, record.Cursor)},
		{"chunks", kinds(record.Chunk)},
		{"connection", func(kind, of record.Kind) bool {
			return connection(kind, of) || outcome(kind, of) && of == record.Subscribe
		}},
		{"problems", kinds(record.Problem, record.Difference)},
		{"sends", func(kind, of record.Kind) bool {
			return call(kind, of) || outcome(kind, of) && of != record.Subscribe
		}},
	}
}

// Kinds is the row of check boxes that show or hide groups of kinds.
type Kinds struct {
	p      *Pane
	row    *fyne.Container
	Groups []kindGroup
	Checks []*widget.Check
}

func newKinds(p *Pane) *Kinds {
	b := &Kinds{p: p, Groups: KindGroups()}
	b.row = container.NewHBox()
	hidden := p.con.Settings().HiddenKinds()
	for _, g := range b.Groups {
		c := widget.NewCheck("", nil)
		c.Checked = !slices.Contains(hidden, g.Name)
		c.OnChanged = func(bool) { b.changed() }
		b.Checks = append(b.Checks, c)
		b.row.Add(c)
	}
	p.k.Text(func() {
		for i, g := range b.Groups {
			b.Checks[i].SetText(p.k.T("show." + g.Name))
		}
	})
	return b
}

// Toggle shows or hides a group.
func (b *Kinds) Toggle(i int) { b.Checks[i].SetChecked(!b.Checks[i].Checked) }

// ToggleNotices shows or hides the notices that are about no stream.
func (b *Kinds) ToggleNotices() {
	b.p.con.UpdateSettings(func(s *settings.Settings) { s.Notices = !s.Notices })
	b.p.refilter()
	b.p.cfg.Changed()
}

func (b *Kinds) changed() {
	hidden := []string{}
	for i, g := range b.Groups {
		if !b.Checks[i].Checked {
			hidden = append(hidden, g.Name)
		}
	}
	b.p.con.UpdateSettings(func(s *settings.Settings) { s.Hidden = &hidden })
	b.p.refilter()
	b.p.cfg.Changed()
}

// shows returns a function that reports whether records of a kind are shown with the
// current checks, or nil if all are. The function may be called from any goroutine.
func (b *Kinds) shows() func(kind, call record.Kind) bool {
	var hidden []kindGroup
	for i, g := range b.Groups {
		if !b.Checks[i].Checked {
			hidden = append(hidden, g)
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	var table [2][256]bool // what is hidden, by call and kind; only the call Subscribe differs
	for kind := record.Subscribe; kind.String() != ""; kind++ {
		for i, call := range []record.Kind{record.Send, record.Subscribe} {
			table[i][kind] = slices.ContainsFunc(hidden, func(g kindGroup) bool { return g.has(kind, call) })
		}
	}
	return func(kind, call record.Kind) bool {
		i := 0
		if call == record.Subscribe {
			i = 1
		}
		return !table[i][kind]
	}
}
