package widgets

import (
	"image"
	"image/color"
	"sort"

	"sseconsole/ui/widgets/text"
)

func (t *TextView) blank() bool { return t.text == "" }

func (t *TextView) paint(s *surface) {
	y := t.top()
	var line textLine
	for i := int(t.scroll.top); i < len(t.rows) && y < t.height; i++ {
		r := t.row(i)
		if i == int(t.scroll.top) || t.isFirst(r) {
			line = t.line(r)
		}
		if r.label > 0 && t.style.Spans != nil {
			line.tail = t.style.Spans(t.text[r.fold.To:r.end], int(r.fold.To))
		}
		if t.style.Outline {
			t.paintSigns(s, y, r, line)
		}
		t.paintRow(s, y, r, line)
		y += t.font.Line
	}
}

// paintSigns draws what is left of a row: a bar beside the line of the caret, and a sign
// before a line that can be folded.
func (t *TextView) paintSigns(s *surface, y int, r textRow, line textLine) {
	end := max(line.end, r.end)
	if t.head >= line.begin && t.head <= end {
		s.Fill(image.Rect(t.units(3), y, t.units(6), y+t.font.Line), s.colors.ring)
	}
	if line.foldable && t.isFirst(r) {
		sign := "▾"
		if t.folded(line.end) {
			sign = "▸"
		}
		s.Glyph(t.signAt(line), y, sign, 1, s.colors.ink[Muted])
	}
}

// signAt returns where the sign of a line is, in pixels.
func (t *TextView) signAt(line textLine) int {
	level := min(text.Indentation(t.text[line.begin:line.end]), t.cells)
	return t.margin() + (level-signCells)*t.font.Cell
}

func (t *TextView) paintRow(s *surface, y int, r textRow, line textLine) {
	from, to := t.selection()
	hits := t.hits[t.hitAfter(r.begin):]
	clusters, left, _ := t.place(r, line.hang)
	fill := func(x, cells int, c color.RGBA) {
		s.Fill(image.Rect(x, y, x+cells*t.font.Cell, y+t.font.Line), c)
	}
	spans, base := line.spans, line.begin
	end := 0 // of the drawn text, in cells
	for i := range clusters {
		p := &clusters[i]
		at, next := r.source(p.At, p.Bytes)
		x := left + p.Col*t.font.Cell
		role, link := Normal, false
		switch {
		case r.label > 0 && p.At >= r.at && p.At < r.at+r.label:
			role = Muted
		case r.label > 0 && p.At >= r.at+r.label:
			spans, base = line.tail, int(r.fold.To)
			fallthrough
		default:
			role, link = roleAt(spans, at-base)
		}
		ink, escape := s.colors.ink[role], s.colors.escape
		switch {
		case at >= from && at < to:
			fill(x, p.Cells, s.colors.selection)
			ink, escape = s.colors.selectedInk[role], s.colors.selectedInk[Muted]
		case overlaps(hits, at, next):
			fill(x, p.Cells, s.colors.hit)
			ink, escape = s.colors.hitInk, s.colors.hitInk
		}
		if p.Escape {
			ink = escape
		}
		if p.Text != "" {
			s.Glyph(x, y, p.Text, p.Cells, ink)
		}
		if link {
			s.Fill(image.Rect(x, y+t.font.Line-t.units(2), x+p.Cells*t.font.Cell, y+t.font.Line-t.units(1)), ink)
		}
		end = p.Col + p.Cells
	}
	if r.end >= from && r.end < to && r.end < len(t.text) && t.text[r.end] == '\n' {
		fill(left+end*t.font.Cell, 1, s.colors.selection) // the line feed is selected too
	}
}

// roleAt returns the role of what is at an offset in a line.
func roleAt(spans []Span, at int) (role Role, link bool) {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].To > at })
	if i < len(spans) && spans[i].From <= at {
		return spans[i].Role, spans[i].Link
	}
	return Normal, false
}
