package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The names of the themes in the settings; "" follows the system.
const (
	LightTheme = "light"
	DarkTheme  = "dark"
)

// consoleTheme is Fyne's theme with a fixed variant and fonts that have Chinese, for
// machines without one.
type consoleTheme struct {
	fyne.Theme
	variant string
}

func newTheme(variant string) consoleTheme {
	return consoleTheme{Theme: theme.DefaultTheme(), variant: variant}
}

// UseTheme sets the theme of the app, unless it is set already: Fyne parses all
// fonts again each time.
func UseTheme(a fyne.App, variant string) {
	if now, ok := a.Settings().Theme().(consoleTheme); ok && now.variant == variant {
		return
	}
	a.Settings().SetTheme(newTheme(variant))
}

// Font returns a font with Chinese. It has no Latin, for which Fyne falls back to its own
// fonts. Other characters come from the fonts of the log; see [ShareFonts].
func (t consoleTheme) Font(style fyne.TextStyle) fyne.Resource {
	if style.Symbol {
		return t.Theme.Font(style)
	}
	return hanFonts().of(style)
}

// Color replaces colours of Fyne's that are too faint to read, or too bright on
// white, by colours with a contrast of 4.5:1, or 3:1 for disabled controls (WCAG 2.2,
// 1.4.3).
func (t consoleTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.variant {
	case LightTheme:
		variant = theme.VariantLight
	case DarkTheme:
		variant = theme.VariantDark
	}
	readable := func(light, dark color.NRGBA) color.Color {
		if variant == theme.VariantLight {
			return light
		}
		return dark
	}
	switch name {
	case theme.ColorNamePlaceHolder:
		return readable(color.NRGBA{0x6b, 0x6f, 0x77, 0xff}, color.NRGBA{0xa3, 0xa6, 0xad, 0xff})
	case theme.ColorNameDisabled:
		return readable(color.NRGBA{0x85, 0x88, 0x90, 0xff}, color.NRGBA{0x7e, 0x81, 0x89, 0xff})
	case theme.ColorNameInputBorder:
		return readable(color.NRGBA{0x8a, 0x8d, 0x94, 0xff}, color.NRGBA{0x6b, 0x6e, 0x76, 0xff})
	case theme.ColorNameSuccess:
		return readable(color.NRGBA{0x1a, 0x7f, 0x37, 0xff}, color.NRGBA{0x56, 0xd3, 0x64, 0xff})
	case theme.ColorNameWarning:
		return readable(color.NRGBA{0x9a, 0x5b, 0x00, 0xff}, color.NRGBA{0xe8, 0xb0, 0x3c, 0xff})
	case theme.ColorNameError:
		return readable(color.NRGBA{0xc6, 0x28, 0x28, 0xff}, color.NRGBA{0xff, 0x7b, 0x72, 0xff})
	}
	if variant == theme.VariantLight {
		// On white, Fyne's fields look disabled and its buttons like text.
		switch name {
		case theme.ColorNameForeground: // darker, so that typed text differs from a placeholder
			return color.NRGBA{0x1f, 0x23, 0x28, 0xff}
		case theme.ColorNameInputBackground:
			return color.White
		case theme.ColorNameButton:
			return color.NRGBA{0xe4, 0xe6, 0xea, 0xff}
		}
	}
	return t.Theme.Color(name, variant)
}

// Size returns smaller sizes than Fyne's, because the window has many controls. All
// of the window uses one theme: each container.ThemeOverride would hold its own copy
// of all fonts in memory, some 45 MB.
func (t consoleTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameInlineIcon:
		return 16
	case theme.SizeNameInnerPadding:
		return 4
	case theme.SizeNamePadding:
		return 3
	}
	return t.Theme.Size(name)
}

// LogTextSize is the default text size of the log and of similar views.
const LogTextSize = 13
