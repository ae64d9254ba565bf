package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestEveryRoleIsReadable(t *testing.T) {
	test.NewTempApp(t)
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		p := newPalette(theme.DefaultTheme(), variant)
		check := func(name string, ink, back color.RGBA) {
			if c := contrast(ink, back); c < 4.5 {
				t.Errorf("variant %d: %s: contrast %.2f", variant, name, c)
			}
		}
		for role := range roleCount {
			check("role "+string('0'+rune(role)), p.ink[role], p.back)
			check("selected role "+string('0'+rune(role)), p.selectedInk[role], p.selection)
		}
		check("hit", p.hitInk, p.hit)
		check("header", p.ink[Muted], p.header)
		check("button", p.chipInk, p.chip)
		check("escape", p.escape, p.back)
		for name, back := range map[string]color.RGBA{"background": p.back, "selection": p.selection} {
			if p.hit == back {
				t.Errorf("variant %d: a hit looks like the %s", variant, name)
			}
		}
		if c := contrast(p.thumb, p.back); c < 1.5 {
			t.Errorf("variant %d: thumb: contrast %.2f", variant, c)
		}
	}
}

func TestRolesDifferInColour(t *testing.T) {
	test.NewTempApp(t)
	p := newPalette(theme.DefaultTheme(), theme.VariantLight)
	seen := map[color.RGBA]bool{}
	for _, c := range p.ink {
		if seen[c] {
			t.Errorf("%v twice", c)
		}
		seen[c] = true
	}
}

func TestContrastMatchesWCAG(t *testing.T) {
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	if c := contrast(white, black); c < 20.99 || c > 21.01 {
		t.Errorf("white on black: %v", c)
	}
	if c := contrast(color.RGBA{0x77, 0x77, 0x77, 255}, white); c < 4.47 || c > 4.49 {
		t.Errorf("#777 on white: %v", c)
	}
}
