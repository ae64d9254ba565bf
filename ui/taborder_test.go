//go:build !e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

func TestTabGoesFromTheTopLeftToTheBottomRight(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	c := w.k.Win.Canvas()
	w.k.Win.Resize(fyne.NewSize(firstWidth-1, firstHeight)) // lays out what was shown since
	at := func(f fyne.Focusable) (fyne.Position, fyne.Size) {
		o := f.(fyne.CanvasObject)
		return w.k.App.Driver().AbsolutePositionForObject(o), o.Size()
	}
	c.Unfocus()
	c.FocusNext()
	seen := map[fyne.Focusable]bool{}
	for last := c.Focused(); ; last = c.Focused() {
		if last == fyne.Focusable(w.log.View) {
			break // beside it are the details
		}
		if seen[last] {
			t.Fatal("Tab does not reach the log")
		}
		seen[last] = true
		c.FocusNext()
		pos, size := at(last)
		next, nextSize := at(c.Focused())
		below := next.Y >= pos.Y+size.Height/2
		beside := next.Y+nextSize.Height > pos.Y && next.X >= pos.X
		if !below && !beside {
			t.Errorf("from %T %s at %v to %T %s at %v", last, textOf(last), pos, c.Focused(), textOf(c.Focused()), next)
		}
	}
	if len(seen) < 10 || !seen[w.log.Bar.Field] {
		t.Errorf("%d controls above the log; the filter is one: %v", len(seen), seen[w.log.Bar.Field])
	}
}

func textOf(f fyne.Focusable) string {
	if b, ok := f.(*kit.Button); ok {
		return b.Text
	}
	return ""
}
