package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// minHeight is a layout that gives its one object a minimum height, so that the window
// does not move when its content changes.
type minHeight float32

func (h minHeight) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(h))
}

func (h minHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// widths is a layout of objects side by side, aligned at the top. Each object has its
// minimum width, but at least its entry in the slice. Those whose entry is grows share
// the rest of the width, and have all of the height. It visits them in their own order,
// which is that of Tab.
type widths []float32

const grows = -1

// MinSize implements fyne.Layout.
func (w widths) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	gap := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Width += gap + max(w[i], least.Width)
		size.Height = max(size.Height, least.Height)
		gap = theme.Padding()
	}
	return size
}

// Layout implements fyne.Layout.
func (w widths) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, growing := size.Width-w.MinSize(objects).Width, float32(0)
	for i, o := range objects {
		if o.Visible() && w[i] == grows {
			left += o.MinSize().Width
			growing++
		}
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		own := o.MinSize()
		own.Width = max(own.Width, w[i])
		if w[i] == grows {
			own = fyne.NewSize(left/growing, size.Height)
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(own)
		x += own.Width + theme.Padding()
	}
}
