package command

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Modifiers of keys.
const (
	Ctrl  = fyne.KeyModifierShortcutDefault // Command on a Mac
	Alt   = fyne.KeyModifierAlt
	Shift = fyne.KeyModifierShift
)

// Key is a key with its modifiers.
type Key struct {
	Name     fyne.KeyName
	Modifier fyne.KeyModifier
}

// Keys are alternative keys of one command.
type Keys []Key

// On returns a single key.
func On(name fyne.KeyName, modifier fyne.KeyModifier) Keys { return Keys{{name, modifier}} }

// Or returns k with one more key.
func (k Keys) Or(name fyne.KeyName, modifier fyne.KeyModifier) Keys {
	return append(slices.Clip(k), Key{name, modifier})
}

// String returns the keys as they are labeled on a keyboard.
func (k Keys) String() string {
	var names []string
	for _, key := range k {
		names = append(names, key.String())
	}
	return strings.Join(names, ", ")
}

// String returns the key as it is labeled on a keyboard.
func (k Key) String() string {
	var parts []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}, {fyne.KeyModifierSuper, "Cmd"}} {
		if k.Modifier&m.modifier != 0 {
			parts = append(parts, m.name)
		}
	}
	name := string(k.Name)
	switch k.Name {
	case fyne.KeyReturn:
		name = "Enter"
	case fyne.KeyPageUp:
		name = "PgUp"
	case fyne.KeyPageDown:
		name = "PgDn"
	case fyne.KeyEscape:
		name = "Esc"
	case fyne.KeyDelete:
		name = "Del"
	case fyne.KeyEqual:
		name = "+"
	}
	return strings.Join(append(parts, name), "+")
}

// Typed reports whether Fyne sends the key to the focused control as a typed key
// rather than as a shortcut.
func (k Key) Typed() bool { return k.Modifier&^Shift == 0 }

// Shortcut returns the shortcut that Fyne sends for the key.
func (k Key) Shortcut() fyne.Shortcut {
	switch k {
	case Key{fyne.KeyX, Ctrl}:
		return &fyne.ShortcutCut{}
	case Key{fyne.KeyC, Ctrl}:
		return &fyne.ShortcutCopy{}
	case Key{fyne.KeyV, Ctrl}:
		return &fyne.ShortcutPaste{}
	case Key{fyne.KeyA, Ctrl}:
		return &fyne.ShortcutSelectAll{}
	}
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Modifier}
}
