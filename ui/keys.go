package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/command"
	"sseconsole/ui/widgets"
)

// typedKey runs the command of a key that is not a shortcut, whichever control has the
// focus, and reports whether there was one. While a dialog is open it runs no command
// of the menu.
func (w *window) typedKey(name fyne.KeyName) bool {
	key := command.Key{Name: name}
	if d, ok := w.k.App.Driver().(desktop.Driver); ok {
		key.Modifier = d.CurrentKeyModifiers() & command.Shift
	}
	return w.pressed(key)
}

// pressed is like typedKey for a key with known modifiers.
func (w *window) pressed(key command.Key) bool {
	c := w.commands.Pressed(key)
	if c == nil || !c.CanRun() || w.k.Asking() && c.Place.Menu != "" {
		return false
	}
	c.Run()
	return true
}

// hears is like typedKey for a key that the focused control has not received yet. It
// ignores keys while a menu is open, which handles them itself.
func (w *window) hears(name fyne.KeyName, modifier fyne.KeyModifier) bool {
	_, menu := w.k.Win.Canvas().Focused().(*widget.PopUpMenu)
	return !menu && w.pressed(command.Key{Name: name, Modifier: modifier})
}

// showKeys lists all keys. The menus show them too, but Fyne draws them there in a
// fifth of the text's colour.
func (w *window) showKeys() {
	if w.k.Asking() {
		return
	}
	text := widgets.NewTextView(w.k.Fonts)
	text.SetTextSize(w.log.View.TextSize())
	text.OnKey = w.typedKey
	text.SetText(w.keys())
	d := dialog.NewCustom(w.k.T("keys.title"), w.k.T("fyne.OK"), text, w.k.Win)
	d.Resize(w.k.DialogSize())
	d.Show()
	w.k.Win.Canvas().Focus(text)
}

// keys returns a text that lists every key and what it does: first those of the menus,
// then the others.
func (w *window) keys() string {
	var b strings.Builder
	list := func(title string, commands []*command.Command) {
		b.WriteString(title + "\n")
		for _, c := range commands {
			if len(c.Keys) > 0 {
				fmt.Fprintf(&b, "  %-22s %s\n", c.Keys, label(w.k.T, c))
			}
		}
	}
	for _, menu := range command.Menus() {
		list(w.k.T("menu."+string(menu)), w.commands.Menu(menu))
		b.WriteString("\n")
	}
	list(w.k.T("keys.further"), w.commands.Menu(""))
	return b.String()
}

// label returns the label of a command, preceded by its submenu.
func label(T func(string, ...any) string, c *command.Command) string {
	if c.Place.Sub != "" {
		return T("menu."+c.Place.Sub) + " › " + T(c.Text())
	}
	return T(c.Text())
}
