package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// on is c over an opaque colour.
func on(c color.Color, back color.NRGBA) color.NRGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*float64(n.A)/255))
	}
	return color.NRGBA{mix(back.R, n.R), mix(back.G, n.G), mix(back.B, n.B), 255}
}

// ratio returns the contrast of two opaque colours (WCAG 2).
func ratio(a, b color.NRGBA) float64 {
	luminance := func(c color.NRGBA) float64 {
		linear := func(v uint8) float64 {
			if s := float64(v) / 255; s > 0.04045 {
				return math.Pow((s+0.055)/1.055, 2.4)
			} else {
				return s / 12.92
			}
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B) + 0.05
	}
	la, lb := luminance(a), luminance(b)
	return max(la, lb) / min(la, lb)
}

// surfaces are what the window's controls stand on.
var surfaces = []fyne.ThemeColorName{
	theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameMenuBackground,
	theme.ColorNameOverlayBackground, theme.ColorNameHeaderBackground,
}

func TestAllTextHasEnoughContrastInEachTheme(t *testing.T) {
	test.NewTempApp(t)
	type fill struct{ text, over fyne.ThemeColorName }
	fills := []fill{ // coloured buttons
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning},
		{theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNameDisabled, theme.ColorNameDisabledButton},
	}
	inks := []fyne.ThemeColorName{
		theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameDisabled, theme.ColorNameHyperlink,
		theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess,
	}
	for _, name := range []string{Light, Dark, Contrast} {
		th := newTheme(Look{Theme: name})
		get := func(n fyne.ThemeColorName) color.Color { return th.Color(n, theme.VariantDark) }
		opaque := func(n fyne.ThemeColorName) color.NRGBA { return on(get(n), color.NRGBA{A: 255}) }
		check := func(what string, ink fyne.ThemeColorName, back color.NRGBA) {
			if r := ratio(on(get(ink), back), back); r < 4.5 {
				t.Errorf("%s: %s on %s: %.2f", name, ink, what, r)
			}
		}
		for _, surface := range surfaces {
			back := opaque(surface)
			for _, ink := range inks {
				check(string(surface), ink, back)
			}
			for _, layer := range []fyne.ThemeColorName{theme.ColorNameFocus, theme.ColorNameHover, theme.ColorNameSelection} {
				check(string(layer)+" on "+string(surface), theme.ColorNameForeground, on(get(layer), back))
			}
		}
		for _, f := range fills {
			check(string(f.over), f.text, opaque(f.over))
			if f.text != theme.ColorNameDisabled {
				check("hovered "+string(f.over), f.text, on(get(theme.ColorNameHover), opaque(f.over)))
			}
		}
		// The buttons of Fyne's dialogs.
		for _, f := range []fill{{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}, {theme.ColorNameForeground, theme.ColorNameButton}} {
			check("focused "+string(f.over), f.text, on(get(theme.ColorNameFocus), opaque(f.over)))
		}
	}
}

func TestTheFocusIsVisibleInEachTheme(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range []string{Light, Dark, Contrast} {
		th := newTheme(Look{Theme: name})
		for _, surface := range surfaces {
			back := on(th.Color(surface, theme.VariantDark), color.NRGBA{A: 255})
			// Fields show it by their border, buttons by a ring, other controls by the focus colour.
			for _, mark := range []fyne.ThemeColorName{theme.ColorNameFocus, theme.ColorNamePrimary, theme.ColorNameForeground, theme.ColorNameInputBorder} {
				if r := ratio(on(th.Color(mark, theme.VariantDark), back), back); r < 3 {
					t.Errorf("%s: %s on %s: %.2f", name, mark, surface, r)
				}
			}
		}
	}
}

func TestTheSystemsThemeFollowsTheVariant(t *testing.T) {
	test.NewTempApp(t)
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		fixed := map[fyne.ThemeVariant]string{theme.VariantLight: Light, theme.VariantDark: Dark}[variant]
		system := newTheme(Look{}).Color(theme.ColorNameForeground, variant)
		if want := newTheme(Look{Theme: fixed}).Color(theme.ColorNameForeground, 1-variant); system != want {
			t.Errorf("%v, want %v", system, want)
		}
	}
}
