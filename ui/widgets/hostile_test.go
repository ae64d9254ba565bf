package widgets

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"sseconsole/ui/widgets/text"
)

// hostileText is a text made to be slow to show.
type hostileText struct{ name, text string }

// hostileTexts returns texts of about size bytes.
func hostileTexts(size int) []hostileText {
	of := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	return []hostileText{
		{"one line", of("x")},
		{"empty lines", of("\n")},
		{"tabs", of("\t")},
		{"one letter and its marks", "e" + of("\u0301")},
		{"joiners", of("\u200d")},
		{"bidi controls", of("\u202e") + "x"},
		{"embeddings", of("\u202b\u05d0\u2066")},
		{"brackets that close nothing", "\u05d0" + of("(") + of("]")},
		{"both directions", of("a\u05d0(1\u0627")},
		{"flags", of("\U0001f1e8")},
		{"family", of("\U0001f468\u200d")},
		{"Hangul", of("\u1100")},
		{"not UTF-8", of("\xff")},
	}
}

// A view must not read more of a text for a row than its width needs: otherwise one
// row might be the whole text.
func TestRowsOfHostileTextsAreShort(t *testing.T) {
	test.NewTempApp(t)
	const cells = 80
	for _, h := range hostileTexts(1 << 20) {
		rows := text.Wrap(h.text, cells)
		for i := range rows {
			if n := len(text.RowText(h.text, rows, i)); n > cells*text.MaxClusterRunes*4 {
				t.Errorf("%s: row %d has %d bytes", h.name, i, n)
			}
		}
		v := NewTextView(sharedFonts(t))
		show(t, v, 700, 300, 1)
		v.SetText(h.text)
		v.generate(700, 300)
		v.Find("x")
		line, _ := v.fonts.Place(h.text, cells, false)
		if len(line) > cells {
			t.Errorf("%s: %d clusters in a row of the log", h.name, len(line))
		}
	}
}

// BenchmarkHostile measures hostile texts: on the UI thread until the beginning is
// shown, and in the background until 1 and 2 MiB are wrapped, where the time may
// only double.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostileTexts(3 << 20) {
		b.Run("show/"+h.name, func(b *testing.B) {
			test.NewTempApp(b)
			v := NewTextView(sharedFonts(b))
			show(b, v, 700, 300, 1)
			for b.Loop() {
				v.SetText("")
				v.SetText(h.text[:atOnce])
				v.generate(700, 300)
			}
		})
		for _, mib := range []int{1, 2} {
			s := h.text[:mib<<20]
			b.Run(fmt.Sprintf("wrap%d/%s", mib, h.name), func(b *testing.B) {
				for b.Loop() {
					text.Wrap(s, 80)
				}
			})
		}
	}
}
