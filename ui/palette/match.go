package palette

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded returns s in the form that match compares: case does not matter.
func folded(s string) string { return strings.ToLower(s) }

// match reports whether every word of query, in any order, occurs in a name or in one of
// the other texts. The rank says how well: 0 if every word begins a name, higher if words
// are elsewhere, worst in the other texts. All must be folded.
func match(query string, names, others []string) (rank int, ok bool) {
	for _, word := range strings.Fields(query) {
		best := noRank
		for _, text := range names {
			best = min(best, rankOf(word, text))
		}
		for _, text := range others {
			if strings.Contains(text, word) {
				best = min(best, otherRank)
			}
		}
		if best == noRank {
			return 0, false
		}
		rank += best
	}
	return rank, true
}

// Ranks of a word, the best first.
const (
	beginRank  = iota // a name begins with it
	wordRank          // a word of a name does
	insideRank        // it is elsewhere in a name
	otherRank         // it is in another text
	noRank
)

// rankOf returns the rank of word in a name.
func rankOf(word, name string) int {
	rank := noRank
	for from := 0; ; {
		i := strings.Index(name[from:], word)
		if i < 0 {
			return rank
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(name[:at])
		switch {
		case at == 0:
			return beginRank
		case !unicode.IsLetter(before) && !unicode.IsDigit(before):
			return wordRank
		}
		rank = insideRank
		from = at + len(word)
	}
}
