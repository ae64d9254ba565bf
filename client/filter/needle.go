package filter

import "strings"

// needle is a text to search for, either exactly or regardless of the case of
// ASCII letters.
type needle struct {
	text string // in lower case if fold
	fold bool
	rare int // index of the byte of text that is searched first
}

// newNeedle returns a needle for text. With fold, text must not contain letters
// outside ASCII that have a case; fold is cleared if text has no letters.
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
	best := -1 // its index in common
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

// common lists the bytes of JSON and English, most common first. Other bytes are
// rarer.
const common = `"e0:, taoinsrhldcu1m2f{}3p5gw46y7b8v9._-/kxjqz`

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// index returns the index of the needle in s, or -1.
func (n needle) index(s string) int {
	if !n.fold {
		return strings.Index(s, n.text)
	}
	// Search for the rarest byte in both cases, then compare the text around it.
	c := n.text[n.rare]
	last := len(s) - len(n.text) // the last possible index
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

// cursor finds successive occurrences of a byte.
type cursor struct {
	byte byte
	next int // the next occurrence, as of the last search
}

// from returns the index of the byte in s at or after at, or len(s).
func (c *cursor) from(s string, at int) int {
	if c.next < at {
		c.next = len(s)
		if i := strings.IndexByte(s[at:], c.byte); i >= 0 {
			c.next = at + i
		}
	}
	return c.next
}
