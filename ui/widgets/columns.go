package widgets

import (
	"image"
	"slices"

	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/ui/widgets/text"
)

// Column is one column of a [LogView]. Widths are in cells, the width of a
// character of the fixed-width font; wide characters take two.
type Column struct {
	Key      string // identifies the column to the caller
	Title    string
	Width    int
	Max      int   // the largest automatic width: if Width is 0, the column becomes as wide as its title and the cells seen
	Min      int   // smallest width when room is short; 0 means it is never narrowed
	Flexible bool  // takes the remaining room; the last column does if none is flexible
	Share    int   // percent of the view that the flexible column has, unless the user's widths prevent it
	Extra    bool  // is left out before another column is narrowed
	Yields   bool  // is left out before the flexible column would lose width
	Hides    Hides // when the column hides by itself
	Hidden   bool
	Cut      text.Cut // what is left out of a text that does not fit
	Right    bool     // aligned at the right, for numbers
	Tree     bool     // is indented for Row.Level; the first column is if none is marked
}

// columnGap is the space between columns, in cells.
const columnGap = 1

// flexible returns the index of the column that takes the remaining room, or -1.
func flexible(columns []Column) int {
	last := -1
	for i, c := range columns {
		if c.Hidden {
			continue
		}
		if c.Flexible {
			return i
		}
		last = i
	}
	return last
}

// notShown is the width of a column that is hidden or yields.
const notShown = -1

// columnWidths distributes cells among the columns and returns their widths, or
// notShown. If there are too few, extra columns are left out, the last first. If the
// others could not shrink enough, those that yield are left out, too. Then the others
// shrink in proportion to what they have above their minimum; the flexible one loses
// what is still missing.
func columnWidths(columns []Column, cells int) []int {
	columns = fitting(columns, cells)
	widths := make([]int, len(columns))
	rest := flexible(columns)
	lack, spare := -columnGap-cells, 0
	for i, c := range columns {
		if c.Hidden {
			widths[i] = notShown
			continue
		}
		lack += columnGap
		widths[i] = c.Width
		lack += c.Width
		spare += slack(c)
	}
	if lack > 0 {
		give := min(lack, spare)
		for i, c := range columns {
			if part := slack(c); part > 0 {
				share := give * part / spare
				widths[i] -= share
				lack, give, spare = lack-share, give-share, spare-part
			}
		}
	}
	if rest >= 0 {
		widths[rest] = max(0, widths[rest]-lack)
	}
	return widths
}

// fitting returns a copy of columns in which as many extra and yielding columns as
// necessary are hidden.
func fitting(columns []Column, cells int) []Column {
	lack, spare := -columnGap-cells, 0
	for _, c := range columns {
		if !c.Hidden {
			lack += c.Width + columnGap
			spare += slack(c)
		}
	}
	columns = slices.Clone(columns)
	for i, c := range slices.Backward(columns) {
		if lack > 0 && c.Extra && !c.Hidden {
			columns[i].Hidden = true
			lack -= c.Width + columnGap
			spare -= slack(c)
		}
	}
	lack -= spare
	for i, c := range columns {
		if lack > 0 && c.Yields && !c.Hidden {
			columns[i].Hidden = true
			lack -= c.Width - slack(c) + columnGap
		}
	}
	return columns
}

// slack returns by how many cells a column may be narrowed.
func slack(c Column) int {
	if c.Hidden || c.Min <= 0 || c.Min >= c.Width {
		return 0
	}
	return c.Width - c.Min
}

// The user changes widths by dragging the borders between titles. A border belongs
// to the column on its left. The border of the flexible column cannot be moved.

const (
	borderReach = 4  // how far from a border it can be grabbed, in Fyne's units
	narrowest   = 3  // smallest width of a column, in cells
	widestFit   = 80 // largest width that fitColumn gives a column, in cells
)

// border returns the right edge of a column, in pixels.
func (l *LogView) border(i int, widths []int) int {
	x := l.gutter()
	for _, cells := range widths[:i+1] {
		if cells != notShown {
			x += (cells + columnGap) * l.font.Cell
		}
	}
	return x - l.font.Cell/2 - columnGap*l.font.Cell/2
}

// borderAt returns the column whose border is at a point of the header, or -1.
func (l *LogView) borderAt(at image.Point) int {
	if at.Y >= l.top() || at.Y < 0 {
		return -1
	}
	widths, rest := l.widths(), l.rest()
	for i, cells := range widths {
		if away := at.X - l.border(i, widths); cells != notShown && i != rest && max(away, -away) <= l.units(borderReach) {
			return i
		}
	}
	return -1
}

// freeze keeps the columns' widths as they are until the border is released, so that
// dragging it affects only the flexible column.
func (l *LogView) freeze() { l.frozen = l.widths() }

// resize moves the border being dragged to x.
func (l *LogView) resize(x int) {
	widths := l.widths()
	begin := l.border(l.resizing, widths) - widths[l.resizing]*l.font.Cell
	room := l.content().Dx()/l.font.Cell - len(l.columns)*narrowest
	l.setWidth(l.resizing, min((x-begin)/l.font.Cell, room))
}

func (l *LogView) setWidth(i, cells int) {
	c := &l.columns[i]
	cells = max(narrowest, cells)
	if c.Width == cells {
		return
	}
	c.Width = cells
	c.Min = min(c.Min, cells)
	if l.frozen != nil {
		l.frozen[i] = cells
	}
	l.resized = true
	l.redraw()
}

// released reports a changed width to OnColumns.
func (l *LogView) released() {
	l.resizing, l.frozen = -1, nil
	if l.resized {
		l.redraw()
		l.resized = false
		if l.OnColumns != nil {
			l.OnColumns(l.Columns())
		}
	}
}

// fitColumn makes a column as wide as its title and the rows in view. A width that can be
// automatic becomes so again.
func (l *LogView) fitColumn(i int) {
	if c := &l.columns[i]; c.Max > 0 {
		l.resized = c.Width != 0
		c.Width, l.learnt[i].cells = 0, 0
		l.redraw()
		l.released()
		return
	}
	cells := text.Cells(l.columns[i].Title)
	for row := l.scroll.top; row < min(l.scroll.rows, l.scroll.top+l.scroll.page+1); row++ {
		if r := l.source.Row(row); i < len(r.Cells) {
			cells = max(cells, text.Cells(beginning(r.Cells[i].Text, 4*widestFit)))
		}
	}
	l.setWidth(i, min(cells, widestFit))
	l.released()
}

// beginning returns at most the first n bytes of text.
func beginning(text string, n int) string { return text[:min(len(text), n)] }

// MouseIn implements [desktop.Hoverable].
func (l *LogView) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (l *LogView) MouseMoved(e *desktop.MouseEvent) {
	at := l.pixels(e.Position)
	l.edge = l.resizing >= 0 && l.hold == holdContent || l.borderAt(at) >= 0
	_, control := l.controlAt(at)
	l.pointing = control != noControl
	l.Tip.Rest(l, e.AbsolutePosition, func() string { return l.wholeAt(at) })
}

// MouseOut implements [desktop.Hoverable].
func (l *LogView) MouseOut() {
	l.edge, l.pointing = false, false
	l.Tip.Leave(l)
}

// Cursor implements [desktop.Cursorable].
func (l *LogView) Cursor() desktop.Cursor {
	switch {
	case l.edge:
		return desktop.HResizeCursor
	case l.pointing:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
