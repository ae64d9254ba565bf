package widgets

import (
	"image"
	"image/color"
	"math"
	"sort"
)

// surface draws on an opaque image.
type surface struct {
	img    *image.RGBA
	fonts  *Fonts
	font   *sizedFont
	colors palette
}

// fill paints the part of r that is on the image.
func (s *surface) fill(r image.Rectangle, c color.RGBA) {
	r = r.Intersect(s.img.Rect)
	if r.Empty() {
		return
	}
	first := s.img.Pix[s.img.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	copy(first, []uint8{c.R, c.G, c.B, c.A})
	for done := 4; done < len(first); done *= 2 {
		copy(first[done:], first[:done])
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(s.img.Pix[s.img.PixOffset(r.Min.X, y):], first)
	}
}

// frame paints a border inside r.
func (s *surface) frame(r image.Rectangle, width int, c color.RGBA) {
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	s.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	s.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// pill paints r with rounded short sides.
func (s *surface) pill(r image.Rectangle, c color.RGBA) {
	radius := float64(min(r.Dx(), r.Dy())) / 2
	inner := [4]float64{float64(r.Min.X) + radius, float64(r.Min.Y) + radius, float64(r.Max.X) - radius, float64(r.Max.Y) - radius}
	clipped := r.Intersect(s.img.Rect)
	for y := clipped.Min.Y; y < clipped.Max.Y; y++ {
		for x := clipped.Min.X; x < clipped.Max.X; x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			away := math.Hypot(px-min(max(px, inner[0]), inner[2]), py-min(max(py, inner[1]), inner[3]))
			if cover := min(max(radius-away+0.5, 0), 1); cover > 0 {
				blend(s.img.Pix[s.img.PixOffset(x, y):][:4], c, uint32(cover*255))
			}
		}
	}
}

// text draws one line in at most limit cells, with the top of the row at y. A text
// that does not fit ends with an ellipsis; its rest is not read.
func (s *surface) text(x, y int, text string, limit int, ink, escape color.RGBA) {
	s.marked(x, y, text, limit, ink, escape, nil)
}

// marked is like text, and highlights hits as in a [Cell]. The ellipsis is
// highlighted if one of them did not fit.
func (s *surface) marked(x, y int, text string, limit int, ink, escape color.RGBA, hits [][2]int) {
	line, _ := s.fonts.placeLine(text, limit, false)
	for i := range line {
		p := &line[i]
		color, left := ink, x+p.col*s.font.cell
		if p.escape {
			color = escape
		}
		if len(hits) > 0 && overlaps(hits, p.at, p.at+p.bytes) {
			s.fill(image.Rect(left, y, left+p.cells*s.font.cell, y+s.font.line), s.colors.hit)
			color = s.colors.hitInk
		}
		s.glyph(left, y, p.text, p.cells, color)
	}
}

// overlaps reports whether one of the hits, which are ascending, overlaps from to
// to.
func overlaps(hits [][2]int, from, to int) bool {
	i := sort.Search(len(hits), func(i int) bool { return hits[i][1] > from })
	return i < len(hits) && hits[i][0] < to
}

// glyph draws one cluster.
func (s *surface) glyph(x, y int, text string, cells int, ink color.RGBA) {
	if text == " " {
		return
	}
	drawn := s.fonts.sprite(s.font, text, cells)
	if drawn.picture != nil {
		s.picture(x+drawn.dx, y+drawn.dy, drawn.picture)
	} else {
		s.mask(x+drawn.dx, y+drawn.dy, drawn.mask, ink)
	}
}

func (s *surface) mask(x, y int, mask *image.Alpha, ink color.RGBA) {
	r := mask.Rect.Add(image.Pt(x, y)).Intersect(s.img.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := mask.Pix[(py-y)*mask.Stride+r.Min.X-x:][:r.Dx()]
		to := s.img.Pix[s.img.PixOffset(r.Min.X, py):][:4*r.Dx()]
		for i, cover := range from {
			switch cover {
			case 0:
			case 255:
				to[4*i], to[4*i+1], to[4*i+2] = ink.R, ink.G, ink.B
			default:
				blend(to[4*i:4*i+4], ink, uint32(cover))
			}
		}
	}
}

func (s *surface) picture(x, y int, picture *image.RGBA) {
	r := picture.Rect.Add(image.Pt(x, y)).Intersect(s.img.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := picture.Pix[picture.PixOffset(r.Min.X-x, py-y):][:4*r.Dx()]
		to := s.img.Pix[s.img.PixOffset(r.Min.X, py):][:4*r.Dx()]
		for i := 0; i < len(from); i += 4 {
			switch rest := 255 - uint32(from[i+3]); rest {
			case 255:
			case 0:
				copy(to[i:i+3], from[i:i+3])
			default:
				for c := i; c < i+3; c++ {
					to[c] = uint8(uint32(from[c]) + uint32(to[c])*rest/255)
				}
			}
		}
	}
}

// blend draws ink over an opaque pixel with the given coverage, from 0 to 255.
func blend(pixel []uint8, ink color.RGBA, cover uint32) {
	rest := 255 - cover
	pixel[0] = uint8((uint32(ink.R)*cover + uint32(pixel[0])*rest + 127) / 255)
	pixel[1] = uint8((uint32(ink.G)*cover + uint32(pixel[1])*rest + 127) / 255)
	pixel[2] = uint8((uint32(ink.B)*cover + uint32(pixel[2])*rest + 127) / 255)
}
