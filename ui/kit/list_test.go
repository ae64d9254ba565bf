package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestAListShowsItsFocusAndTheArrowKeysSelect(t *testing.T) {
	test.NewTempApp(t)
	l := NewList(func() int { return 3 }, func() fyne.CanvasObject { return widget.NewLabel("") }, func(widget.ListItemID, fyne.CanvasObject) {})
	selected := -1
	l.OnSelected = func(i widget.ListItemID) { selected = i }
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(200, 200))
	objects := test.WidgetRenderer(l).Objects()
	ring, ok := objects[len(objects)-1].(*canvas.Rectangle)
	if !ok || ring.Visible() {
		t.Fatalf("%T, visible %v", objects[len(objects)-1], ok)
	}
	w.Canvas().Focus(l)
	if !ring.Visible() || ring.Size() != l.Size() || ring.StrokeColor == nil {
		t.Errorf("visible %v, %v in %v", ring.Visible(), ring.Size(), l.Size())
	}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if selected != 1 {
		t.Errorf("%d is selected", selected)
	}
	w.Canvas().Unfocus()
	if ring.Visible() {
		t.Error("the ring stays")
	}
}
