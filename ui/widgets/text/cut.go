package text

import "unicode/utf8"

// Cut is the part of a text that an ellipsis replaces if there is no room for all of it.
type Cut uint8

// The parts.
const (
	CutEnd    Cut = iota
	CutMiddle     // for what differs at both ends
	CutLeft       // for what differs at its end, such as ids
)

// maxClusterBytes is the largest number of bytes of a cluster: of a longer text, this many
// for each cell are enough to know what fits.
const maxClusterBytes = MaxClusterRunes * utf8.UTFMax

// Omitted returns the part of text, in bytes, to replace by an ellipsis so that the text
// takes at most limit cells; from == to if it fits.
func (c Cut) Omitted(text string, limit int) (from, to int) {
	if Fits(text, limit) {
		return 0, 0
	}
	room := max(limit-1, 0)
	switch c {
	case CutMiddle:
		return between(text, room, room-room/2)
	case CutLeft:
		return 0, endingAt(text, room)
	}
	return BeginningTo(text, room), len(text)
}

// leastBeginning is how many cells of a sentence remain before its end.
const leastBeginning = 4

// Shortened is like [Cut.Omitted] for a sentence that says at its end why something failed: it
// loses first of all what is in spare, such as an address, then more of what is before it,
// and its end last. An empty spare means the middle.
func Shortened(text string, limit int, spare [2]int) (from, to int) {
	if Fits(text, limit) {
		return 0, 0
	}
	room := max(limit-1, 0)
	if spare[0] < 0 || spare[0] >= spare[1] || spare[1] > len(text) {
		return between(text, room, room-room/3)
	}
	before, middle, after := text[:spare[0]], text[spare[0]:spare[1]], text[spare[1]:]
	if !Fits(before, room) || !Fits(after, room-Cells(before)) {
		return between(text, room, min(CellsUpTo(after, room), room-min(room/4, leastBeginning)))
	}
	room -= Cells(before) + Cells(after)
	from, to = between(middle, room, room/2)
	return spare[0] + from, spare[0] + to
}

// between returns what to leave out of text so that room cells remain, tail of them at the
// end.
func between(text string, room, tail int) (from, to int) {
	to = endingAt(text, tail)
	return BeginningTo(text[:to], room-Cells(text[to:])), to
}

// Fits reports whether text takes at most limit cells.
func Fits(text string, limit int) bool { return CellsUpTo(text, limit) <= limit }

// CellsUpTo returns the width of a text, or some width above limit.
func CellsUpTo(text string, limit int) (cells int) {
	for text != "" && cells <= limit {
		c := Next(text)
		text, cells = text[c.Bytes:], cells+c.Cells
	}
	return cells
}

// BeginningTo returns the length in bytes of the longest beginning of text that takes at
// most room cells.
func BeginningTo(text string, room int) (n int) {
	for n < len(text) {
		c := Next(text[n:])
		if room -= c.Cells; room < 0 {
			break
		}
		n += c.Bytes
	}
	return n
}

// endingAt returns where the longest end of text begins that takes at most room cells.
func endingAt(text string, room int) (at int) {
	at = max(0, len(text)-max(room, 1)*maxClusterBytes)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	for cells := Cells(text[at:]); cells > room; {
		c := Next(text[at:])
		at, cells = at+c.Bytes, cells-c.Cells
	}
	return at
}
