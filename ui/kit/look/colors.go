package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// palette holds the colours of a theme that differ from Fyne's. All text has a contrast
// of at least 4.5:1 with what it stands on, also where a control has the focus, and the
// colour of the focus has 3:1 with what is around it (WCAG 2.2, 1.4.3 and 1.4.11).
// Fyne's own are fainter, or too bright on white.
type palette map[fyne.ThemeColorName]color.NRGBA

var lightPalette = palette{
	theme.ColorNameForeground:      rgb(0x1c2025), // darker, so that typed text differs from a placeholder
	theme.ColorNamePlaceHolder:     rgb(0x5f636b),
	theme.ColorNameDisabled:        rgb(0x6a6e76),
	theme.ColorNameInputBorder:     rgb(0x8a8d94),
	theme.ColorNameInputBackground: rgb(0xffffff), // otherwise fields look disabled and buttons like text
	theme.ColorNameButton:          rgb(0xe4e6ea),
	theme.ColorNamePrimary:         rgb(0x2463dc),
	theme.ColorNameHyperlink:       rgb(0x2463dc),
	theme.ColorNameFocus:           withAlpha(0x246cc3, 0xbf),
	theme.ColorNameSuccess:         rgb(0x1a7f37),
	theme.ColorNameWarning:         rgb(0x9a5b00),
	theme.ColorNameError:           rgb(0xc62828),
}

var darkPalette = palette{
	theme.ColorNamePlaceHolder:    rgb(0xa3a6ad),
	theme.ColorNameDisabled:       rgb(0x9296a0),
	theme.ColorNameInputBorder:    rgb(0x6b6e76),
	theme.ColorNameMenuBackground: rgb(0x202023),
	theme.ColorNamePrimary:        rgb(0x2463dc),
	theme.ColorNameHyperlink:      rgb(0x6ea8ff),
	theme.ColorNameFocus:          withAlpha(0x246ce1, 0xf2),
	theme.ColorNameSuccess:        rgb(0x56d364),
	theme.ColorNameWarning:        rgb(0xe8b03c),
	theme.ColorNameError:          rgb(0xff7b72),
}

// contrastPalette is white and yellow on black, with lines around everything.
var contrastPalette = palette{
	theme.ColorNameBackground:          rgb(0x000000),
	theme.ColorNameForeground:          rgb(0xffffff),
	theme.ColorNamePlaceHolder:         rgb(0xd0d0d0),
	theme.ColorNameDisabled:            rgb(0xa8a8a8),
	theme.ColorNameInputBackground:     rgb(0x000000),
	theme.ColorNameInputBorder:         rgb(0xffffff),
	theme.ColorNameButton:              rgb(0x5c5c5c),
	theme.ColorNameDisabledButton:      rgb(0x242424),
	theme.ColorNameHeaderBackground:    rgb(0x000000),
	theme.ColorNameMenuBackground:      rgb(0x000000),
	theme.ColorNameOverlayBackground:   rgb(0x000000),
	theme.ColorNamePrimary:             rgb(0xffd400),
	theme.ColorNameForegroundOnPrimary: rgb(0x000000),
	theme.ColorNameHyperlink:           rgb(0xffd400),
	theme.ColorNameFocus:               withAlpha(0x2870e8, 0xcc),
	theme.ColorNameSelection:           rgb(0x0050d0),
	theme.ColorNameSeparator:           rgb(0xffffff),
	theme.ColorNameScrollBar:           rgb(0xffffff),
	theme.ColorNameShadow:              withAlpha(0xffffff, 0x80), // the edge of menus and dialogs
	theme.ColorNameSuccess:             rgb(0x5dff6e),
	theme.ColorNameWarning:             rgb(0xffd400),
	theme.ColorNameError:               rgb(0xff8a80),
	theme.ColorNameForegroundOnSuccess: rgb(0x000000),
	theme.ColorNameForegroundOnWarning: rgb(0x000000),
	theme.ColorNameForegroundOnError:   rgb(0x000000),
}

func rgb(hex uint32) color.NRGBA { return withAlpha(hex, 0xff) }

func withAlpha(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}
