package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/ui/command"
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
// ignores keys while a menu is open, which handles them itself, but for the one that
// closes the menu bar.
func (w *window) hears(name fyne.KeyName, modifier fyne.KeyModifier) bool {
	return (!w.menuOpen() || name == fyne.KeyF10) && w.pressed(command.Key{Name: name, Modifier: modifier})
}

// label returns the label of a command, preceded by its submenu.
func label(T func(string, ...any) string, c *command.Command) string {
	if c.Place.Sub != "" {
		return T("menu."+c.Place.Sub) + " › " + T(c.Text())
	}
	return T(c.Text())
}
