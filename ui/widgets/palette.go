package widgets

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Role is the meaning of a text. The theme gives each a colour with a contrast of
// at least 4.5:1. Never express a meaning by colour alone.
type Role uint8

// The roles. Normal is the zero value.
const (
	Normal Role = iota
	Muted       // less important
	Accent      // done by the user
	Good
	Warn
	Bad
	Name    // of a member or an attribute
	String  // a text in quotes
	Number  // a number
	Literal // true, false, null, the name of a tag
	roleCount
)

// palette holds the colours of a view. All are opaque.
type palette struct {
	back, selection       color.RGBA
	ink, selectedInk      [roleCount]color.RGBA
	dimInk                [roleCount]color.RGBA // of rows that are there for others' sake
	hit, hitInk           color.RGBA            // highlighted parts of a text
	header, line          color.RGBA
	thumb, ring           color.RGBA
	chip, chipInk, escape color.RGBA
}

func newPalette(th fyne.Theme, variant fyne.ThemeVariant) palette {
	named := func(name fyne.ThemeColorName, on color.RGBA) color.RGBA { return over(th.Color(name, variant), on) }
	back := named(theme.ColorNameBackground, color.RGBA{A: 255})
	text := named(theme.ColorNameForeground, back)
	p := palette{
		back:      back,
		selection: named(theme.ColorNameSelection, back),
		header:    named(theme.ColorNameHeaderBackground, back),
		line:      mix(back, text, 0.16),
		thumb:     mix(back, text, 0.4),
		ring:      named(theme.ColorNamePrimary, back),
	}
	good, warn := color.RGBA{0x1a, 0x7f, 0x37, 255}, color.RGBA{0x9a, 0x5b, 0x00, 255}
	name, quoted, number, literal := color.RGBA{0x04, 0x51, 0xa5, 255}, color.RGBA{0x8f, 0x2a, 0x1d, 255}, color.RGBA{0x09, 0x70, 0x4c, 255}, color.RGBA{0x6f, 0x2d, 0xbd, 255}
	if luminance(back) < 0.18 {
		name, quoted, number, literal = color.RGBA{0x9c, 0xdc, 0xfe, 255}, color.RGBA{0xd7, 0x9f, 0x86, 255}, color.RGBA{0xb5, 0xce, 0xa8, 255}, color.RGBA{0xc5, 0x9c, 0xf0, 255}
		good, warn = color.RGBA{0x56, 0xd3, 0x64, 255}, color.RGBA{0xe8, 0xb0, 0x3c, 255}
	}
	hues := [roleCount]color.RGBA{
		Normal: text,
		Muted:  mix(text, back, 0.25),
		Accent: named(theme.ColorNamePrimary, back),
		Good:   good,
		Warn:   warn,
		Bad:    named(theme.ColorNameError, back),

		Name: name, String: quoted, Number: number, Literal: literal,
	}
	p.escape = legible(mix(text, back, 0.45), back)
	for role, hue := range hues {
		p.dimInk[role] = p.escape
		p.ink[role] = legible(hue, back)
		p.selectedInk[role] = legible(hue, p.selection)
	}
	p.chipInk = named(theme.ColorNameForegroundOnPrimary, back)
	p.chip = legible(p.ring, p.chipInk) // white on blue needs a darker blue
	p.hit = mix(back, warn, 0.35)
	if luminance(back) >= 0.18 {
		p.hit = color.RGBA{0xff, 0xe0, 0x7a, 255}
	}
	p.hitInk = legible(text, p.hit)
	return p
}

// legible darkens or lightens c until its contrast with back is at least 4.5:1.
func legible(c, back color.RGBA) color.RGBA {
	goal := color.RGBA{A: 255}
	if luminance(back) < 0.18 {
		goal = color.RGBA{255, 255, 255, 255}
	}
	for step := 0.0; step < 1; step += 0.05 {
		if moved := mix(c, goal, step); contrast(moved, back) >= 4.5 {
			return moved
		}
	}
	return goal
}

// over returns c drawn on an opaque background.
func over(c color.Color, back color.RGBA) color.RGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return mix(back, color.RGBA{n.R, n.G, n.B, 255}, float64(n.A)/255)
}

// mix returns a with the given part of b, from 0 to 1.
func mix(a, b color.RGBA, part float64) color.RGBA {
	channel := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*part)) }
	return color.RGBA{channel(a.R, b.R), channel(a.G, b.G), channel(a.B, b.B), 255}
}

// contrast returns the contrast ratio as WCAG 2 defines it.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns the relative luminance as WCAG 2 defines it.
func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		if s := float64(v) / 255; s > 0.04045 {
			return math.Pow((s+0.055)/1.055, 2.4)
		} else {
			return s / 12.92
		}
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// SizeNameZoom is the size of a theme that multiplies the sizes of text that the widgets
// here are given. A theme that does not zoom has no such size.
const SizeNameZoom fyne.ThemeSizeName = "zoom"

// Zoom returns by how much a theme enlarges text.
func Zoom(th fyne.Theme) float32 {
	if z := th.Size(SizeNameZoom); z > 0 {
		return z
	}
	return 1
}
