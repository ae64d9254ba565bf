package kit

import (
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/shaping"

	"sseconsole/ui/widgets"
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

// ShareFonts makes Fyne's widgets draw with the fonts of the log: every character that
// the log can show is readable in them, in every style, and each font is in memory once,
// not once for each style. Fyne itself takes only one font from a theme, and parses the
// others again for each style. It must be called on the UI thread, when the theme is set.
func ShareFonts(a fyne.App, fonts *widgets.Fonts, post func(func())) error {
	fonts.System = func(r rune) *font.Face {
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
			return err
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
	a.Settings().AddListener(func(fyne.Settings) {
		post(share) // after Fyne has switched to the new theme, and parsed its fonts
	})
	return nil
}
