package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sseconsole/assets"
)

// The themes, by the names that the settings keep; "" follows the system.
const (
	lightTheme = "light"
	darkTheme  = "dark"
)

// consoleTheme is Fyne's theme with a chosen variant and a font that can write
// Chinese on a machine without any.
type consoleTheme struct {
	fyne.Theme
	variant string
	font    fyne.Resource
}

func newTheme(variant string) consoleTheme {
	return consoleTheme{
		Theme:   theme.DefaultTheme(),
		variant: variant,
		font:    fyne.NewStaticResource("DroidSansFallback.ttf", assets.FallbackFont()),
	}
}

// Font puts the font with Chinese first; it has no Latin, for which Fyne goes
// on to its own fonts.
func (t consoleTheme) Font(style fyne.TextStyle) fyne.Resource {
	if style.Symbol {
		return t.Theme.Font(style)
	}
	return t.font
}

// Color gives the colours that Fyne draws too faint to read, or too bright on
// white, a contrast of 4.5:1 and for what is disabled 3:1 (WCAG 2.2, 1.4.3).
func (t consoleTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.variant {
	case lightTheme:
		variant = theme.VariantLight
	case darkTheme:
		variant = theme.VariantDark
	}
	pair, ok := map[fyne.ThemeColorName][2]color.NRGBA{
		theme.ColorNamePlaceHolder: {{0x5f, 0x63, 0x6b, 0xff}, {0xa3, 0xa6, 0xad, 0xff}},
		theme.ColorNameDisabled:    {{0x85, 0x88, 0x90, 0xff}, {0x7e, 0x81, 0x89, 0xff}},
		theme.ColorNameInputBorder: {{0x8a, 0x8d, 0x94, 0xff}, {0x6b, 0x6e, 0x76, 0xff}},
		theme.ColorNameSuccess:     {{0x1a, 0x7f, 0x37, 0xff}, {0x56, 0xd3, 0x64, 0xff}},
		theme.ColorNameWarning:     {{0x9a, 0x5b, 0x00, 0xff}, {0xe8, 0xb0, 0x3c, 0xff}},
		theme.ColorNameError:       {{0xc6, 0x28, 0x28, 0xff}, {0xff, 0x7b, 0x72, 0xff}},
	}[name]
	if !ok && variant == theme.VariantLight {
		// On white, Fyne's fields look disabled and its buttons like text.
		switch name {
		case theme.ColorNameInputBackground:
			return color.White
		case theme.ColorNameButton:
			return color.NRGBA{0xe4, 0xe6, 0xea, 0xff}
		}
	}
	if !ok {
		return t.Theme.Color(name, variant)
	}
	if variant == theme.VariantLight {
		return pair[0]
	}
	return pair[1]
}

func (t consoleTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameInnerPadding:
		return 6
	}
	return t.Theme.Size(name)
}
