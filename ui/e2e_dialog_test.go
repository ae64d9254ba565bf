//go:build e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestEndToEndEscapeLeavesADialogWhateverHasTheFocus(t *testing.T) {
	d := open(t, "")
	for _, dialog := range []struct {
		name, shortcut string
		tabs           int // to the control with the focus
	}{
		{"what to save", "ctrl+s", 0}, {"what to save", "ctrl+s", 1}, {"what to save", "ctrl+s", 3}, {"what to save", "ctrl+s", 9},
		{"how long runs are kept", "ctrl+alt+k", 0}, {"how long runs are kept", "ctrl+alt+k", 2}, {"about", "ctrl+F1", 1},
	} {
		d.key(dialog.shortcut)
		d.until(dialog.name+" is asked", func() bool { return d.w.asking() })
		for range dialog.tabs {
			d.key("Tab")
		}
		d.key("Escape")
		d.until(dialog.name+" is dismissed", func() bool { return !d.w.asking() })
	}
}

func TestEndToEndEscapeClosesAMenuBeforeTheDialogThatItIsIn(t *testing.T) {
	d := open(t, "")
	dialogs := func(n int) func() bool {
		return func() bool { return len(d.w.win.Canvas().Overlays().List()) == n }
	}
	d.key("ctrl+m")
	d.until("the panel is open", dialogs(1))
	d.click(d.w.manager.make)
	d.until("a new target is asked for", dialogs(2))
	choose := func() { fyne.DoAndWait(func() { d.w.win.Canvas().Focus(d.w.manager.asked.shape) }) }
	choose()
	d.key("space")
	d.until("the menu is open", dialogs(3))
	d.key("Escape")
	d.until("the menu is closed", dialogs(2))
	choose()
	d.key("Escape")
	d.until("the question is dismissed", dialogs(1))
	d.key("Escape")
	d.until("the panel is closed", dialogs(0))
}
