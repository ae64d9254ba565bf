package visible

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatATerminalObeysIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"\x1b]0;title\a":                       `\x1b]0;title\a`,
		"\x1b]52;c;AAAA\a":                     `\x1b]52;c;AAAA\a`,
		"a\x1b[2Jb":                            `a\x1b[2Jb`,
		"\x00\b\r\x7f":                         `\x00\b\r\x7f`,
		"a\tb\nc":                              `a\tb\nc`,
		"\u0085\u009b2J":                       `\u0085\u009b2J`,
		"\u2028\u2029":                         `\u2028\u2029`,
		"a\u202eb\u2066c":                      `a\u202eb\u2066c`,
		"\u200e\u200f\u061c\ufeff\u00ad\u200b": `\u200e\u200f\u061c\ufeff\u00ad\u200b`,
		"\xff\xe4\xbd":                         `\xff\xe4\xbd`,
		"\xed\xa0\x80":                         `\xed\xa0\x80`,
		"\U000e0041":                           `\U000e0041`, // a tag without a flag
		`C:\x1b "q"`:                           `C:\x1b "q"`,
		"\ufffd is a letter":                   "\ufffd is a letter",
	} {
		if got := Line(text); got != want {
			t.Errorf("Line(%+q) = %s, want %s", text, got, want)
		}
	}
}

func TestOrdinaryTextIsUnchanged(t *testing.T) {
	for _, text := range []string{
		"", "plain", "你好，世界　。", "👨\u200d👩\u200d👧\u200d👦 👍🏽 ❤️ 1️⃣ 🇨🇳 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
		"می\u200cخواهم", "क्\u200dष", "السلام عليكم \u0600١", "e\u0301\u0327", "no\u00a0break", "\ue000", "₿ ∀ ∑ ½",
	} {
		if got := Line(text); got != text {
			t.Errorf("Line(%q) = %q", text, got)
		}
	}
	if got, want := Text("a\tb\n\rc"), "a\tb\n\\rc"; got != want {
		t.Errorf("Text: %q, want %q", got, want)
	}
	if got, want := Block("a\n12:00:00.000  open\t200"), "a\n\t12:00:00.000  open\t200"; got != want {
		t.Errorf("Block: %q, want %q", got, want)
	}
}

// FuzzShown checks that no hidden character is left, that nothing is escaped
// twice, and that Quote and JSON lose nothing.
func FuzzShown(f *testing.F) {
	for _, seed := range []string{"", "a\x1b[2J\u202e", "\xff\xf0\x9f", "🏴\U000e0067\u200d\U000e007f", "\"\\\u2028\U000e0001", "👨‍👩‍👧"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Line(s)
		flag := false
		for _, r := range line {
			flag = r == blackFlag || flag && isTag(r)
			if Hidden(r) && !flag {
				t.Errorf("%+q is left in %+q", r, line)
			}
		}
		if !utf8.ValidString(line) || Line(line) != line || Text(line) != line {
			t.Errorf("%+q", line)
		}
		if strings.Count(Text(s), "\n") != strings.Count(s, "\n") {
			t.Errorf("lines of %+q", Text(s))
		}
		if back, err := strconv.Unquote(Quote(s)); err != nil || back != s {
			t.Errorf("%s is %+q, %v, want %+q", Quote(s), back, err, s)
		}
		in, err := json.Marshal(map[string]string{"a" + s: s})
		if err != nil {
			t.Fatal(err)
		}
		out := JSON(in)
		var want, got map[string]string
		if json.Unmarshal(in, &want) != nil || json.Unmarshal(out, &got) != nil || fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%s became %s", in, out)
		}
		if shown := string(out); strings.ContainsFunc(shown, Hidden) {
			t.Errorf("%+q is not shown", shown)
		}
	})
}

func BenchmarkLine(b *testing.B) {
	for name, text := range map[string]string{
		"plain":   strings.Repeat("0123456789abcdef", 64<<10),
		"hidden":  strings.Repeat("\x1b", 1<<20),
		"invalid": strings.Repeat("\xff", 1<<20),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Line(text)
			}
		})
	}
}
