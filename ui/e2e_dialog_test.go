//go:build e2e

package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

func TestEndToEndEscapeClosesADialogWhereverTheFocusIs(t *testing.T) {
	d := open(t, "")
	for _, dialog := range []struct {
		name, shortcut string
		tabs           int // presses of Tab before Escape
	}{
		{"save", "ctrl+s", 0}, {"save", "ctrl+s", 1}, {"save", "ctrl+s", 3}, {"save", "ctrl+s", 9},
		{"retention", "ctrl+alt+k", 0}, {"retention", "ctrl+alt+k", 2}, {"about", "ctrl+F1", 1},
	} {
		d.key(dialog.shortcut)
		d.until("the dialog "+dialog.name+" is open", func() bool { return d.w.k.Asking() })
		for range dialog.tabs {
			d.key("Tab")
		}
		d.key("Escape")
		d.until("the dialog "+dialog.name+" is closed", func() bool { return !d.w.k.Asking() })
	}
}

func TestEndToEndEscapeClosesAMenuBeforeItsDialog(t *testing.T) {
	d := open(t, "")
	dialogs := func(n int) func() bool {
		return func() bool { return len(d.w.k.Win.Canvas().Overlays().List()) == n }
	}
	d.key("ctrl+m")
	d.until("the panel is open", dialogs(1))
	d.click(d.w.targets.Manager.Make)
	d.until("the dialog for a new target is open", dialogs(2))
	choose := func() { fyne.DoAndWait(func() { d.w.k.Win.Canvas().Focus(d.w.targets.Manager.Asked.Shape) }) }
	choose()
	d.key("space")
	d.until("the menu is open", dialogs(3))
	d.key("Escape")
	d.until("the menu is closed", dialogs(2))
	choose()
	d.key("Escape")
	d.until("the dialog for a new target is closed", dialogs(1))
	d.key("Escape")
	d.until("the panel is closed", dialogs(0))
}

func TestEndToEndTheTipOfAPlotGoesWhenTheMouseLeavesTheWindow(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	hovered := func() bool { return d.w.k.Tip.Text() != "" }
	at := func(x, y float32) []string {
		return []string{"mousemove", "--window", d.id, fmt.Sprint(int(x)), fmt.Sprint(int(y))}
	}
	var from fyne.Position
	var size, window fyne.Size
	d.until("the plot is laid out", func() bool {
		from, size, window = theApp.Driver().AbsolutePositionForObject(d.w.stats.Plot), d.w.stats.Plot.Size(), d.w.k.Win.Canvas().Size()
		return size.Width > 0 && from.Y > window.Height/2
	})
	scale := d.w.k.Win.Canvas().Scale()
	for range 2 {
		d.x(at((from.X+size.Width-9)*scale, (from.Y+size.Height/2)*scale)...)
		d.x(at((from.X+size.Width-5)*scale, (from.Y+size.Height/2)*scale)...)
		d.until("a tip describes a second", hovered)
		// In one command, so that Fyne handles the first movement after the second.
		d.x(append(at((from.X+size.Width-9)*scale, (from.Y+size.Height/2)*scale), at((from.X+size.Width-5)*scale, window.Height*scale+40)...)...)
		d.until("the tip is gone", func() bool { return !hovered() })
	}
}
