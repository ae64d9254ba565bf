package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"sseconsole/client/visible"
)

// MaxClusterRunes bounds the length of a cluster: a text of nothing but combining
// marks must not become one endless cluster.
const MaxClusterRunes = 16

// MaxCells is the largest width of a cluster.
const MaxCells = 3

// Cluster is what a reader sees as one character.
type Cluster struct {
	Bytes  int    // length in the source text, at least 1
	Text   string // what is drawn for it
	Cells  int    // width, up to MaxCells
	Escape bool   // text stands for something invisible
}

// Next returns the first cluster of s, which must not be empty. It reads at
// most maxClusterRunes runes, so it can be used on text of any size. It follows
// the rules for grapheme clusters (UAX 29) with four exceptions: it ignores the
// rare prepended marks, CR and LF are two clusters, consonants joined by an Indic
// sign are one in every script that writes them as one, and so are Arabic lam and
// alef.
func Next(s string) Cluster {
	if c := s[0]; c >= ' ' && c < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return Cluster{Bytes: 1, Text: s[:1], Cells: 1}
	}
	first, n := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError && n == 1 {
		return Cluster{Bytes: 1, Text: string(utf8.RuneError), Cells: 1}
	}
	if mark := escapeOf(first); mark != "" {
		return Cluster{Bytes: n, Text: mark, Cells: len([]rune(mark)), Escape: true}
	}
	cells := runeCells(first)
	for last, count := first, 1; count < MaxClusterRunes && n < len(s); count++ {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !joins(first, last, r, count) {
			break
		}
		if r == emojiSelector || r == keycapMark || isRegional(r) {
			cells = 2
		} else {
			cells = max(cells, min(cells+extraCells(r), mostCells(first)))
		}
		n += size
		last = r
	}
	return Cluster{Bytes: n, Text: s[:n], Cells: cells}
}

const (
	zeroWidthJoiner    = '\u200d'
	zeroWidthNonJoiner = '\u200c'
	emojiSelector      = '\ufe0f'
	keycapMark         = '\u20e3'
)

// joins reports whether r, the rune number count after first, belongs to the
// cluster that ends with last.
func joins(first, last, r rune, count int) bool {
	switch {
	case r < 0x300:
		return false
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner || r == '\u0e33' || r == '\u0eb3' || unicode.In(r, unicode.M):
		return true // Thai and Lao am count as marks here
	case last == zeroWidthJoiner:
		return isPictograph(first) && isPictograph(r) || r&^0x7f == 0x0d80 && first&^0x7f == 0x0d80 // Sinhala
	case joinsConsonants(last):
		return r&^0x7f == last&^0x7f && unicode.Is(unicode.Lo, r)
	case isAlef(r):
		return last == lam
	case isRegional(r):
		return count == 1 && isRegional(first)
	case r >= 0x1f3fb && r <= 0x1f3ff, // skin tones
		r >= 0xe0020 && r <= 0xe007f: // tags of flags such as Scotland's
		return true
	}
	return joinsHangul(last, r)
}

const lam = '\u0644'

func isAlef(r rune) bool { return r == 0x622 || r == 0x623 || r == 0x625 || r == 0x627 }

// joinsConsonants reports whether r joins the consonants before and after it.
func joinsConsonants(r rune) bool {
	switch r {
	case 0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xc4d, 0xccd, 0xd4d, // Devanagari to Malayalam
		0x1039, 0x17d2, 0xa9c0, 0x1b44: // Burmese, Khmer, Javanese, Balinese
		return true
	}
	return false
}

// extraCells returns the cells that r adds to the width of a cluster.
func extraCells(r rune) int {
	switch {
	case r == 0xe33 || r == 0xeb3: // Thai and Lao am
		return 1
	case r >= 0x900 && r < 0xb80 && unicode.Is(unicode.Lo, r), // from Tamil on, such letters go below
		(r >= 0x900 && r < 0xe00 || r >= 0x1000 && r < 0x10a0) && unicode.Is(unicode.Mc, r):
		return 1
	}
	return 0
}

// mostCells returns the largest width of a cluster that begins with first.
func mostCells(first rune) int {
	if first < 0xb80 {
		return 2
	}
	return MaxCells
}

// joinsHangul reports whether last and r belong to the same Korean syllable.
func joinsHangul(last, r rune) bool {
	isL := last >= 0x1100 && last <= 0x115f || last >= 0xa960 && last <= 0xa97c
	isV := last >= 0x1160 && last <= 0x11a7 || last >= 0xd7b0 && last <= 0xd7c6
	isT := last >= 0x11a8 && last <= 0x11ff || last >= 0xd7cb && last <= 0xd7fb
	syllable := last >= 0xac00 && last <= 0xd7a3
	open := syllable && (last-0xac00)%28 == 0 // no final consonant yet
	switch {
	case r >= 0x1100 && r <= 0x115f || r >= 0xa960 && r <= 0xa97c:
		return isL
	case r >= 0xac00 && r <= 0xd7a3:
		return isL
	case r >= 0x1160 && r <= 0x11a7 || r >= 0xd7b0 && r <= 0xd7c6:
		return isL || isV || open
	case r >= 0x11a8 && r <= 0x11ff || r >= 0xd7cb && r <= 0xd7fb:
		return isV || isT || syllable
	}
	return false
}

func isRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// isPictograph approximates Unicode's Extended_Pictographic: symbols and the emoji
// blocks, which is enough to decide what a joiner joins.
func isPictograph(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r == 0xa9 || r == 0xae ||
		r == 0x203c || r == 0x2049 || r == 0x2122 || r == 0x2139 || r == 0x3030 || r == 0x303d || r == 0x3297 || r == 0x3299
}

// runeCells returns the width of a cluster that begins with r, before its marks.
func runeCells(r rune) int {
	switch {
	case r >= 0x900 && r < 0xe00 && unicode.Is(unicode.Lo, r) && r&^0x7f >= 0xb80:
		return 2 // the round letters from Tamil to Sinhala are wide
	case r >= 0x1000 && r < 0x10a0 && unicode.Is(unicode.Lo, r), r >= 0x1200 && r < 0x13a0, r >= 0x1780 && r < 0x17b4:
		return 2 // and so are those of Burmese, Ethiopic and Khmer
	case r < 0x1100:
		return 1
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// escapeOf returns what is drawn for an invisible rune, or "" for a visible one.
func escapeOf(r rune) string {
	switch {
	case r == '\n', r == '\u2028', r == '\u2029', r == '\u0085':
		return "↵"
	case r == '\t':
		return "→"
	case r < ' ':
		return "^" + string(r+'@')
	case r == 0x7f:
		return "^?"
	case visible.Hidden(r), r == zeroWidthJoiner, r == zeroWidthNonJoiner: // a joiner that joins nothing
		return "·"
	}
	return ""
}
