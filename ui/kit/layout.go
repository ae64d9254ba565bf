package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets"
)

// SetVisible shows or hides o. It causes no redraw if nothing changes.
func SetVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// SetEnabled enables or disables w. It causes no redraw if nothing changes.
func SetEnabled(w fyne.Disableable, enabled bool) {
	switch {
	case enabled && w.Disabled():
		w.Enable()
	case !enabled && !w.Disabled():
		w.Disable()
	}
}

// Border lays out objects as container.NewBorder does. It keeps them in the order in which
// they are seen, from top left to bottom right, which the Tab key follows; Fyne puts the
// middle first.
func Border(top, bottom, left, right fyne.CanvasObject, middle ...fyne.CanvasObject) *fyne.Container {
	var all []fyne.CanvasObject
	for _, o := range slices.Concat([]fyne.CanvasObject{top, left}, middle, []fyne.CanvasObject{right, bottom}) {
		if o != nil {
			all = append(all, o)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, left, right), all...)
}

// NewGap returns an empty space of the given width.
func NewGap(width float32) fyne.CanvasObject {
	gap := canvas.NewRectangle(color.Transparent)
	gap.SetMinSize(fyne.NewSize(width, 0))
	return gap
}

// NewVScroll returns a scroll whose content begins a little below its top, which would cut
// the border of a field there.
func NewVScroll(content fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(theme.Padding(), 0, 0, 0), content))
}

// MostWidth is a layout that gives its one object the whole height, and a width of at most
// so many times the size of the text: fields that are wider only part labels from buttons.
type MostWidth float32

func (m MostWidth) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (m MostWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	most := max(float32(m)*theme.TextSize(), objects[0].MinSize().Width)
	objects[0].Resize(fyne.NewSize(min(size.Width, most), size.Height))
}

// FixedWidth is a layout that gives its one object a fixed width, which zooms.
type FixedWidth float32

func (f FixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.zoomed(), objects[0].MinSize().Height)
}

func (f FixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(f.zoomed(), size.Height))
}

func (f FixedWidth) zoomed() float32 {
	return float32(f) * widgets.Zoom(fyne.CurrentApp().Settings().Theme())
}
