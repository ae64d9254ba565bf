package text

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// Font is the geometry of text at one size in pixels, with its ASCII
// characters, which are drawn on first use.
type Font struct {
	px    int // pixels per em
	Cell  int // width of a character
	Line  int // height of a row
	Base  int // from the top of a row to the baseline
	ascii [utf8.RuneSelf]*sprite
}

// sprite is a drawn cluster, cropped. A mask is drawn in the colour of the text, a
// picture in its own colours.
type sprite struct {
	dx, dy  int // offset from the top left of the cell
	mask    *image.Alpha
	picture *image.RGBA // or nil
}

const (
	minPixels = 6
	maxPixels = 160
	maxSizes  = 8 // cached text sizes; a window uses two or three
)

// Sized returns the geometry of text of px pixels per em, limited to 6 to 160.
func (f *Fonts) Sized(px int) *Font {
	px = min(max(px, minPixels), maxPixels)
	if s, ok := f.sizes[px]; ok {
		return s
	}
	if len(f.sizes) >= maxSizes {
		clear(f.sizes)
	}
	mono := f.mono
	extents, _ := mono.FontHExtents()
	em := float64(px) / float64(mono.Upem())
	glyph, _ := mono.NominalGlyph('0')
	ascent := float64(extents.Ascender) * em
	descent := -float64(extents.Descender) * em
	s := &Font{px: px}
	s.Cell = max(1, int(math.Round(float64(mono.HorizontalAdvance(glyph))*em)))
	s.Line = int(math.Ceil((ascent + descent) * 1.25))
	s.Base = int(math.Round((float64(s.Line)-ascent-descent)/2 + ascent))
	f.sizes[px] = s
	return s
}

// sprite returns the sprite of a cluster of the given width in cells.
func (f *Fonts) sprite(s *Font, text string, cells int) *sprite {
	if len(text) == 1 {
		if drawn := s.ascii[text[0]]; drawn != nil {
			return drawn
		}
		drawn := f.draw(s, text, cells)
		s.ascii[text[0]] = drawn
		return drawn
	}
	key := spriteKey{s.px, cells, text}
	if drawn := f.sprites.get(key); drawn != nil {
		return drawn
	}
	drawn := f.draw(s, text, cells)
	key.text = strings.Clone(text) // text may be part of a large string
	f.sprites.put(key, drawn)
	return drawn
}

func (f *Fonts) draw(s *Font, text string, cells int) *sprite {
	runes := []rune(text)
	face, script := f.faceFor(runes, cells)
	if face == nil {
		runes, face, script = []rune{utf8.RuneError}, f.mono, false
	}
	if script {
		return f.drawScript(s, face, runes, cells)
	}
	room := cells * s.Cell
	px := s.px
	if face != f.mono && cells == 2 {
		// Han fills its two cells, because it is hard to read when small.
		px = min(room-room/16, s.Base+s.Base/10)
	}
	run := f.shape(face, runes, px)
	if advance := run.Advance.Ceil(); advance > room+room/8 {
		px = max(1, px*room/advance)
		run = f.shape(face, runes, px)
	}

	// Marks may extend beyond the cell.
	pad := s.Cell
	img := image.NewRGBA(image.Rect(0, 0, room+2*pad, s.Line))
	x := pad + (room-run.Advance.Round())/2
	picture := isPicture(run)
	if picture {
		drawPictures(img, run, px, x, s.Base)
	} else {
		pen := render.Renderer{FontSize: float32(px), PixScale: 1, Color: color.White}
		pen.DrawShapedRunAt(run, img, x, s.Base)
	}
	return newSprite(img, pad, picture)
}

// drawPictures draws SVG glyphs one em wide and high, from the font's ascent down.
// The outline renderer would fit a picture into the outline's bounds, which crops
// narrow ones.
func drawPictures(img *image.RGBA, run shaping.Output, px, x, base int) {
	extents, _ := run.Face.FontHExtents()
	top := base - int(extents.Ascender*float32(px)/float32(run.Face.Upem()))
	for _, g := range run.Glyphs {
		if svg, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphSVG); ok {
			if icon, err := oksvg.ReadIconStream(bytes.NewReader(svg.Source)); err == nil {
				picture := image.NewRGBA(image.Rect(0, 0, px, px))
				icon.SetTarget(icon.ViewBox.X, icon.ViewBox.Y, float64(px), float64(px))
				icon.Draw(rasterx.NewDasher(px, px, rasterx.NewScannerGV(px, px, picture, picture.Rect)), 1)
				draw.Draw(img, picture.Rect.Add(image.Pt(x, top)), picture, image.Point{}, draw.Over)
			}
		}
		x += g.Advance.Round()
	}
}

// shape returns the positioned glyphs of a cluster.
func (f *Fonts) shape(face *font.Face, runes []rune, px int) shaping.Output {
	script := scriptOf(runes)
	run := f.shaper.Shape(shaping.Input{
		Text: runes, RunEnd: len(runes), Face: face, Size: fixed.I(px),
		Direction: direction(script), Script: script,
	})
	pen := fixed.Int26_6(0)
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if g.Advance == 0 && g.XOffset+g.XBearing >= 0 {
			// In a fixed-width font a mark has its own cell. If the font does not
			// position the mark on this letter, it would appear after the letter.
			g.XOffset -= pen
		}
		pen += g.Advance
	}
	return run
}

// isPicture reports whether a run has its own colours.
func isPicture(run shaping.Output) bool {
	for _, g := range run.Glyphs {
		if _, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphSVG); ok {
			return true
		}
	}
	return false
}

// newSprite returns a sprite with the part of img that is drawn on.
func newSprite(img *image.RGBA, pad int, picture bool) *sprite {
	box := image.Rectangle{}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.Pix[img.PixOffset(x, y)+3] != 0 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	s := &sprite{dx: box.Min.X - pad, dy: box.Min.Y}
	if picture {
		s.picture = image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
		for y := range box.Dy() {
			from := img.PixOffset(box.Min.X, box.Min.Y+y)
			copy(s.picture.Pix[y*s.picture.Stride:], img.Pix[from:from+4*box.Dx()])
		}
		return s
	}
	s.mask = image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	for y := range box.Dy() {
		for x := range box.Dx() {
			s.mask.Pix[y*s.mask.Stride+x] = img.Pix[img.PixOffset(box.Min.X+x, box.Min.Y+y)+3]
		}
	}
	return s
}

// bytes returns about how much memory a sprite takes.
func (s *sprite) bytes() int {
	if s.picture != nil {
		return len(s.picture.Pix) + 256
	}
	return len(s.mask.Pix) + 256
}

type spriteKey struct {
	px, cells int
	text      string
}

// spriteGeneration is the size of a generation of the cache in bytes, about what a
// large window full of different Chinese characters takes at scale 2.
const spriteGeneration = 8 << 20

// spriteCache holds recently used sprites in two generations. When the young
// generation is full it becomes the old one; the sprites of the previous old one
// that were not used since are dropped. The zero value is an empty cache.
type spriteCache struct {
	young, old map[spriteKey]*sprite
	bytes      int // size of young
}

func (c *spriteCache) get(key spriteKey) *sprite {
	if s := c.young[key]; s != nil {
		return s
	}
	s := c.old[key]
	if s != nil {
		delete(c.old, key)
		c.put(key, s)
	}
	return s
}

func (c *spriteCache) put(key spriteKey, s *sprite) {
	if c.young == nil || c.bytes >= spriteGeneration {
		c.young, c.old, c.bytes = map[spriteKey]*sprite{}, c.young, 0
	}
	c.young[key] = s
	c.bytes += s.bytes()
}
