package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/assets"
)

// greetings returns a line in each script.
func greetings() []string {
	return []string{
		"Thai ภาษาไทย น้ำ ผู้ที่", "Lao ພາສາລາວ", "Hebrew שָׁלוֹם עולם (1) abc", "Arabic العَرَبِية سلام لا إله ٤٢ abc",
		"Persian فارسی گچپژ", "Urdu اردو ہے", "Hindi नमस्ते क्षत्रिय हिन्दी", "Bengali বাংলা ভাষা শ্রী",
		"Gujarati ગુજરાતી", "Punjabi ਪੰਜਾਬੀ", "Tamil தமிழ் க்ஷ", "Telugu తెలుగు స్త్రీ", "Kannada ಕನ್ನಡ", "Malayalam മലയാളം",
		"Odia ଓଡ଼ିଆ", "Sinhala සිංහල ශ්\u200dරී", "Khmer ភាសាខ្មែរ", "Burmese မြန်မာဘာသာ", "Amharic አማርኛ", "Tibetan བོད་ཡིག",
		"Georgian ქართული", "Armenian Հայերեն", "Mongolian ᠮᠣᠩᠭᠣᠯ", "Cherokee ᏣᎳᎩ", "Inuktitut ᐃᓄᒃᑎᑐᑦ", "Dhivehi ދިވެހި",
		"Syriac ܣܘܪܝܝܐ", "N'Ko ߒߞߏ", "Tifinagh ⵜⵉⴼⵉⵏⴰⵖ", "Yi ꆈꌠ", "Javanese ꦗꦮ", "Math 𝒳 ∮ ⟹", "Symbols ♔ ⚄ 🜁", "Rare ᚠᚢ ꔖ ⠓ Z\u0351",
	}
}

type greeting struct{}

func (greeting) Len() int64 { return int64(len(greetings())) }

func (greeting) Row(i int64) Row {
	name, text, _ := strings.Cut(greetings()[i], " ")
	return Row{Cells: []Cell{{Text: name, Role: Muted}, {Text: text}}}
}

func TestScriptsLookAsBefore(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	l := NewLogView(sharedFonts(t), []Column{{Width: 12}, {Width: 20}})
	c := show(t, l, 400, 19*float32(len(greetings())), 1)
	l.SetSource(greeting{})
	sameAsGolden(t, "scripts.png", c.Capture())
	c = show(t, l, 400, 19*float32(len(greetings())), 2)
	l.Refresh()
	sameAsGolden(t, "scripts_scaled.png", c.Capture())
}

func TestEveryScriptHasItsFont(t *testing.T) {
	fonts := sharedFonts(t)
	s := fonts.size(26)
	unknown := fonts.sprite(s, "\ufffd", 1)
	for _, line := range greetings() {
		for text := line; text != ""; {
			c := nextCluster(text)
			text = text[c.bytes:]
			if c.text == " " {
				continue
			}
			drawn := fonts.sprite(s, c.text, c.cells)
			if drawn.mask != nil && string(drawn.mask.Pix) == string(unknown.mask.Pix) {
				t.Errorf("%q of %q is shown as U+FFFD", c.text, line)
			}
			if drawn.dx < -s.cell/2 || drawn.mask != nil && drawn.dx+drawn.mask.Rect.Dx() > c.cells*s.cell+s.cell/2 {
				t.Errorf("%q of %q extends beyond its %d cells", c.text, line, c.cells)
			}
		}
	}
}

func TestAScriptsFontIsLoadedOnFirstUse(t *testing.T) {
	fonts, err := NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	fonts.Scripts = func(code string) []byte {
		asked = append(asked, code)
		if code == "Hebr" {
			return []byte("no font")
		}
		return assets.ScriptFont(code)
	}
	s := fonts.size(26)
	for _, text := range []string{"a", "ก", "ข", "Ж"} {
		fonts.sprite(s, text, 1)
	}
	if got := strings.Join(asked, " "); got != "Thai" {
		t.Errorf("loaded %q", got)
	}
	fonts.sprite(s, "ש", 1)
	if got := strings.Join(asked, " "); got != "Thai Hebr Zsym Zsym2 Zmth Zzzz" {
		t.Errorf("a broken font: loaded %q", got)
	}
}
