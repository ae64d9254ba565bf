package tabs

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Close removes a tab. The subscription of a live one is closed first, as the form's Close
// does, and the tab stays until that is done.
func (b *Bar) Close(t *Tab) {
	if t == b.All {
		return
	}
	if t == b.chosen {
		defer b.Choose(b.neighbour(t))
	}
	t.leave()
	b.cfg.Refresh()
}

// leave closes the subscription of t unless it is closed, and lets t go once that is done.
func (t *Tab) leave() {
	t.kept, t.leaving = false, true
	if t.live() {
		t.closing = true
		t.b.con.Close(t.pair)
	}
}

// sayClosed says that a tab was removed because its subscription was closed, and offers
// to subscribe again: a tab is closed by a single click.
func (b *Bar) sayClosed(t *Tab) {
	b.k.Toast(b.k.T("tabs.closed", "Name", b.k.Brief(t.label())), b.k.T("tabs.subscribe"), func() {
		b.cfg.Choose(t.pair)
		b.cfg.Subscribe()
		if again := b.Tab(t.pair); again != nil {
			again.Name = t.Name
			b.cfg.Refresh()
		}
	})
}

// CloseClosed removes the tabs of closed subscriptions. If the chosen one is among them,
// the nearest of the others is chosen.
func (b *Bar) CloseClosed() {
	stays := func(t *Tab) bool { return t == b.All || t.live() }
	next := b.chosen
	if tabs := b.all(); !stays(next) {
		at := slices.Index(tabs, next)
		if i := slices.IndexFunc(tabs[at:], stays); i >= 0 {
			next = tabs[at+i]
		} else {
			for next = tabs[at-1]; !stays(next); next = tabs[at-1] {
				at--
			}
		}
	}
	for _, t := range b.List {
		if !t.live() {
			t.leave()
		}
	}
	if next != b.chosen {
		b.Choose(next)
	} else {
		b.cfg.Refresh()
	}
}

// someClosed reports whether there is a tab of a closed subscription.
func (b *Bar) someClosed() bool {
	return slices.ContainsFunc(b.List, func(t *Tab) bool { return !t.live() })
}

// Subscribe chooses the tab of a closed subscription and subscribes again.
func (b *Bar) Subscribe(t *Tab) {
	if t == b.All || t.live() {
		return
	}
	b.Choose(t)
	b.cfg.Subscribe()
}

// MoveTab moves the chosen tab by places, as far as possible.
func (b *Bar) MoveTab(by int) {
	if i := slices.Index(b.List, b.chosen); i >= 0 {
		b.swap(i, min(max(0, i+by), len(b.List)-1))
	}
}

// swap moves the tab at i to place to, and brings it into view.
func (b *Bar) swap(i, to int) {
	if i == to {
		return
	}
	t := b.List[i]
	b.List = slices.Insert(slices.Delete(b.List, i, i+1), to, t)
	b.strip.arrange()
	b.bringIntoView(t)
}

// drag moves a tab with the mouse. It changes places with a neighbour once its edge is
// past the neighbour's middle.
func (b *Bar) drag(t *Tab, by float32) {
	if !t.dragged {
		t.dragged, t.at = true, t.Position().X
	}
	width := t.MinSize().Width
	t.at = min(max(0, t.at+by), b.row.MinSize().Width-tabGap-width)
	middle := func(i int) float32 {
		return b.row.Layout.(*rowLayout).left(b.List[i]) + b.List[i].MinSize().Width/2
	}
	i := slices.Index(b.List, t)
	for i > 0 && t.at < middle(i-1) {
		b.List[i-1], b.List[i] = b.List[i], b.List[i-1]
		i--
	}
	for i >= 0 && i < len(b.List)-1 && t.at+width > middle(i+1) {
		b.List[i+1], b.List[i] = b.List[i], b.List[i+1]
		i++
	}
	b.strip.arrange()
	before := b.Scroll.Offset.X
	b.bringIntoView(t)
	t.at += b.Scroll.Offset.X - before
}

// drop ends a drag.
func (b *Bar) drop(t *Tab) {
	t.dragged = false
	b.strip.arrange()
}

// Rename asks for a name for a tab.
func (b *Bar) Rename(t *Tab) {
	if t == b.All || b.k.Asking() {
		return
	}
	T := b.k.T
	field := kit.NewField(b.k)
	field.SetText(t.label())
	item := &widget.FormItem{Text: T("tabs.name"), Widget: field, HintText: T("tabs.name_hint", "ID", b.k.Brief(t.pair.ClientID))}
	b.k.Ask(T("tabs.rename"), T("fyne.OK"), []*widget.FormItem{item}, func() {
		t.Name = field.Text
		if t.Name == t.pair.ClientID {
			t.Name = ""
		}
		b.cfg.Refresh()
	})
	field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// tabMenu opens a menu with what can be done with a tab.
func (b *Bar) tabMenu(t *Tab, at fyne.Position) {
	T, i := b.k.T, slices.Index(b.List, t)
	if i < 0 {
		return
	}
	item := func(text string, possible bool, run func()) *fyne.MenuItem {
		item := fyne.NewMenuItem(text, run)
		item.Disabled = !possible
		return item
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("",
		item(T("menu.tab_rename"), true, func() { b.Rename(t) }),
		item(T("tabs.subscribe"), !t.live(), func() { b.Subscribe(t) }),
		fyne.NewMenuItemSeparator(),
		item(T("menu.tab_left"), i > 0, func() { b.swap(i, i-1) }),
		item(T("menu.tab_right"), i < len(b.List)-1, func() { b.swap(i, i+1) }),
		fyne.NewMenuItemSeparator(),
		item(T("tabs.close"), true, func() { b.Close(t) }),
		item(T("menu.dismiss_closed"), b.someClosed(), b.CloseClosed),
	), b.k.Win.Canvas(), at)
}

// showMenu opens a menu of all tabs.
func (b *Bar) showMenu() {
	w := wording.Of(b.k.Texts)
	several := b.severalTargets()
	var items []*fyne.MenuItem
	for _, t := range b.all() {
		text := t.title(several)
		if t != b.All {
			text = w.Join(text, StateWord(w, t.Sub))
			if t.Unread > 0 {
				text = w.Join(text, b.k.T("tabs.unread", "N", t.Unread))
			}
		}
		item := fyne.NewMenuItem(text, func() { b.pick(t) })
		item.Checked = t == b.chosen
		items = append(items, item)
	}
	b.k.Menu(b.Menu, items)
}

// live reports whether the subscription of t is not closed, or is about to be opened.
func (t *Tab) live() bool {
	return t.Sub.Status.ReadyState != client.Closed || shapeOf(t.Sub) == kit.ShapeConnecting
}
