package kit

import (
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/shaping"
)

// fyneShaper is the shaper with which Fyne lays out all text. It caches a plan for
// each font it ever saw, which holds on to the font; and Fyne parses all fonts again
// at each change of theme, some 60 MB. Fyne does not export it. If Fyne renames it,
// fyneShaper is nil, and a memory test fails. It can be removed once Fyne frees fonts
// (https://github.com/fyne-io/fyne/issues/4908).
//
//go:linkname fyneShaper fyne.io/fyne/v2/internal/painter.shaper
var fyneShaper *shaping.HarfbuzzShaper

// ForgetFonts makes Fyne release the fonts of the previous theme whenever the theme
// changes.
func ForgetFonts(a fyne.App, post func(func())) {
	a.Settings().AddListener(func(fyne.Settings) {
		post(func() { // after Fyne has switched to the new ones
			if fyneShaper != nil {
				*fyneShaper = shaping.HarfbuzzShaper{}
			}
		})
	})
}
