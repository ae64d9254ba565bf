package look

import (
	"encoding/binary"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sseconsole/assets"
)

// han holds the Chinese fonts of the text styles.
type han struct{ regular, bold, monospace fyne.Resource }

// hanFonts returns the Chinese fonts.
var hanFonts = sync.OnceValue(func() han {
	return han{
		regular:   fyne.NewStaticResource("NotoSansSC-Regular.otf", assets.HanFont(false)),
		bold:      fyne.NewStaticResource("NotoSansSC-Bold.otf", assets.HanFont(true)),
		monospace: fyne.NewStaticResource("NotoSansSC-Monospace.otf", withLineOf(theme.DefaultTextMonospaceFont().Content(), assets.HanFont(false))),
	}
})

// of returns the font of a style.
func (h han) of(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace:
		return h.monospace
	case style.Bold:
		return h.bold
	}
	return h.regular
}

// withLineOf returns a copy of font whose ascent and descent are those of latin. Fyne
// puts a text on the lowest baseline of its fonts, in a line as high as that of the font
// with the space: with a higher font in it, the text would be cut off below.
func withLineOf(latin, font []byte) []byte {
	font = slices.Clone(font)
	from, to := sfntTable(latin, "hhea"), sfntTable(font, "hhea")
	unit, newUnit := int(binary.BigEndian.Uint16(sfntTable(latin, "head")[18:])), int(binary.BigEndian.Uint16(sfntTable(font, "head")[18:]))
	for _, at := range []int{4, 6} { // ascender, descender
		metric := int(int16(binary.BigEndian.Uint16(from[at:])))
		binary.BigEndian.PutUint16(to[at:], uint16(metric*newUnit/unit))
	}
	return font
}

// sfntTable returns a table of a TrueType or OpenType font, which must have it.
func sfntTable(font []byte, tag string) []byte {
	for record := font[12:]; ; record = record[16:] {
		if string(record[:4]) == tag {
			offset := binary.BigEndian.Uint32(record[8:])
			return font[offset : offset+binary.BigEndian.Uint32(record[12:])]
		}
	}
}
