package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/command"
)

// menu is the main menu.
type menu struct {
	w       *window
	main    *fyne.MainMenu
	subs    map[string]*fyne.Menu
	items   map[*command.Command]*fyne.MenuItem
	further map[string]*command.Command // commands of shortcuts that are not in a menu, by shortcut name
}

func newMenu(w *window) *menu {
	m := &menu{w: w, further: map[string]*command.Command{}}
	for _, c := range w.commands {
		for i, key := range slices.Concat(c.Keys, c.Also) {
			if c.Run == nil || key.Typed() || i == 0 && c.Place.Menu != "" {
				continue // handled by the control, the window or the menu itself
			}
			s := key.Shortcut()
			m.further[s.ShortcutName()] = c
			w.k.Win.Canvas().AddShortcut(s, func(s fyne.Shortcut) { m.runFurther(s) })
		}
	}
	w.log.View.OnHeaderMenu = func(at fyne.Position) {
		widget.ShowPopUpMenuAtPosition(m.subs["columns"], w.k.Win.Canvas(), at)
	}
	w.k.Text(m.build)
	return m
}

// build creates the menu in the window's language.
func (m *menu) build() {
	T := m.w.k.T
	m.main, m.subs, m.items = fyne.NewMainMenu(), map[string]*fyne.Menu{}, map[*command.Command]*fyne.MenuItem{}
	groups := map[*fyne.Menu]int{} // the group of the last item
	keys := map[*fyne.MenuItem]command.Key{}
	add := func(to *fyne.Menu, item *fyne.MenuItem, group int) {
		if len(to.Items) > 0 && groups[to] != group {
			to.Items = append(to.Items, fyne.NewMenuItemSeparator())
		}
		groups[to] = group
		to.Items = append(to.Items, item)
	}
	for _, name := range command.Menus() {
		whole := fyne.NewMenu(menuTitle(T("menu."+string(name)), mnemonic(name)))
		m.main.Items = append(m.main.Items, whole)
		for _, c := range m.w.commands.Menu(name) {
			to := whole
			if sub := c.Place.Sub; sub != "" {
				if m.subs[sub] == nil {
					m.subs[sub] = fyne.NewMenu("")
					under := fyne.NewMenuItem(T("menu."+sub), nil)
					under.ChildMenu = m.subs[sub]
					add(whole, under, c.Place.Group)
				}
				to = m.subs[sub]
			}
			m.items[c] = m.item(c)
			if len(c.Keys) > 0 {
				keys[m.items[c]] = c.Keys[0]
			}
			add(to, m.items[c], c.Place.Group)
		}
	}
	for _, whole := range m.main.Items {
		setKeys(whole.Items, keys)
	}
	for _, sub := range m.subs {
		setKeys(sub.Items, keys)
	}
	m.refresh()
	m.w.k.Win.SetMainMenu(m.main)
}

// item returns the menu item of a command.
func (m *menu) item(c *command.Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(m.w.k.T(c.Text()), func() {
		c.Run()
		m.refresh()
	})
	item.IsQuit = c.ID == "quit" // otherwise Fyne adds its own
	return item
}

// refresh updates which items are disabled and checked. Fyne applies the former when a
// menu is opened, but makes room for check marks only when a menu is rebuilt.
func (m *menu) refresh() {
	marked := false
	for c, item := range m.items {
		item.Disabled = !c.CanRun()
		if checked := c.Checked != nil && c.Checked(); item.Checked != checked {
			item.Checked, marked = checked, true
		}
	}
	if marked {
		m.main.Refresh()
	}
}

// popUp shows a menu below a control, within the window.
func (m *menu) popUp(name command.Menu, below fyne.CanvasObject) {
	whole := m.main.Items[slices.Index(command.Menus(), name)]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	at.Y += below.Size().Height
	widget.ShowPopUpMenuAtPosition(whole, m.w.k.Win.Canvas(), at)
}

// runFurther runs the command of a shortcut that is not in a menu, and reports whether
// there is one.
func (m *menu) runFurther(s fyne.Shortcut) bool {
	c := m.further[s.ShortcutName()]
	if c == nil {
		return false
	}
	c.Run()
	return true
}
