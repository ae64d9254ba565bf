package look

import (
	"sync"
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/shaping"

	"sseconsole/ui/widgets/text"
)

// fyneShaper is the shaper with which Fyne lays out all text. It caches a plan for
// each font it ever saw, which holds on to the font; and Fyne parses all fonts again
// at each change of theme. Fyne does not export it. If Fyne renames it, fyneShaper is
// nil, and a memory test fails. It can be removed once Fyne frees fonts
// (https://github.com/fyne-io/fyne/issues/4908).
//
//go:linkname fyneShaper fyne.io/fyne/v2/internal/painter.shaper
var fyneShaper *shaping.HarfbuzzShaper

// fyneFonts returns what Fyne caches of a text style, from the fonts of the theme. If
// Fyne renames it, the program does not link.
//
//go:linkname fyneFonts fyne.io/fyne/v2/internal/painter.CachedFontFace
func fyneFonts(fyne.TextStyle, fyne.Resource, fyne.CanvasObject) *fyneFontItem

// fyneFontItem is painter.FontCacheItem.
type fyneFontItem struct{ Fonts shaping.Fontmap }

// fyneSystemFont returns a font of the system for a rune, or any font, or nil.
//
//go:linkname fyneSystemFont fyne.io/fyne/v2/internal/painter.lookupRuneFont
func fyneSystemFont(r rune, family string, aspect font.Aspect) *font.Face

// fyneScanned reports whether Fyne has looked for the fonts of the system. It does so when
// it first needs any font, which takes a tenth of a second, or seconds where there are many,
// and keeps one more font for each style. If Fyne renames it, setting it changes nothing,
// and a test fails.
//
//go:linkname fyneScanned fyne.io/fyne/v2/internal/painter.loaded
var fyneScanned bool

// fyneForgetSizes makes Fyne measure all texts again.
//
//go:linkname fyneForgetSizes fyne.io/fyne/v2/internal/cache.ResetThemeCaches
func fyneForgetSizes()

// fyneApply refreshes everything that is shown, as after a change of theme.
//
//go:linkname fyneApply fyne.io/fyne/v2/internal/app.ApplySettings
func fyneApply(fyne.Settings, fyne.App)

// ShareFonts makes Fyne's widgets draw with the fonts of the log: every character that
// the log can show is readable in them, in every style, and each font is in memory once,
// not once for each style. Fyne itself takes only one font from a theme, and parses the
// others again for each style.
//
// It must be called on the UI thread, as must keep, once the app has started: Fyne parses
// its own fonts again at each change of theme, and keep makes the widgets be drawn with the
// shared ones again before the next frame. So its listener has to follow Fyne's.
func ShareFonts(a fyne.App, fonts *text.Fonts) (keep func(), err error) {
	scan := sync.OnceFunc(func() { fyneScanned = false }) // with the next use
	fonts.System = func(r rune) *font.Face {
		scan()
		face := fyneSystemFont(r, fontscan.SansSerif, font.Aspect{})
		if face == nil {
			return nil
		}
		if _, ok := face.NominalGlyph(r); !ok {
			return nil
		}
		return face
	}
	maps := map[fyne.TextStyle]shaping.Fontmap{}
	for style, latin := range map[fyne.TextStyle]fyne.Resource{
		{}:                theme.DefaultTextFont(),
		{Bold: true}:      theme.DefaultTextBoldFont(),
		{Italic: true}:    theme.DefaultTextItalicFont(),
		{Monospace: true}: theme.DefaultTextMonospaceFont(),
	} {
		m, err := fonts.Fontmap(latin.Content(), hanFonts().of(style).Content())
		if err != nil {
			return nil, err
		}
		maps[style] = m
	}
	share := func() {
		for style, m := range maps {
			fyneFonts(style, nil, nil).Fonts = m
		}
		if fyneShaper != nil {
			*fyneShaper = shaping.HarfbuzzShaper{}
		}
	}
	share()
	return func() {
		a.Settings().AddListener(func(s fyne.Settings) {
			share()
			fyneForgetSizes()
			fyneApply(s, a)
		})
	}, nil
}
