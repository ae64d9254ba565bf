package text

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// This file implements the Unicode Bidirectional Algorithm (UAX 9) for one line.
// It works on clusters and ignores explicit embeddings, whose characters are shown
// instead. The bidi package of x/text does not expose the levels that reordering
// needs.

// levels returns the embedding level of each class, odd where text runs from
// right to left. brackets holds the bracket at each index, or 0. levels modifies
// classes.
func levels(classes []bidi.Class, brackets []byte) []uint8 {
	base := baseLevel(classes)
	outside := strong(base)
	atEnds := make([]bool, len(classes)) // separators, and white space before them
	space := true
	for i := len(classes) - 1; i >= 0; i-- {
		switch classes[i] {
		case bidi.B, bidi.S:
			space = true
			atEnds[i] = true
		case bidi.WS:
			atEnds[i] = space
		default:
			space = false
		}
	}
	resolveWeak(classes, outside)
	resolveBrackets(classes, brackets, outside)
	resolveNeutral(classes, outside)
	found := make([]uint8, len(classes))
	for i, c := range classes {
		found[i] = base
		switch {
		case atEnds[i]:
		case base == 0 && c == bidi.R, base == 1 && c != bidi.R:
			found[i]++
		case base == 0 && c != bidi.L: // a number
			found[i] += 2
		}
	}
	return found
}

// baseLevel returns the level of the first letter (P2, P3).
func baseLevel(classes []bidi.Class) uint8 {
	for _, c := range classes {
		switch c {
		case bidi.L:
			return 0
		case bidi.R, bidi.AL:
			return 1
		}
	}
	return 0
}

func strong(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// resolveWeak applies the rules W1 to W7.
func resolveWeak(classes []bidi.Class, outside bidi.Class) {
	last, before := outside, outside // the last letter, and the class before
	for i, c := range classes {
		if c == bidi.NSM {
			c = before
		}
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			last = c
		case bidi.EN:
			if last == bidi.AL {
				c = bidi.AN
			}
		}
		classes[i], before = c, c
	}
	for i := 1; i+1 < len(classes); i++ {
		if c, around := classes[i], classes[i-1]; around == classes[i+1] &&
			(around == bidi.EN && (c == bidi.ES || c == bidi.CS) || around == bidi.AN && c == bidi.CS) {
			classes[i] = around
		}
	}
	for i := range classes { // signs next to a number
		if classes[i] != bidi.EN {
			continue
		}
		for j := i - 1; j >= 0 && classes[j] == bidi.ET; j-- {
			classes[j] = bidi.EN
		}
		for j := i + 1; j < len(classes) && classes[j] == bidi.ET; j++ {
			classes[j] = bidi.EN
		}
	}
	last = outside
	for i, c := range classes {
		switch c {
		case bidi.L, bidi.R:
			last = c
		case bidi.AL:
			classes[i], last = bidi.R, bidi.R
		case bidi.EN:
			classes[i] = bidi.EN
			if last == bidi.L {
				classes[i] = bidi.L
			}
		case bidi.AN:
		default:
			classes[i] = bidi.ON
		}
	}
}

// bracketOf returns text as a byte if it is an ASCII bracket, and 0 otherwise.
func bracketOf(text string) byte {
	if len(text) == 1 && strings.Contains("()[]{}", text) {
		return text[0]
	}
	return 0
}

// pairs returns the indexes of matching brackets, ordered by the opening one
// (BD16).
func pairs(brackets []byte) [][2]int {
	var open []int
	var found [][2]int
	for i, b := range brackets {
		switch b {
		case '(', '[', '{':
			open = append(open, i)
		case ')', ']', '}':
			for n := len(open) - 1; n >= 0; n-- {
				if mirrored(string(brackets[open[n]])) == string(b) {
					found, open = append(found, [2]int{open[n], i}), open[:n]
					break
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return a[0] - b[0] })
	return found
}

// resolveBrackets applies rule N0: a pair of brackets takes the direction of the
// line if it encloses text of that direction, and the opposite direction if it
// encloses and follows text of that one.
func resolveBrackets(classes []bidi.Class, brackets []byte, outside bidi.Class) {
	for _, pair := range pairs(brackets) {
		if classes[pair[0]] != bidi.ON || classes[pair[1]] != bidi.ON {
			continue
		}
		same, other := false, false
		for _, c := range classes[pair[0]+1 : pair[1]] {
			if c != bidi.ON {
				same = same || letter(c) == outside
				other = other || letter(c) != outside
			}
		}
		to := outside
		if !same && !other {
			continue
		}
		if !same {
			for i := pair[0] - 1; i >= 0; i-- {
				if classes[i] != bidi.ON {
					to = letter(classes[i])
					break
				}
			}
		}
		classes[pair[0]], classes[pair[1]] = to, to
	}
}

// letter returns the direction of a class; numbers count as R.
func letter(c bidi.Class) bidi.Class {
	if c == bidi.L {
		return bidi.L
	}
	return bidi.R
}

// resolveNeutral applies rules N1 and N2: neutrals between letters of one
// direction take it, all others take the direction of the line.
func resolveNeutral(classes []bidi.Class, outside bidi.Class) {
	side := func(i int) bidi.Class {
		if i < 0 || i >= len(classes) {
			return outside
		}
		return letter(classes[i])
	}
	for i := 0; i < len(classes); i++ {
		if classes[i] != bidi.ON {
			continue
		}
		end := i
		for end < len(classes) && classes[end] == bidi.ON {
			end++
		}
		to := outside
		if before := side(i - 1); before == side(end) {
			to = before
		}
		for ; i < end; i++ {
			classes[i] = to
		}
	}
}

// visualOrder returns the indexes into levels in order from left to right (L2).
func visualOrder(levels []uint8) []int {
	order := make([]int, len(levels))
	for i := range order {
		order[i] = i
	}
	for level := uint8(2); level >= 1; level-- {
		for i := 0; i < len(order); i++ {
			end := i
			for end < len(order) && levels[order[end]] >= level {
				end++
			}
			slices.Reverse(order[i:end])
			i = max(i, end-1)
		}
	}
	return order
}

// mirrored returns the mirror image of a bracket, as drawn in text that runs from
// right to left (L4), and any other text unchanged.
func mirrored(text string) string {
	switch text {
	case "(":
		return ")"
	case ")":
		return "("
	case "[":
		return "]"
	case "]":
		return "["
	case "{":
		return "}"
	case "}":
		return "{"
	case "<":
		return ">"
	case ">":
		return "<"
	case "«":
		return "»"
	case "»":
		return "«"
	}
	return text
}
