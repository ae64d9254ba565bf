package widgets

import (
	"strings"
	"testing"

	"github.com/go-text/typesetting/segmenter"
)

func TestClusters(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       cluster
	}{
		{"a letter", "ab", cluster{1, "a", 1, false}},
		{"a letter with a mark", "e\u0301x", cluster{3, "e\u0301", 1, false}},
		{"Han", "订阅", cluster{3, "订", 2, false}},
		{"full width", "ｆ", cluster{3, "ｆ", 2, false}},
		{"emoji", "😀😀", cluster{4, "😀", 2, false}},
		{"a family", "👩‍👩‍👧x", cluster{18, "👩‍👩‍👧", 2, false}},
		{"a profession with a skin tone", "👩🏽‍🚀x", cluster{15, "👩🏽‍🚀", 2, false}},
		{"a skin tone", "👍🏽", cluster{8, "👍🏽", 2, false}},
		{"a flag before another", "🇨🇳🇩🇪", cluster{8, "🇨🇳", 2, false}},
		{"a keycap", "1\ufe0f\u20e3", cluster{7, "1\ufe0f\u20e3", 2, false}},
		{"a heart made an emoji", "❤\ufe0f", cluster{6, "❤\ufe0f", 2, false}},
		{"Korean parts", "\u1112\u1161\u11ab", cluster{9, "\u1112\u1161\u11ab", 2, false}},
		{"a Hindi conjunct", "क्षत", cluster{9, "क्ष", 2, false}},
		{"Thai am", "น้ำ", cluster{9, "น้ำ", 2, false}},
		{"Arabic lam and alef", "لاا", cluster{4, "لا", 1, false}},
		{"line feed", "\n", cluster{1, "↵", 1, true}},
		{"carriage return", "\r\n", cluster{1, "^M", 2, true}},
		{"tab", "\t", cluster{1, "→", 1, true}},
		{"NUL", "\x00", cluster{1, "^@", 2, true}},
		{"delete", "\x7f", cluster{1, "^?", 2, true}},
		{"zero width space", "\u200b", cluster{3, "·", 1, true}},
		{"bidi override", "\u202e", cluster{3, "·", 1, true}},
		{"byte order mark", "\ufeffa", cluster{3, "·", 1, true}},
		{"a byte that is not UTF-8", "\xffa", cluster{1, "\ufffd", 1, false}},
		{"U+FFFD itself", "\ufffd", cluster{3, "\ufffd", 1, false}},
	} {
		if got := nextCluster(tt.text); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestClusterOfMarksOnlyIsBounded(t *testing.T) {
	c := nextCluster("a" + strings.Repeat("\u0301", 1<<20))
	if want := 1 + 2*(maxClusterRunes-1); c.bytes != want {
		t.Errorf("%d bytes in a cluster, want %d", c.bytes, want)
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
			c := nextCluster(rest)
			got = append(got, rest[:c.bytes])
			rest = rest[c.bytes:]
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
