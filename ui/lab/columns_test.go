package lab

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestFieldsBelowEachOtherAreInLine(t *testing.T) {
	for _, language := range []string{"en", "zh"} {
		w := laboratory(t, language)
		w.server.Open(SectionSend)
		s := w.server.Send
		place := func(o fyne.CanvasObject) (left, right float32) {
			x := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X
			return x, x + o.Size().Width
		}
		for _, column := range [][]fyne.CanvasObject{{s.kind, s.retry, s.every}, {s.id, s.comment, s.count}} {
			left, right := place(column[0])
			for i, o := range column[1:] {
				if l, r := place(o); l != left || r != right {
					t.Errorf("%s: field %d is from %v to %v, the first one from %v to %v", language, i+1, l, r, left, right)
				}
			}
		}
		_, right := place(s.id)
		if _, r := place(s.Data); r != right {
			t.Errorf("%s: the data end at %v, the fields above at %v", language, r, right)
		}
	}
}
