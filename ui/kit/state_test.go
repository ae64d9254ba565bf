package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/kit/look"
)

func TestTheShapeOfAStateZoomsWithItsWord(t *testing.T) {
	a := test.NewTempApp(t)
	look.Use(a, look.Look{Theme: look.Dark})
	s := newSign()
	usual := s.MinSize()
	look.Use(a, look.Look{Theme: look.Dark, Zoom: 2})
	if got := s.MinSize(); got != fyne.NewSize(2*usual.Width, 2*usual.Height) {
		t.Errorf("%v at zoom 2, %v at 1", got, usual)
	}
}
