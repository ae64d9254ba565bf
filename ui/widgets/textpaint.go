package widgets

import (
	"image"
	"image/color"
	"sort"
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
			line.tail = t.style.Spans(t.text[r.fold.to:r.end], int(r.fold.to))
		}
		if t.style.Outline {
			t.paintSigns(s, y, r, line)
		}
		t.paintRow(s, y, r, line)
		y += t.font.line
	}
}

// paintSigns draws what is left of a row: a bar beside the line of the caret, and a sign
// before a line that can be folded.
func (t *TextView) paintSigns(s *surface, y int, r textRow, line textLine) {
	end := max(line.end, r.end)
	if t.head >= line.begin && t.head <= end {
		s.fill(image.Rect(t.units(3), y, t.units(6), y+t.font.line), s.colors.ring)
	}
	if line.foldable && t.isFirst(r) {
		sign := "▾"
		if t.folded(line.end) {
			sign = "▸"
		}
		s.glyph(t.signAt(line), y, sign, 1, s.colors.ink[Muted])
	}
}

// signAt returns where the sign of a line is, in pixels.
func (t *TextView) signAt(line textLine) int {
	level := min(indentation(t.text[line.begin:line.end]), t.cells)
	return t.margin() + (level-signCells)*t.font.cell
}

func (t *TextView) paintRow(s *surface, y int, r textRow, line textLine) {
	from, to := t.selection()
	hits := t.hits[t.hitAfter(r.begin):]
	clusters, left, _ := t.place(r, line.hang)
	fill := func(x, cells int, c color.RGBA) {
		s.fill(image.Rect(x, y, x+cells*t.font.cell, y+t.font.line), c)
	}
	spans, base := line.spans, line.begin
	end := 0 // of the drawn text, in cells
	for i := range clusters {
		p := &clusters[i]
		at, next := r.source(p.at, p.bytes)
		x := left + p.col*t.font.cell
		role, link := Normal, false
		switch {
		case r.label > 0 && p.at >= r.at && p.at < r.at+r.label:
			role = Muted
		case r.label > 0 && p.at >= r.at+r.label:
			spans, base = line.tail, int(r.fold.to)
			fallthrough
		default:
			role, link = roleAt(spans, at-base)
		}
		ink, escape := s.colors.ink[role], s.colors.escape
		switch {
		case at >= from && at < to:
			fill(x, p.cells, s.colors.selection)
			ink, escape = s.colors.selectedInk[role], s.colors.selectedInk[Muted]
		case overlaps(hits, at, next):
			fill(x, p.cells, s.colors.hit)
			ink, escape = s.colors.hitInk, s.colors.hitInk
		}
		if p.escape {
			ink = escape
		}
		if p.text != "" {
			s.glyph(x, y, p.text, p.cells, ink)
		}
		if link {
			s.fill(image.Rect(x, y+t.font.line-t.units(2), x+p.cells*t.font.cell, y+t.font.line-t.units(1)), ink)
		}
		end = p.col + p.cells
	}
	if r.end >= from && r.end < to && r.end < len(t.text) && t.text[r.end] == '\n' {
		fill(left+end*t.font.cell, 1, s.colors.selection) // the line feed is selected too
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
