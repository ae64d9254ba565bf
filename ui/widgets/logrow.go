package widgets

import (
	"image"
	"image/color"

	"sseconsole/ui/widgets/text"
)

// indentCells is by how much a row is indented for each level, and mostIndent the largest
// indentation.
const (
	indentCells = 2
	mostIndent  = 12
)

// span is a text of a row in its place.
type span struct {
	column   int
	cell     Cell
	x, cells int // the left edge in pixels, and the room
	from, to int // the part of the text that an ellipsis replaces, if the end is kept
}

// spans returns the texts of a row. The result is valid until the next call.
func (l *LogView) spans(row *Row, widths []int) []span {
	x, right, tree := l.gutter(), l.content().Max.X, l.treeColumn(widths)
	if row.Link != "" {
		right = l.linkAt(row).Min.X - 2*l.font.Cell
	}
	l.laid = l.laid[:0]
	for i, cells := range widths {
		if cells == notShown {
			continue
		}
		sentence := row.Sentence.Text != "" && i >= row.SentenceFrom
		s := span{column: i, x: x}
		if i == tree || sentence && i < tree {
			s.x += min(row.Level*indentCells, mostIndent) * l.font.Cell
		}
		end := min(x+cells*l.font.Cell, right)
		if sentence {
			end = right
		}
		s.cells = max(0, end-s.x) / l.font.Cell
		switch {
		case sentence:
			s.cell = row.Sentence
			s.from, s.to = text.Shortened(s.cell.Text, s.cells, row.Spare)
		case i < len(row.Cells):
			s.cell = row.Cells[i]
			s.place(l.columns[i], l.font.Cell)
		}
		l.laid = append(l.laid, s)
		if sentence {
			break
		}
		x += (cells + columnGap) * l.font.Cell
	}
	return l.laid
}

// place cuts and aligns the text as its column wants it.
func (s *span) place(c Column, cell int) {
	if c.Cut != text.CutEnd {
		s.from, s.to = c.Cut.Omitted(s.cell.Text, s.cells)
	}
	if c.Right && s.from == s.to {
		s.x += max(0, s.cells-text.CellsUpTo(s.cell.Text, s.cells)) * cell
	}
}

// treeColumn returns the column that is indented for a row's level.
func (l *LogView) treeColumn(widths []int) int {
	first := -1
	for i, cells := range widths {
		if cells == notShown {
			continue
		}
		if l.columns[i].Tree {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

// linkAt returns the horizontal extent of a row's link, with no height.
func (l *LogView) linkAt(row *Row) image.Rectangle {
	right := l.content().Max.X - l.font.Cell
	return image.Rect(right-text.Cells(row.Link)*l.font.Cell, 0, right, 0)
}

func (l *LogView) paintRow(s *surface, y int, row *Row, widths []int, ink *[roleCount]color.RGBA) {
	if l.OnFold != nil && row.Fold != NoChildren {
		sign := "▶"
		if row.Fold == Unfolded {
			sign = "▼"
		}
		s.text(l.font.Cell/2, y, sign, 1, ink[Normal], s.colors.escape)
	}
	if l.Marks {
		s.text(l.signs()+l.font.Cell, y, row.Mark.Text, 2, ink[row.Mark.Role], s.colors.escape)
	}
	for _, part := range l.spans(row, widths) {
		s.omitting(part, y, ink[part.cell.Role])
	}
	if row.Link != "" {
		at := l.linkAt(row)
		s.text(at.Min.X, y, row.Link, text.Cells(row.Link), ink[Accent], s.colors.escape)
		under := y + l.font.Base + l.units(2)
		s.Fill(image.Rect(at.Min.X, under, at.Max.X, under+l.units(1)), ink[Accent])
	}
}

// omitting draws a span with an ellipsis in place of the part that is left out.
func (s *surface) omitting(part span, y int, ink color.RGBA) {
	whole, hits, x := part.cell.Text, part.cell.Hits, part.x
	if part.from == part.to {
		s.marked(x, y, whole, part.cells, ink, s.colors.escape, hits)
		return
	}
	if part.from > 0 {
		s.marked(x, y, whole[:part.from], part.cells, ink, s.colors.escape, hits)
		x += text.Cells(whole[:part.from]) * s.Font.Cell
	}
	color := ink
	if overlaps(hits, part.from, part.to) {
		s.Fill(image.Rect(x, y, x+s.Font.Cell, y+s.Font.Line), s.colors.hit)
		color = s.colors.hitInk
	}
	s.Glyph(x, y, "…", 1, color)
	s.marked(x+s.Font.Cell, y, whole[part.to:], part.cells, ink, s.colors.escape, moved(hits, -part.to))
}

// moved returns hits with n added to their positions.
func moved(hits [][2]int, n int) [][2]int {
	var there [][2]int
	for _, h := range hits {
		there = append(there, [2]int{h[0] + n, h[1] + n})
	}
	return there
}

// wholeAt returns the whole of what is cut at a point, or "".
func (l *LogView) wholeAt(at image.Point) string {
	if at.Y < l.top() {
		return l.titleAt(at.X)
	}
	i, _ := l.controlAt(at)
	if i < 0 {
		return ""
	}
	row := l.source.Row(i)
	for _, part := range l.spans(&row, l.widths()) {
		if at.X < part.x || at.X >= part.x+part.cells*l.font.Cell {
			continue
		}
		if l.Whole != nil {
			if text := l.Whole(i, part.column); text != "" {
				return text
			}
		}
		if !text.Fits(part.cell.Text, part.cells) {
			return part.cell.Text
		}
	}
	return ""
}

// titleAt returns the title at x if it is cut, or "".
func (l *LogView) titleAt(x int) string {
	left := l.gutter()
	for i, cells := range l.widths() {
		if cells == notShown {
			continue
		}
		if right := left + cells*l.font.Cell; x >= left && x < right && !text.Fits(l.columns[i].Title, cells) {
			return l.columns[i].Title
		}
		left += (cells + columnGap) * l.font.Cell
	}
	return ""
}
