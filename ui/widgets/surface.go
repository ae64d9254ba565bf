package widgets

import (
	"image"
	"image/color"
	"sort"

	"sseconsole/ui/widgets/text"
)

// surface draws with the colours of a view.
type surface struct {
	text.Surface
	colors palette
}

// text draws one line in at most limit cells, with the top of the row at y. A text
// that does not fit ends with an ellipsis; its rest is not read.
func (s *surface) text(x, y int, text string, limit int, ink, escape color.RGBA) {
	s.marked(x, y, text, limit, ink, escape, nil)
}

// marked is like text, and highlights hits as in a [Cell]. The ellipsis is
// highlighted if one of them did not fit.
func (s *surface) marked(x, y int, text string, limit int, ink, escape color.RGBA, hits [][2]int) {
	line, _ := s.Fonts.Place(text, limit, false)
	for i := range line {
		p := &line[i]
		color, left := ink, x+p.Col*s.Font.Cell
		if p.Escape {
			color = escape
		}
		if len(hits) > 0 && overlaps(hits, p.At, p.At+p.Bytes) {
			s.Fill(image.Rect(left, y, left+p.Cells*s.Font.Cell, y+s.Font.Line), s.colors.hit)
			color = s.colors.hitInk
		}
		s.Glyph(left, y, p.Text, p.Cells, color)
	}
}

// overlaps reports whether one of the hits, which are ascending, overlaps from to
// to.
func overlaps(hits [][2]int, from, to int) bool {
	i := sort.Search(len(hits), func(i int) bool { return hits[i][1] > from })
	return i < len(hits) && hits[i][0] < to
}
