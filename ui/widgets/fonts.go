package widgets

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// Fonts holds the parsed fonts and the cache of drawn characters that all
// widgets of a window share. Make it with [NewFonts]. Beside the fonts it keeps
// some 16 MiB of drawn characters at most, and ASCII in the last few sizes.
type Fonts struct {
	// Scripts returns the font for a script by its ISO 15924 code, nil if there
	// is none: "Zsym", "Zsym2" and "Zmth" for symbols, "Zzzz" for what no other
	// font covers. A script's font is asked for once, when its first character
	// comes. It may be nil.
	Scripts func(code string) []byte

	mono    *font.Face
	faces   []*lazyFace           // in the order they are tried, mono's first
	emoji   *lazyFace             // among faces, or nil in a build without emoji
	scripts map[string]*font.Face // by code, as far as asked for; nil where there is none
	joining map[rune]joining
	stock   coverage // what Fyne's own widgets can show
	shaper  shaping.HarfbuzzShaper
	sizes   map[int]*sizedFont
	sprites spriteCache
	line    []placed // of the line that is drawn
}

// lazyFace is a font that is parsed when it is first drawn with: parsed, one
// with Han takes 15 MB.
type lazyFace struct {
	content []byte
	runes   coverage
	parsed  *font.Face
}

// face returns the parsed font.
func (l *lazyFace) face() *font.Face {
	if l.parsed == nil {
		l.parsed, _ = font.ParseTTF(bytes.NewReader(l.content)) // NewFonts has shown that it can be
	}
	return l.parsed
}

// NewFonts reads Fyne's bundled fonts and the fallbacks, which are tried in
// their order after DejaVu Sans Mono and before emoji. It takes some 40 ms and
// keeps the fallbacks' bytes. The error says which font cannot be read.
func NewFonts(fallbacks ...[]byte) (*Fonts, error) {
	f := &Fonts{sizes: map[int]*sizedFont{}, scripts: map[string]*font.Face{}, joining: map[rune]joining{}}
	add := func(name string, content []byte) (*lazyFace, error) {
		face, err := font.ParseTTF(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("widgets: %s font: %w", name, err)
		}
		f.stock.add(face)
		l := &lazyFace{content: content}
		l.runes.add(face)
		return l, nil
	}
	mono, err := add("monospace", theme.DefaultTextMonospaceFont().Content())
	if err != nil {
		return nil, err
	}
	f.mono = mono.face()
	f.faces = []*lazyFace{mono}
	for _, fallback := range fallbacks {
		face, err := add("fallback", fallback)
		if err != nil {
			return nil, err
		}
		f.faces = append(f.faces, face)
	}
	if emoji := theme.DefaultEmojiFont(); emoji != nil {
		if f.emoji, err = add("emoji", emoji.Content()); err != nil {
			return nil, err
		}
		f.faces = append(f.faces, f.emoji)
	}
	// Fyne has these for its own widgets; they are not fixed in width.
	if _, err := add("symbol", theme.DefaultSymbolFont().Content()); err != nil {
		return nil, err
	}
	_, err = add("text", theme.DefaultTextFont().Content())
	return f, err
}

// Printable returns s with U+FFFD in place of every rune that no bundled font
// covers, for text that goes to Fyne's own widgets: there such a rune costs
// time and memory for good. It takes a few nanoseconds a rune and returns s
// itself if there is nothing to replace.
func (f *Fonts) Printable(s string) string {
	for i, r := range s {
		if r >= utf8.RuneSelf && (r == utf8.RuneError || !f.printable(r)) {
			return s[:i] + strings.Map(func(r rune) rune {
				if f.printable(r) {
					return r
				}
				return utf8.RuneError
			}, s[i:])
		}
	}
	return s
}

// printable reports whether Fyne finds a font for r or asks for none, as it does
// for spaces and for what is invisible.
func (f *Fonts) printable(r rune) bool {
	return r < utf8.RuneSelf || f.stock.has(r) || unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Zs, r) && r != '\u1680' || unicode.Is(unicode.Variation_Selector, r) ||
		r == zeroWidthJoiner || r == zeroWidthNonJoiner
}

// faceFor returns the first face that covers the whole cluster, or nil if none
// does: part of it would be mistaken for something else. It reports whether the
// face is one for a script.
func (f *Fonts) faceFor(runes []rune, cells int) (face *font.Face, script bool) {
	if f.emoji != nil && cells == 2 && wantsEmoji(runes) && covers(f.emoji.runes.has, runes) {
		return f.emoji.face(), false
	}
	for _, l := range f.faces {
		if covers(l.runes.has, runes) {
			return l.face(), false
		}
	}
	return f.scriptFace(runes), true
}

// wantsEmoji tells clusters that mean the picture where a text font may have a
// black and white sign for their first rune.
func wantsEmoji(runes []rune) bool {
	for _, r := range runes {
		if r == emojiSelector || r == keycapMark || r >= 0x1f000 || r >= 0x2190 && r <= 0x2bff {
			return true
		}
	}
	return false
}

// covers reports whether a font that has those runes has a whole cluster.
func covers(has func(rune) bool, runes []rune) bool {
	for _, r := range runes {
		if r == zeroWidthJoiner || r == zeroWidthNonJoiner || unicode.Is(unicode.Variation_Selector, r) {
			continue // shaping drops these
		}
		if !has(r) {
			return false
		}
	}
	return true
}

// hasGlyph tells of a parsed font which runes it has.
func hasGlyph(face *font.Face) func(rune) bool {
	return func(r rune) bool {
		_, ok := face.NominalGlyph(r)
		return ok
	}
}

// coverage is a set of runes, a bit each.
type coverage []uint64

func (c *coverage) add(face *font.Face) {
	if *c == nil {
		*c = make(coverage, (unicode.MaxRune+64)/64)
	}
	for it := face.Cmap.Iter(); it.Next(); {
		if r, glyph := it.Char(); glyph != 0 && r >= 0 && r <= unicode.MaxRune {
			(*c)[r/64] |= 1 << (r % 64)
		}
	}
}

func (c coverage) has(r rune) bool { return r >= 0 && c[r/64]&(1<<(r%64)) != 0 }
