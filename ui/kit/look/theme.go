package look

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets"
)

// The names of the themes in the settings; "" follows the system.
const (
	Light    = "light"
	Dark     = "dark"
	Contrast = "high-contrast"
)

// Look is how the window appears. The zero value follows the system.
type Look struct {
	Theme string  // the name of a theme
	Zoom  float32 // times the usual size; 0 means 1
}

// consoleTheme is Fyne's theme with a fixed variant, readable colours, sizes that zoom,
// and fonts that have Chinese, for machines without one.
type consoleTheme struct {
	fyne.Theme
	look Look
}

func newTheme(look Look) consoleTheme {
	if look.Zoom == 0 {
		look.Zoom = 1
	}
	return consoleTheme{Theme: theme.DefaultTheme(), look: look}
}

// Use sets the theme of the app, unless it is set already: Fyne parses all
// fonts again each time.
func Use(a fyne.App, look Look) {
	next := newTheme(look)
	if now, ok := a.Settings().Theme().(consoleTheme); !ok || now.look != next.look {
		a.Settings().SetTheme(next)
	}
}

// Font returns a font with Chinese. It has no Latin, for which Fyne falls back to its own
// fonts. Other characters come from the fonts of the log; see [ShareFonts].
func (t consoleTheme) Font(style fyne.TextStyle) fyne.Resource {
	if style.Symbol {
		return t.Theme.Font(style)
	}
	return hanFonts().of(style)
}

// Color returns the colour of the theme's palette, or Fyne's.
func (t consoleTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	colors := darkPalette
	switch {
	case t.look.Theme == Contrast:
		colors, variant = contrastPalette, theme.VariantDark
	case t.look.Theme == Light, t.look.Theme != Dark && variant == theme.VariantLight:
		colors, variant = lightPalette, theme.VariantLight
	default:
		variant = theme.VariantDark
	}
	if c, ok := colors[name]; ok {
		return c
	}
	return t.Theme.Color(name, variant)
}

// Size returns smaller sizes than Fyne's, because the window has many controls, times the
// zoom. All of the window uses one theme: each container.ThemeOverride would hold its
// own copy of all fonts in memory, some 45 MB.
func (t consoleTheme) Size(name fyne.ThemeSizeName) float32 {
	size := t.Theme.Size(name)
	switch name {
	case widgets.SizeNameZoom:
		return t.look.Zoom
	case theme.SizeNameText:
		size = 13
	case theme.SizeNameInlineIcon:
		size = 16
	case theme.SizeNameInnerPadding:
		size = 4
	case theme.SizeNamePadding:
		size = 3
	}
	// In sixteenths, sums of sizes are exact. Otherwise a field may find its text a
	// millionth too high for it, and show that it can be scrolled.
	return float32(math.Round(float64(size*t.look.Zoom)*16) / 16)
}

// LogTextSize is the default text size of the log and of similar views.
const LogTextSize = 13
