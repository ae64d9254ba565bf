package form

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// content is the field for the content, as high as its lines up to a limit, or as the
// user drags it, or the chip of a content that is too large for a field.
type content struct {
	f       *Form
	Content *fyne.Container
	rows    int     // shown now
	dragged float32 // rows to which the user has dragged it; 0: not dragged
	width   float32 // for which rows was counted
}

// Rows of the field: without dragging, and at most.
const (
	mostRows  = 6
	mostDrawn = 24
)

func newContent(f *Form) *content {
	c := &content{f: f, rows: 1}
	f.Text = kit.NewContentField(f.k, f.SetLarge)
	f.Text.TextStyle.Monospace = true
	f.Text.SetMinRowsVisible(1)

	f.ChipText = widget.NewLabel("")
	f.ChipText.Truncation = fyne.TextTruncateEllipsis
	f.Remove = kit.NewButton(theme.CancelIcon(), f.RemoveLarge)
	f.Remove.Importance = widget.LowImportance
	f.Chip = container.New(widths{grows, 0}, f.ChipText, f.Remove)
	f.Chip.Hide()
	f.Grip = newGrip(c)
	c.Content = container.New(contentLayout{c}, f.Text, f.Chip, f.Grip)
	return c
}

// fit gives the field the rows that its text needs, or those it was dragged to.
func (c *content) fit() {
	rows := max(1, min(mostRows, c.needed()))
	switch {
	case c.f.Chip.Visible():
		rows = 1
	case c.dragged > 0:
		rows = int(c.dragged + 0.5)
	}
	if rows != c.rows {
		c.rows = rows
		c.f.Text.SetMinRowsVisible(rows)
		c.Content.Refresh()
	}
}

// showChip shows the chip instead of the field, or the field again.
func (c *content) showChip(chip bool) {
	kit.SetVisible(c.f.Chip, chip)
	kit.SetVisible(c.f.Text, !chip)
	kit.SetVisible(c.f.Grip, !chip)
	c.fit()
}

// needed returns how many rows the text has, up to a little more than mostRows.
func (c *content) needed() int {
	cell := fyne.MeasureText("m", theme.TextSize(), fyne.TextStyle{Monospace: true}).Width
	columns := max(8, int((c.width-4*theme.InnerPadding())/cell))
	text, rows := c.f.Text.Text, 0
	for rows <= mostRows {
		line, rest, more := strings.Cut(text, "\n")
		width := utf8.RuneCountInString(line)
		for _, r := range line[:min(len(line), 4096)] {
			if r >= 0x1100 { // mostly two cells wide
				width++
			}
		}
		rows += max(1, (width+columns-1)/columns)
		if !more {
			break
		}
		text = rest
	}
	return rows
}

// drag changes the height by dy. Dragged to less than a row, it follows the text again.
func (c *content) drag(dy float32) {
	if c.dragged == 0 {
		c.dragged = float32(c.rows)
	}
	most := max(1, min(mostDrawn, c.f.k.Win.Canvas().Size().Height/2/c.rowHeight()))
	c.dragged = max(0.5, min(most, c.dragged+dy/c.rowHeight()))
	c.fit()
}

func (c *content) dropped() {
	if c.dragged < 1 {
		c.dragged = 0
		c.fit()
	}
}

func (c *content) rowHeight() float32 {
	return fyne.MeasureText("M", theme.TextSize(), fyne.TextStyle{Monospace: true}).Height
}

// contentLayout puts the grip into the lower right corner of the field.
type contentLayout struct{ c *content }

func (l contentLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(objects[1].MinSize())
}

func (l contentLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(size)
	grip := objects[2].MinSize()
	objects[2].Resize(grip)
	objects[2].Move(fyne.NewPos(size.Width-grip.Width, size.Height-grip.Height))
	if l.c.width != size.Width {
		l.c.width = size.Width
		l.c.fit()
	}
}

// grip changes the height of the content by dragging.
type grip struct {
	widget.BaseWidget
	c     *content
	lines [2]*canvas.Line
}

const gripSize = 12

func newGrip(c *content) *grip {
	g := &grip{c: c}
	for i := range g.lines {
		g.lines[i] = &canvas.Line{StrokeWidth: 1}
	}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	r := &gripRenderer{g}
	r.Refresh()
	return r
}

type gripRenderer struct{ g *grip }

func (r *gripRenderer) Destroy() {}

func (r *gripRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(gripSize) }

func (r *gripRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.g.lines[0], r.g.lines[1]}
}

func (r *gripRenderer) Layout(fyne.Size) {
	for i, inset := range []float32{2, 6} {
		r.g.lines[i].Position1 = fyne.NewPos(inset, gripSize-2)
		r.g.lines[i].Position2 = fyne.NewPos(gripSize-2, inset)
	}
}

func (r *gripRenderer) Refresh() {
	for _, line := range r.g.lines {
		line.StrokeColor = r.g.Theme().Color(theme.ColorNamePlaceHolder, r.g.c.f.k.App.Settings().ThemeVariant())
		line.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (g *grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// Dragged implements fyne.Draggable.
func (g *grip) Dragged(e *fyne.DragEvent) { g.c.drag(e.Dragged.DY) }

// DragEnd implements fyne.Draggable.
func (g *grip) DragEnd() { g.c.dropped() }
