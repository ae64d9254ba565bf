package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTheShapeOfAStateZoomsWithItsWord(t *testing.T) {
	a := test.NewTempApp(t)
	UseTheme(a, Look{Theme: DarkTheme})
	s := newSign()
	usual := s.MinSize()
	UseTheme(a, Look{Theme: DarkTheme, Zoom: 2})
	if got := s.MinSize(); got != fyne.NewSize(2*usual.Width, 2*usual.Height) {
		t.Errorf("%v at zoom 2, %v at 1", got, usual)
	}
}
