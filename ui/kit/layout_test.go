package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func TestMostWidthKeepsFieldsNarrowInAWideWindow(t *testing.T) {
	test.NewTempApp(t)
	o := widget.NewEntry()
	c := container.New(MostWidth(50), o)
	c.Resize(fyne.NewSize(2000, 100))
	if got := o.Size(); got != fyne.NewSize(50*theme.TextSize(), 100) {
		t.Errorf("%v in a wide window", got)
	}
	c.Resize(fyne.NewSize(300, 100))
	if got := o.Size(); got != fyne.NewSize(300, 100) {
		t.Errorf("%v in a narrow window", got)
	}
}
