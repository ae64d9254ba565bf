//go:build e2e

package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/widgets"
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

func TestEndToEndF1ListsTheKeysWhateverHasTheFocus(t *testing.T) {
	d := open(t, "")
	for _, focus := range []fyne.Focusable{d.w.form.subscribe, d.w.form.engine, d.w.form.text, d.w.kinds.checks[0]} {
		fyne.DoAndWait(func() { d.w.win.Canvas().Focus(focus) })
		d.key("F1")
		d.until("the keys are listed", func() bool {
			text, ok := d.w.win.Canvas().Focused().(*widgets.TextView)
			return ok && d.w.asking() && strings.Contains(text.Text(), "Ctrl+Shift+X")
		})
		d.key("Escape")
		d.until("they are dismissed", func() bool { return !d.w.asking() })
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
