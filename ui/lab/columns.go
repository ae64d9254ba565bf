package lab

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/kit"
)

// columns is a layout of rows, each of a label and a field, or of two of both. Labels and
// fields that are below each other have the same width.
type columns [][]fyne.CanvasObject

// newColumns returns rows of two or four objects.
func newColumns(rows ...[]fyne.CanvasObject) *fyne.Container {
	c := container.New(columns(rows))
	for _, row := range rows {
		c.Objects = append(c.Objects, row...)
	}
	return c
}

// widths returns the widths of the labels, and the least ones of the fields.
func (c columns) widths() (w [4]float32) {
	for _, row := range c {
		for i, o := range row {
			if i != 1 || len(row) > 2 { // a field alone has the width of a whole row
				w[i] = max(w[i], o.MinSize().Width)
			}
		}
	}
	return w
}

// height returns the height of a row.
func height(row []fyne.CanvasObject) (h float32) {
	for _, o := range row {
		h = max(h, o.MinSize().Height)
	}
	return h
}

// MinSize implements fyne.Layout.
func (c columns) MinSize([]fyne.CanvasObject) (size fyne.Size) {
	w, gap := c.widths(), theme.Padding()
	size.Width = w[0] + w[2] + 2*max(w[1], w[3]) + 3*gap
	for i, row := range c {
		if i > 0 {
			size.Height += gap
		}
		size.Height += height(row)
		if len(row) == 2 {
			size.Width = max(size.Width, w[0]+gap+row[1].MinSize().Width)
		}
	}
	return size
}

// Layout implements fyne.Layout.
func (c columns) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	w, gap := c.widths(), theme.Padding()
	field := (size.Width - w[0] - w[2] - 3*gap) / 2
	w[1], w[3] = field, field
	y := float32(0)
	for _, row := range c {
		x, h := float32(0), height(row)
		for i, o := range row {
			width := w[i]
			if len(row) == 2 && i == 1 {
				width = size.Width - x
			}
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(width, h))
			if i%2 == 0 { // a label is beside the first line of its field
				o.Resize(fyne.NewSize(width, min(h, o.MinSize().Height)))
			}
			x += width + gap
		}
		y += h + gap
	}
}

// section returns the content of a section, which scrolls and is not wider than what is
// read at a glance.
func section(parts ...fyne.CanvasObject) *container.Scroll {
	return kit.NewVScroll(container.New(kit.MostWidth(60), container.NewVBox(parts...)))
}
