package filter

import "strings"

// needle is a text that is looked for in any case of its ASCII letters, or as
// it is.
type needle struct {
	text string // in lower case if fold is set
	fold bool
	rare int // the byte of text that is looked for first
}

// newNeedle returns a needle for text. With fold, text must be without letters
// of other scripts that have a case; fold is dropped if there is nothing to it.
func newNeedle(text string, fold bool) needle {
	n := needle{text: text}
	if !fold {
		return n
	}
	small := []byte(text)
	for i, c := range small {
		small[i] = lower(c)
	}
	n.text = string(small)
	best := -1 // its place in common
	for i, c := range []byte(n.text) {
		n.fold = n.fold || isLetter(c)
		place := strings.IndexByte(common, c)
		if place < 0 {
			place = len(common)
		}
		if place > best {
			n.rare, best = i, place
		}
	}
	return n
}

// common lists what JSON and English are made of, the most common first. What
// is not in it is rarer.
const common = `"e0:, taoinsrhldcu1m2f{}3p5gw46y7b8v9._-/kxjqz`

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// index returns where the needle begins in s, or -1.
func (n needle) index(s string) int {
	if !n.fold {
		return strings.Index(s, n.text)
	}
	// Look for the rarest byte in both its cases, then compare what is around it.
	c := n.text[n.rare]
	last := len(s) - len(n.text) // where it can begin at the latest
	if last < 0 {
		return -1
	}
	small, large := cursor{byte: c, next: -1}, cursor{byte: c, next: len(s)}
	if isLetter(c) {
		large = cursor{byte: c - 'a' + 'A', next: -1}
	}
	for at := n.rare; at <= last+n.rare; at++ {
		at = min(small.from(s, at), large.from(s, at))
		if at > last+n.rare {
			return -1
		}
		if n.at(s[at-n.rare:]) {
			return at - n.rare
		}
	}
	return -1
}

// at reports whether s, which is long enough, begins with the needle.
func (n needle) at(s string) bool {
	for i := range len(n.text) {
		if lower(s[i]) != n.text[i] {
			return false
		}
	}
	return true
}

// cursor finds a byte again and again.
type cursor struct {
	byte byte
	next int // where it is next, as far as is known
}

// from returns where the byte is in s, at at or after it; len(s) if nowhere.
func (c *cursor) from(s string, at int) int {
	if c.next < at {
		c.next = len(s)
		if i := strings.IndexByte(s[at:], c.byte); i >= 0 {
			c.next = at + i
		}
	}
	return c.next
}
