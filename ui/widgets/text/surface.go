package text

import (
	"image"
	"image/color"
	"math"
)

// Surface draws on an opaque image, with text of one size.
type Surface struct {
	Image *image.RGBA
	Fonts *Fonts
	Font  *Font
}

// Fill paints the part of r that is on the image.
func (s *Surface) Fill(r image.Rectangle, c color.RGBA) {
	r = r.Intersect(s.Image.Rect)
	if r.Empty() {
		return
	}
	first := s.Image.Pix[s.Image.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	copy(first, []uint8{c.R, c.G, c.B, c.A})
	for done := 4; done < len(first); done *= 2 {
		copy(first[done:], first[:done])
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(s.Image.Pix[s.Image.PixOffset(r.Min.X, y):], first)
	}
}

// Frame paints a border inside r.
func (s *Surface) Frame(r image.Rectangle, width int, c color.RGBA) {
	s.Fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	s.Fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	s.Fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	s.Fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// Pill paints r with rounded short sides.
func (s *Surface) Pill(r image.Rectangle, c color.RGBA) {
	radius := float64(min(r.Dx(), r.Dy())) / 2
	inner := [4]float64{float64(r.Min.X) + radius, float64(r.Min.Y) + radius, float64(r.Max.X) - radius, float64(r.Max.Y) - radius}
	clipped := r.Intersect(s.Image.Rect)
	for y := clipped.Min.Y; y < clipped.Max.Y; y++ {
		for x := clipped.Min.X; x < clipped.Max.X; x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			away := math.Hypot(px-min(max(px, inner[0]), inner[2]), py-min(max(py, inner[1]), inner[3]))
			if cover := min(max(radius-away+0.5, 0), 1); cover > 0 {
				s.Blend(x, y, c, uint32(cover*255))
			}
		}
	}
}

// Blend draws ink over the pixel at x, y, which must be on the image, with the given
// coverage, from 0 to 255.
func (s *Surface) Blend(x, y int, ink color.RGBA, cover uint32) {
	blend(s.Image.Pix[s.Image.PixOffset(x, y):][:4], ink, cover)
}

// Glyph draws one cluster, a picture in its own colours.
func (s *Surface) Glyph(x, y int, text string, cells int, ink color.RGBA) {
	if text == " " {
		return
	}
	drawn := s.Fonts.sprite(s.Font, text, cells)
	if drawn.picture != nil {
		s.picture(x+drawn.dx, y+drawn.dy, drawn.picture)
	} else {
		s.mask(x+drawn.dx, y+drawn.dy, drawn.mask, ink)
	}
}

func (s *Surface) mask(x, y int, mask *image.Alpha, ink color.RGBA) {
	r := mask.Rect.Add(image.Pt(x, y)).Intersect(s.Image.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := mask.Pix[(py-y)*mask.Stride+r.Min.X-x:][:r.Dx()]
		to := s.Image.Pix[s.Image.PixOffset(r.Min.X, py):][:4*r.Dx()]
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

func (s *Surface) picture(x, y int, picture *image.RGBA) {
	r := picture.Rect.Add(image.Pt(x, y)).Intersect(s.Image.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := picture.Pix[picture.PixOffset(r.Min.X-x, py-y):][:4*r.Dx()]
		to := s.Image.Pix[s.Image.PixOffset(r.Min.X, py):][:4*r.Dx()]
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

// blend draws ink over an opaque pixel.
func blend(pixel []uint8, ink color.RGBA, cover uint32) {
	rest := 255 - cover
	pixel[0] = uint8((uint32(ink.R)*cover + uint32(pixel[0])*rest + 127) / 255)
	pixel[1] = uint8((uint32(ink.G)*cover + uint32(pixel[1])*rest + 127) / 255)
	pixel[2] = uint8((uint32(ink.B)*cover + uint32(pixel[2])*rest + 127) / 255)
}
