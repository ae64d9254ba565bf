package text

import (
	"os"
	"strings"
	"testing"

	"sseconsole/assets"
)

// greetings returns a line in each script, which begins with its name.
func greetings(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/scripts.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func TestEveryScriptHasItsFont(t *testing.T) {
	fonts := testFonts(t)
	s := fonts.Sized(26)
	unknown := fonts.sprite(s, "\ufffd", 1)
	for _, line := range greetings(t) {
		for text := line; text != ""; {
			c := Next(text)
			text = text[c.Bytes:]
			if c.Text == " " {
				continue
			}
			drawn := fonts.sprite(s, c.Text, c.Cells)
			if drawn.mask != nil && string(drawn.mask.Pix) == string(unknown.mask.Pix) {
				t.Errorf("%q of %q is shown as U+FFFD", c.Text, line)
			}
			if drawn.dx < -s.Cell/2 || drawn.mask != nil && drawn.dx+drawn.mask.Rect.Dx() > c.Cells*s.Cell+s.Cell/2 {
				t.Errorf("%q of %q extends beyond its %d cells", c.Text, line, c.Cells)
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
	s := fonts.Sized(26)
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
