package kit

import (
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/shaping"
)

// fyneShaper is the one with which Fyne lays out every text. It keeps a plan for
// each font that it ever saw, and with it the font; and Fyne parses all fonts
// anew at each change of theme, some 60 MB. There is no other way to it. If Fyne
// gives it another name it is nil here, and a test of the memory says so. It goes
// once Fyne frees fonts (https://github.com/fyne-io/fyne/issues/4908).
//
//go:linkname fyneShaper fyne.io/fyne/v2/internal/painter.shaper
var fyneShaper *shaping.HarfbuzzShaper

// ForgetFonts lets Fyne let go of the fonts of the theme before, whenever it
// changes.
func ForgetFonts(a fyne.App, post func(func())) {
	a.Settings().AddListener(func(fyne.Settings) {
		post(func() { // after Fyne has taken up the new ones
			if fyneShaper != nil {
				*fyneShaper = shaping.HarfbuzzShaper{}
			}
		})
	})
}
