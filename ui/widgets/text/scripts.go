package text

import (
	"bytes"
	"image"
	"image/draw"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/vector"
)

// lastResort is the code of a font with a shape for nearly every character.
const lastResort = "Zzzz"

// scriptFace returns the first face that covers the cluster: that of its script, one
// with symbols or, if last is set, the last-resort font. It returns nil if none does.
func (f *Fonts) scriptFace(runes []rune, last bool) *font.Face {
	codes := []string{scriptOf(runes).String(), "Zsym", "Zsym2", "Zmth", lastResort}
	if !last {
		codes = codes[:4]
	}
	for _, code := range codes {
		if face := f.script(code); face != nil && covers(hasGlyph(face), runes) {
			return face
		}
	}
	return nil
}

// script returns the face for a code, from Scripts on the first call.
func (f *Fonts) script(code string) *font.Face {
	if face, asked := f.scripts[code]; asked || f.Scripts == nil {
		return face
	}
	var face *font.Face
	if content := f.Scripts(code); content != nil {
		face, _ = font.ParseTTF(bytes.NewReader(content)) // an unreadable font counts as missing
	}
	f.scripts[code] = face
	return face
}

// scriptOf returns the script of the first rune that has one.
func scriptOf(runes []rune) language.Script {
	for _, r := range runes {
		if s := language.LookupScript(r); s != language.Common && s != language.Inherited {
			return s
		}
	}
	return language.Common
}

// runsLeft reports whether a script is written from right to left.
func runsLeft(s language.Script) bool {
	switch s {
	case language.Arabic, language.Hebrew, language.Syriac, language.Thaana, language.Nko, language.Adlam,
		language.Samaritan, language.Mandaic, language.Hanifi_Rohingya:
		return true
	}
	return false
}

// isConnected reports whether the letters of a script touch, so that they have to
// fill their cells.
func isConnected(s language.Script) bool {
	switch s {
	case language.Arabic, language.Syriac, language.Nko, language.Adlam, language.Mongolian,
		language.Devanagari, language.Bengali, language.Gurmukhi:
		return true
	}
	return false
}

// joining says whether a letter connects to the next and the previous one.
type joining struct{ next, previous bool }

// mayJoin reports whether a letter may connect to its neighbours; joiningOf decides.
func mayJoin(r rune) bool {
	return r >= 0x600 && r < 0x780 || r >= 0x7c0 && r < 0x800 || r >= 0x840 && r < 0x900 ||
		r >= 0x1800 && r < 0x18b0 || r >= 0x1e900 && r < 0x1e960
}

const tatweel = '\u0640' // a stroke that only joins

// joiningOf finds out how a letter connects by shaping it next to a joiner, which
// changes the form of a letter that does.
func (f *Fonts) joiningOf(r rune) joining {
	if j, known := f.joining[r]; known {
		return j
	}
	var j joining
	if face, _ := f.faceFor([]rune{r}, 1); face != nil {
		form := func(runes ...rune) font.GID {
			for _, g := range f.shape(face, runes, 32).Glyphs {
				if g.Advance != 0 {
					return g.GlyphID
				}
			}
			return 0
		}
		alone := form(r)
		j.next = r == tatweel || form(r, zeroWidthJoiner) != alone
		j.previous = r == tatweel || form(zeroWidthJoiner, r) != alone
	}
	f.joining[r] = j
	return j
}

// drawScript draws a cluster in its script's font. Letters wider than their cells
// are condensed; narrower ones of connected scripts are stretched.
func (f *Fonts) drawScript(s *Font, face *font.Face, runes []rune, cells int) *sprite {
	room, px, script := cells*s.Cell, s.px, scriptOf(runes)
	run := f.shape(face, runes, px)
	if high, deep := run.GlyphBounds.Ascent.Ceil(), -run.GlyphBounds.Descent.Floor(); high > s.Base || deep > s.Line-s.Base {
		px = max(minPixels, min(px*s.Base/max(high, 1), px*(s.Line-s.Base)/max(deep, 1), px))
		run = f.shape(face, runes, px)
	}
	stretch, advance := float32(1), float32(run.Advance)/64
	if advance > float32(room) || advance > 0 && isConnected(script) {
		stretch = min(float32(room)/advance, 1.6)
	}
	pad := s.Cell
	left := float32(pad) + (float32(room)-advance*stretch)/2
	pen := vector.NewRasterizer(room+2*pad, s.Line)
	for _, g := range run.Glyphs {
		if outline, ok := face.GlyphData(g.GlyphID).(font.GlyphOutline); ok {
			scale := float32(px) / float32(face.Upem())
			x, y := left+float32(g.XOffset)/64*stretch, float32(s.Base)-float32(g.YOffset)/64
			trace(pen, outline.Segments, func(p ot.SegmentPoint) (float32, float32) {
				return x + p.X*scale*stretch, y - p.Y*scale
			})
		}
		left += float32(g.Advance) / 64 * stretch
	}
	img := image.NewRGBA(image.Rect(0, 0, room+2*pad, s.Line))
	pen.DrawOp = draw.Over
	pen.Draw(img, img.Rect, image.White, image.Point{})
	return newSprite(img, pad, false)
}

// trace adds an outline to pen.
func trace(pen *vector.Rasterizer, segments []ot.Segment, at func(ot.SegmentPoint) (x, y float32)) {
	for _, seg := range segments {
		ax, ay := at(seg.Args[0])
		bx, by := at(seg.Args[1])
		cx, cy := at(seg.Args[2])
		switch seg.Op {
		case ot.SegmentOpMoveTo:
			pen.ClosePath()
			pen.MoveTo(ax, ay)
		case ot.SegmentOpLineTo:
			pen.LineTo(ax, ay)
		case ot.SegmentOpQuadTo:
			pen.QuadTo(ax, ay, bx, by)
		case ot.SegmentOpCubeTo:
			pen.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	pen.ClosePath()
}

// direction returns the direction in which a script is shaped.
func direction(script language.Script) di.Direction {
	if runsLeft(script) {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}
