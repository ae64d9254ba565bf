package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// List is Fyne's list made usable without a mouse: a ring shows that it has the focus, and
// the arrow keys select. Fyne only moves a highlight, which is hardly visible.
type List struct {
	widget.List
	ring *canvas.Rectangle
}

// NewList returns a list; see [widget.NewList].
func NewList(length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) *List {
	l := &List{ring: newRing()}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(k *fyne.KeyEvent) {
	l.List.TypedKey(k)
	if k.Name == fyne.KeyUp || k.Name == fyne.KeyDown {
		l.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.ring.Show()
	l.List.FocusGained()
	l.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.ring.Hide()
	l.List.FocusLost()
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return &ringed{WidgetRenderer: l.List.CreateRenderer(), of: l, ring: l.ring}
}
