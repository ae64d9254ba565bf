package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// typedKey is what keys mean that are no shortcuts, wherever the focus is.
func (w *window) typedKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyEscape:
		return w.k.Dismiss()
	case fyne.KeyF1:
		w.showKeys()
		return true
	case fyne.KeyF3:
		if w.k.Asking() {
			return false
		}
		modifiers := fyne.KeyModifier(0)
		if d, ok := w.k.App.Driver().(desktop.Driver); ok {
			modifiers = d.CurrentKeyModifiers()
		}
		w.log.Find(modifiers&fyne.KeyModifierShift != 0)
		return true
	}
	return false
}

// hears is typedKey for a key that whatever has the focus has not heard of yet.
// A menu takes its keys itself.
func (w *window) hears(key fyne.KeyName) bool {
	_, menu := w.k.Win.Canvas().Focused().(*widget.PopUpMenu)
	return !menu && w.typedKey(key)
}

// showKeys lists all keys. They stand in the menus, too, where Fyne draws them
// in a fifth of the text's colour.
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

// keys is a text with every key and what it does: those of the menus, and those
// that are no shortcuts.
func (w *window) keys() string {
	var b strings.Builder
	line := func(keys, does string) { fmt.Fprintf(&b, "  %-18s %s\n", keys, does) }
	var list func(items []*fyne.MenuItem, under string)
	list = func(items []*fyne.MenuItem, under string) {
		for _, item := range items {
			if item.ChildMenu != nil {
				list(item.ChildMenu.Items, under+item.Label+" › ")
			} else if s, ok := item.Shortcut.(fyne.KeyboardShortcut); ok {
				line(keyText(s), under+item.Label)
			}
		}
	}
	for _, menu := range w.menu.main.Items {
		b.WriteString(menu.Label + "\n")
		list(menu.Items, "")
		b.WriteString("\n")
	}
	b.WriteString(w.k.T("keys.further") + "\n")
	for _, key := range furtherKeys() {
		line(key[0], w.k.T("keys."+key[1]))
	}
	return b.String()
}

// furtherKeys are keys that are no shortcuts, and what they do by its text in
// the catalogue, after "keys.".
func furtherKeys() [][2]string {
	return [][2]string{
		{"Enter", "enter"},
		{"Tab, Shift+Tab", "tab"},
		{"Esc", "escape"},
		{"F3, Shift+F3", "find"},
		{"Up, Down", "select"},
		{"PgUp, PgDn", "scroll"},
		{"Home, End", "ends"},
		{"Shift+Up …", "extend"},
	}
}

// keyText is a shortcut as one reads it on a keyboard.
func keyText(s fyne.KeyboardShortcut) string {
	var parts []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}, {fyne.KeyModifierSuper, "Cmd"}} {
		if s.Mod()&m.modifier != 0 {
			parts = append(parts, m.name)
		}
	}
	key := string(s.Key())
	switch s.Key() {
	case fyne.KeyReturn:
		key = "Enter"
	case fyne.KeyPageUp:
		key = "PgUp"
	case fyne.KeyPageDown:
		key = "PgDn"
	case fyne.KeyEscape:
		key = "Esc"
	case fyne.KeyEqual:
		key = "+"
	}
	return strings.Join(append(parts, key), "+")
}
