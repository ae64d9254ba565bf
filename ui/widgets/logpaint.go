package widgets

import (
	"image"

	"sseconsole/ui/widgets/text"
)

// top returns the height of the header, including the line below it.
func (l *LogView) top() int {
	for _, c := range l.columns {
		if c.Title != "" {
			return l.font.Line + l.units(6)
		}
	}
	return 0
}

// newestButton returns the bounds of the button that scrolls to the end, empty if
// it is not shown.
func (l *LogView) newestButton() image.Rectangle {
	if l.newest == "" {
		return image.Rectangle{}
	}
	area, margin := l.content(), l.units(8)
	width := (text.Cells(l.newest) + 3) * l.font.Cell
	height := l.font.Line + l.units(8)
	return image.Rect(area.Max.X-margin-width, area.Max.Y-margin-height, area.Max.X-margin, area.Max.Y-margin)
}

// signs returns the space for the signs of rows with children, in pixels.
func (l *LogView) signs() int {
	if l.OnFold != nil {
		return l.font.Cell
	}
	return 0
}

// gutter returns the space before the first column, in pixels.
func (l *LogView) gutter() int {
	if l.Marks {
		return l.signs() + 4*l.font.Cell
	}
	return l.signs() + l.font.Cell
}

func (l *LogView) blank() bool { return false } // it has a header

func (l *LogView) paint(s *surface) {
	area := l.content()
	line, y := l.font.Line, area.Min.Y
	l.inView = l.inView[:0]
	for i := range min(l.scroll.rows-l.scroll.top, int64((area.Dy()+line-1)/line)) {
		l.inView = append(l.inView, l.source.Row(l.scroll.top+i))
	}
	l.learn(l.inView)
	widths, several := l.widths(), l.selected.rows.count() > 1
	for i := range l.inView {
		row, shown := l.scroll.top+int64(i), &l.inView[i]
		ink := &s.colors.ink
		switch {
		case l.selected.rows.has(row):
			s.Fill(image.Rect(0, y, area.Max.X, y+line), s.colors.selection)
			ink = &s.colors.selectedInk
		case shown.Dim:
			ink = &s.colors.dimInk
		}
		l.paintRow(s, y, shown, widths, ink)
		if row == l.selected.focus && several {
			s.Frame(image.Rect(0, y, area.Max.X, y+line), l.units(1), s.colors.ring)
		}
		y += line
	}
	clear(l.inView) // rows may hold large texts
	if area.Min.Y > 0 {
		l.paintHeader(s, widths)
	}
	if button := l.newestButton(); !button.Empty() {
		s.Pill(button, s.colors.chip)
		s.text(button.Min.X+3*l.font.Cell/2, button.Min.Y+l.units(4), l.newest, text.Cells(l.newest), s.colors.chipInk, s.colors.chipInk)
	}
}

func (l *LogView) paintHeader(s *surface, widths []int) {
	height := l.top()
	s.Fill(image.Rect(0, 0, l.width, height), s.colors.header)
	x, rest := l.gutter(), l.rest()
	for i, cells := range widths {
		if cells == notShown {
			continue
		}
		title, left := l.columns[i].Title, x
		if l.columns[i].Right {
			left += max(0, cells-text.Cells(title)) * l.font.Cell
		}
		s.text(left, l.units(3), title, cells, s.colors.ink[Muted], s.colors.escape)
		x += (cells + columnGap) * l.font.Cell
		if i != rest {
			at := l.border(i, widths)
			s.Fill(image.Rect(at, l.units(4), at+l.units(1), height-l.units(4)), s.colors.line)
		}
	}
	s.Fill(image.Rect(0, height-l.units(1), l.width, height), s.colors.line)
}
