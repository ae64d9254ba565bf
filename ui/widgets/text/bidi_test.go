package text

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// seen returns a line in visual order, without joiners.
func seen(t *testing.T, text string, limit int) string {
	t.Helper()
	var b strings.Builder
	line, _ := testFonts(t).Place(text, limit, false)
	col := 0
	for _, p := range line {
		if p.Col != col {
			t.Errorf("%q: a gap before cell %d", text, p.Col)
		}
		col += p.Cells
		b.WriteString(strings.ReplaceAll(p.Text, "\u200d", ""))
	}
	return b.String()
}

func TestLinesAreShownInTheirVisualOrder(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"left to right", "abc", "abc"},
		{"Hebrew", "אבג", "גבא"},
		{"Hebrew in Latin", "one אבג two", "one גבא two"},
		{"Latin in Hebrew", "אב one גד", "דג one בא"},
		{"a number in Hebrew", "אב 12 גד", "דג 12 בא"},
		{"a price in Hebrew", "אב $1,234.50 גד", "דג $1,234.50 בא"},
		{"a number after Arabic", "ab سل 12", "ab 12 لس"},
		{"JSON", `{"k":"אב","n":1}`, `{"k":"בא","n":1}`},
		{"brackets in Hebrew", "אב (גד) הו", "וה (דג) בא"},
		{"Latin in brackets in Hebrew", "אב (cd) 42", "42 (cd) בא"},
		{"a pair with Hebrew in Latin", "a (אב) c", "a (בא) c"},
		{"a pair with Hebrew after Hebrew", "a אב (גד) c", "a (דג) בא c"},
		{"a pair with both after Hebrew", "a אב (c ג) d", "a בא (c ג) d"},
		{"a bracket that has no partner", "a אב) ג", "a ג (בא"},
		{"marks stay on their letter", "ab שָׁל", "ab לשָׁ"},
		{"a line feed", "אב\nגד", "דג↵בא"},
		{"an override is shown, not applied", "a\u202ebc", "a·bc"},
	} {
		if got := seen(t, tt.text, 100); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestARightToLeftLineIsTruncatedAtItsEnd(t *testing.T) {
	if got, want := seen(t, "אבגדהו", 4), "…גבא"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestDirectionsMatchUnicode compares with x/text, which only reports whether a
// level is odd and does not pair brackets.
func TestDirectionsMatchUnicode(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	alphabet := []rune("abאבسل12٣ .,$+-:/ ")
	for range 3000 {
		runes := make([]rune, 1+random.IntN(14))
		for i := range runes {
			runes[i] = alphabet[random.IntN(len(alphabet))]
		}
		classes := make([]bidi.Class, len(runes))
		for i, r := range runes {
			p, _ := bidi.LookupRune(r)
			classes[i] = p.Class()
		}
		var p bidi.Paragraph
		if _, err := p.SetString(string(runes)); err != nil {
			t.Fatal(err)
		}
		order, err := p.Order()
		if err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		for i := range order.NumRuns() {
			run := order.Run(i)
			mark := "0"
			if run.Direction() == bidi.RightToLeft {
				mark = "1"
			}
			want.WriteString(strings.Repeat(mark, len([]rune(run.String()))))
		}
		var got strings.Builder
		for _, level := range levels(classes, make([]byte, len(classes))) {
			got.WriteByte('0' + level%2)
		}
		if got.String() != want.String() {
			t.Fatalf("%q: %s, want %s", string(runes), got.String(), want.String())
		}
	}
}

func TestArabicLettersJoin(t *testing.T) {
	const zwj = "\u200d"
	fonts := testFonts(t)
	line, leftward := fonts.Place("سلم دب", 100, false)
	var got []string
	for _, p := range line {
		got = append(got, p.Text)
	}
	if want := "ب,د, ," + zwj + "م," + zwj + "ل" + zwj + ",س" + zwj; strings.Join(got, ",") != want || !leftward {
		t.Errorf("%q, want %q", strings.Join(got, ","), want)
	}
	line, _ = fonts.Place("لاب", 100, false)
	if len(line) != 2 || line[0].Text != "ب" || line[1].Text != "لا" {
		t.Errorf("lam and alef join what follows: %+v", line)
	}
	s := fonts.Sized(26)
	if alone, joined := fonts.sprite(s, "س", 1), fonts.sprite(s, "س"+zwj, 1); string(alone.mask.Pix) == string(joined.mask.Pix) {
		t.Error("a joined letter looks like an isolated one")
	}
}
