package text

import (
	"strings"
	"testing"

	"github.com/go-text/typesetting/segmenter"
)

func TestClusters(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Cluster
	}{
		{"a letter", "ab", Cluster{1, "a", 1, false}},
		{"a letter with a mark", "e\u0301x", Cluster{3, "e\u0301", 1, false}},
		{"Han", "订阅", Cluster{3, "订", 2, false}},
		{"full width", "ｆ", Cluster{3, "ｆ", 2, false}},
		{"emoji", "😀😀", Cluster{4, "😀", 2, false}},
		{"a family", "👩‍👩‍👧x", Cluster{18, "👩‍👩‍👧", 2, false}},
		{"a profession with a skin tone", "👩🏽‍🚀x", Cluster{15, "👩🏽‍🚀", 2, false}},
		{"a skin tone", "👍🏽", Cluster{8, "👍🏽", 2, false}},
		{"a flag before another", "🇨🇳🇩🇪", Cluster{8, "🇨🇳", 2, false}},
		{"a keycap", "1\ufe0f\u20e3", Cluster{7, "1\ufe0f\u20e3", 2, false}},
		{"a heart made an emoji", "❤\ufe0f", Cluster{6, "❤\ufe0f", 2, false}},
		{"Korean parts", "\u1112\u1161\u11ab", Cluster{9, "\u1112\u1161\u11ab", 2, false}},
		{"a Hindi conjunct", "क्षत", Cluster{9, "क्ष", 2, false}},
		{"Thai am", "น้ำ", Cluster{9, "น้ำ", 2, false}},
		{"Arabic lam and alef", "لاا", Cluster{4, "لا", 1, false}},
		{"line feed", "\n", Cluster{1, "↵", 1, true}},
		{"carriage return", "\r\n", Cluster{1, "^M", 2, true}},
		{"tab", "\t", Cluster{1, "→", 1, true}},
		{"NUL", "\x00", Cluster{1, "^@", 2, true}},
		{"delete", "\x7f", Cluster{1, "^?", 2, true}},
		{"zero width space", "\u200b", Cluster{3, "·", 1, true}},
		{"bidi override", "\u202e", Cluster{3, "·", 1, true}},
		{"byte order mark", "\ufeffa", Cluster{3, "·", 1, true}},
		{"a byte that is not UTF-8", "\xffa", Cluster{1, "\ufffd", 1, false}},
		{"U+FFFD itself", "\ufffd", Cluster{3, "\ufffd", 1, false}},
	} {
		if got := Next(tt.text); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestClusterOfMarksOnlyIsBounded(t *testing.T) {
	c := Next("a" + strings.Repeat("\u0301", 1<<20))
	if want := 1 + 2*(MaxClusterRunes-1); c.Bytes != want {
		t.Errorf("%d bytes in a cluster, want %d", c.Bytes, want)
	}
}

// TestClustersMatchUnicode compares with a full implementation of UAX 29.
func TestClustersMatchUnicode(t *testing.T) {
	for _, text := range []string{
		"plain", "e\u0301a\u0308\u0323", "订阅\u3099か\u3099", "👩‍👩‍👧‍👦👩🏽🏴\U000e0067\U000e0062\U000e007f", "🏳️‍🌈",
		"🇨🇳🇩🇪🇫", "1️⃣#️⃣", "각\u11a8가\u11a8\u1100\u1161\u1161", "❤️‍🔥©️‍x", "नमसते", "क्षत्रिय", "বাংলা", "മലയാളം", "ไทยน้ำ", "a\u200db", "العَرَبِية",
	} {
		var want []string
		var seg segmenter.Segmenter
		seg.Init([]rune(text))
		for it := seg.GraphemeIterator(); it.Next(); {
			want = append(want, string(it.Grapheme().Text))
		}
		var got []string
		for rest := text; rest != ""; {
			c := Next(rest)
			got = append(got, rest[:c.Bytes])
			rest = rest[c.Bytes:]
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
