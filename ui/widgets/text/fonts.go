package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/shaping"

	"sseconsole/assets"
)

// Fonts holds the parsed fonts and the cache of drawn characters that all widgets
// of a window share. Create it with [NewFonts]. The cache holds at most about
// 16 MiB, plus ASCII in the most recent sizes.
type Fonts struct {
	// Scripts returns the font for a script by its ISO 15924 code, or nil if there
	// is none. The codes "Zsym", "Zsym2" and "Zmth" mean symbols, "Zzzz" the
	// last-resort font. It is called once per code, when a character first needs
	// that font. Scripts may be nil.
	Scripts func(code string) []byte

	// System returns a font of the system that has a rune, for Fyne's own widgets, or nil.
	// It may be nil.
	System func(rune) *font.Face

	mono    *font.Face
	faces   []*lazyFace           // in the order they are tried, mono first
	emoji   *lazyFace             // also in faces; nil in a build without emoji
	symbol  *lazyFace             // Fyne's icons, not in faces
	scripts map[string]*font.Face // results of Scripts by code; nil where there is no font
	joining map[rune]joining
	stock   coverage // what Fyne's own widgets can show
	shaper  shaping.HarfbuzzShaper
	sizes   map[int]*Font
	sprites spriteCache
	line    []Placed // scratch space of Place
}

// lazyFace is a font that is parsed on first use: one with TrueType outlines of Han
// takes 12 MB.
type lazyFace struct {
	content []byte
	runes   coverage
	parsed  *font.Face
}

// newLazyFace reads only which characters a font has.
func newLazyFace(content []byte) (*lazyFace, error) {
	loader, err := opentype.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	raw, err := loader.RawTable(opentype.MustNewTag("cmap"))
	if err != nil {
		return nil, err
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return nil, err
	}
	cmap, _, err := font.ProcessCmap(table, tables.FPNone)
	if err != nil {
		return nil, err
	}
	l := &lazyFace{content: content}
	l.runes.add(cmap)
	return l, nil
}

// face returns the parsed font. It panics if the font is broken: the program's own are
// checked by tests.
func (l *lazyFace) face() *font.Face {
	if l.parsed == nil {
		face, err := font.ParseTTF(bytes.NewReader(l.content))
		if err != nil {
			panic(fmt.Errorf("text: font with a good cmap: %w", err))
		}
		l.parsed = face
	}
	return l.parsed
}

// NewFonts reads which characters Fyne's bundled fonts and the fallbacks have. The
// fallbacks are tried in order after DejaVu Sans Mono and before emoji; their bytes are
// retained. It takes some milliseconds. The error names the font that cannot be read.
func NewFonts(fallbacks ...[]byte) (*Fonts, error) {
	f := &Fonts{sizes: map[int]*Font{}, scripts: map[string]*font.Face{}, joining: map[rune]joining{}}
	add := func(name string, content []byte) (*lazyFace, error) {
		l, err := newLazyFace(content)
		if err != nil {
			return nil, fmt.Errorf("text: %s font: %w", name, err)
		}
		f.stock.join(l.runes)
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
	// Only Fyne's own widgets use these two: they are not monospaced.
	if f.symbol, err = add("symbol", theme.DefaultSymbolFont().Content()); err != nil {
		return nil, err
	}
	_, err = add("text", theme.DefaultTextFont().Content())
	return f, err
}

// Bundled returns the fonts that the program contains.
func Bundled() (*Fonts, error) {
	fonts, err := NewFonts(assets.HanFont(false), assets.FallbackFont())
	if err == nil {
		fonts.Scripts = assets.ScriptFont
	}
	return fonts, err
}

// Printable returns s with every rune that no bundled font covers, except the
// last-resort font, replaced by U+FFFD. Use it for text in Fyne's own widgets, where
// such a rune costs time. It takes a few nanoseconds per rune and returns s itself if
// there is nothing to replace.
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

// printable reports whether Fyne has a font for r or needs none, as for spaces and
// invisible runes.
func (f *Fonts) printable(r rune) bool {
	return r < utf8.RuneSelf || f.stock.has(r) || unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Zs, r) && r != '\u1680' || unicode.Is(unicode.Variation_Selector, r) ||
		r == zeroWidthJoiner || r == zeroWidthNonJoiner || r != utf8.RuneError && f.scriptFace([]rune{r}, false) != nil
}

// faceFor returns the first face that covers the whole cluster, or nil if none
// does, because part of a cluster could be mistaken for something else. script
// reports whether the face came from Scripts.
func (f *Fonts) faceFor(runes []rune, cells int) (face *font.Face, script bool) {
	if f.emoji != nil && cells == 2 && wantsEmoji(runes) && covers(f.emoji.runes.has, runes) {
		return f.emoji.face(), false
	}
	for _, l := range f.faces {
		if covers(l.runes.has, runes) {
			return l.face(), false
		}
	}
	return f.scriptFace(runes, true), true
}

// wantsEmoji reports whether the cluster means an emoji, even if a text font has a
// black and white glyph for its first rune.
func wantsEmoji(runes []rune) bool {
	for _, r := range runes {
		if r == emojiSelector || r == keycapMark || r >= 0x1f000 || r >= 0x2190 && r <= 0x2bff {
			return true
		}
	}
	return false
}

// covers reports whether a font covers all runes of a cluster.
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

// hasGlyph returns a function that reports whether face has a glyph for a rune.
func hasGlyph(face *font.Face) func(rune) bool {
	return func(r rune) bool {
		_, ok := face.NominalGlyph(r)
		return ok
	}
}

// coverage is a set of runes, one bit each.
type coverage []uint64

// add adds the runes of a font.
func (c *coverage) add(cmap font.Cmap) {
	for it := cmap.Iter(); it.Next(); {
		if r, glyph := it.Char(); glyph != 0 && r >= 0 && r <= unicode.MaxRune {
			c.grow(int(r/64) + 1)
			(*c)[r/64] |= 1 << (r % 64)
		}
	}
}

// join adds the runes of another set.
func (c *coverage) join(other coverage) {
	c.grow(len(other))
	for i, word := range other {
		(*c)[i] |= word
	}
}

func (c *coverage) grow(words int) {
	if words > len(*c) {
		*c = append(*c, make(coverage, words-len(*c))...)
	}
}

func (c coverage) has(r rune) bool {
	return r >= 0 && int(r/64) < len(c) && c[r/64]&(1<<(r%64)) != 0
}
