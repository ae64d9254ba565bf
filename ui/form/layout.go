package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// widths is a layout of objects side by side. Each object has its minimum width, but at
// least its entry in the slice, and is centered in a row at the top. Those whose entry is
// grows share the rest of the width, and have all of the height. Tab visits them from
// left to right.
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
	left, growing, row := size.Width-w.MinSize(objects).Width, float32(0), float32(0)
	for i, o := range objects {
		switch {
		case !o.Visible():
		case w[i] == grows:
			left += o.MinSize().Width
			growing++
		default:
			row = max(row, o.MinSize().Height)
		}
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		own := o.MinSize()
		own.Width = max(own.Width, w[i])
		y := max(0, (row-own.Height)/2)
		if w[i] == grows {
			own = fyne.NewSize(left/growing, max(own.Height, size.Height-y))
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(own)
		x += own.Width + theme.Padding()
	}
}

// headLayout is the layout of the row at the top. The first object has a third of the
// width, within limits, and less if there is no room; the third has what the others leave.
type headLayout struct{}

// The limits of the width of the where-to field.
const (
	leastWhere = 180 // if there is no room
	lessWhere  = 292
	mostWhere  = 420
)

func (headLayout) widths(where float32) widths { return widths{where, 0, grows, 0, 0, 0} }

// MinSize implements fyne.Layout.
func (l headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.widths(leastWhere).MinSize(objects)
}

// Layout implements fyne.Layout.
func (l headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	where := max(lessWhere, min(mostWhere, size.Width/3))
	room := leastWhere + size.Width - l.MinSize(objects).Width
	l.widths(min(where, room)).Layout(objects, size)
}

// margins is the layout of the rows of the form and of the row at the top.
func margins() fyne.Layout { return layout.NewCustomPaddedLayout(2, 2, 0, 0) }

// joined is a layout of two objects without a gap, which look like one.
type joined struct{}

func (joined) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+1+b.Width, max(a.Height, b.Height))
}

func (joined) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := objects[0].MinSize().Width
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(width+1, 0))
	objects[1].Resize(fyne.NewSize(size.Width-width-1, size.Height))
}
