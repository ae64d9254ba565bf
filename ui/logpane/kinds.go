package logpane

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
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

// Kinds is the buttons that show or hide groups of kinds: one for each of the groups that
// people look for most, and a menu for the others and for how rows are shown.
type Kinds struct {
	p      *Pane
	row    *fyne.Container
	Groups []kindGroup
	Checks []*toggle   // of the groups; those of others than frequent are in no container
	More   *kit.Button // opens the menu
}

// frequent returns the groups with buttons of their own, in display order.
func frequent() []string { return []string{"events", "connection", "sends", "problems"} }

func newKinds(p *Pane) *Kinds {
	b := &Kinds{p: p, Groups: KindGroups(), row: container.NewHBox()}
	hidden := p.con.Settings().HiddenKinds()
	for _, g := range b.Groups {
		b.Checks = append(b.Checks, newToggle(!slices.Contains(hidden, g.Name), b.changed))
	}
	for _, name := range frequent() {
		b.row.Add(b.Checks[b.index(name)].Button)
	}
	b.More = kit.NewButton(theme.MenuDropDownIcon(), b.showMore)
	b.More.IconPlacement, b.More.Importance = widget.ButtonIconTrailingText, widget.LowImportance
	b.row.Add(b.More)
	p.k.Text(func() {
		for i, g := range b.Groups {
			b.Checks[i].setLabel(p.k.T("show." + g.Name))
			b.Checks[i].SetTip(p.k.T("show.tip", "Rows", p.k.T("show."+g.Name)))
		}
		b.More.SetText(p.k.T("filter.more"))
		b.refresh()
	})
	return b
}

// index returns the index of the group with a name.
func (b *Kinds) index(name string) int {
	return slices.IndexFunc(b.Groups, func(g kindGroup) bool { return g.Name == name })
}

// refresh says how many findings there are.
func (b *Kinds) refresh() {
	if b.p.Model == nil { // being created
		return
	}
	label := b.p.k.T("show.problems")
	if n, more := b.p.Model.Findings(); n > 0 {
		label = fmt.Sprintf("%s %d", label, n)
		if more {
			label += "+"
		}
	}
	b.Checks[b.index("problems")].setLabel(label)
}

// showMore opens the menu of the other groups and of how rows are shown.
func (b *Kinds) showMore() {
	T := b.p.k.T
	var items []*fyne.MenuItem
	add := func(label string, checked bool, run func()) {
		item := fyne.NewMenuItem(label, run)
		item.Checked = checked
		items = append(items, item)
	}
	for i, g := range b.Groups {
		if !slices.Contains(frequent(), g.Name) {
			add(T("show."+g.Name), b.Checks[i].Checked, func() { b.Toggle(i) })
		}
	}
	items = append(items, fyne.NewMenuItemSeparator())
	add(T("menu.filter_only"), b.p.Bar.Only.Checked, b.p.Bar.Toggle)
	add(T("menu.unfold_all"), b.p.unfold, b.p.ToggleUnfold)
	add(T("menu.show_notices"), b.p.con.Settings().Notices, b.ToggleNotices)
	b.p.k.Menu(b.More, items)
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
