package widgets

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
const maxClusterBytes = maxClusterRunes * utf8.UTFMax

// omitted returns the part of text, in bytes, to replace by an ellipsis so that the text
// takes at most limit cells; from == to if it fits.
func (c Cut) omitted(text string, limit int) (from, to int) {
	if fits(text, limit) {
		return 0, 0
	}
	room := max(limit-1, 0)
	switch c {
	case CutMiddle:
		return between(text, room, room-room/2)
	case CutLeft:
		return 0, endingAt(text, room)
	}
	return beginningTo(text, room), len(text)
}

// leastBeginning is how many cells of a sentence remain before its end.
const leastBeginning = 4

// shortened is like omitted for a sentence that says at its end why something failed: it
// loses first of all what is in spare, such as an address, then more of what is before it,
// and its end last. An empty spare means the middle.
func shortened(text string, limit int, spare [2]int) (from, to int) {
	if fits(text, limit) {
		return 0, 0
	}
	room := max(limit-1, 0)
	if spare[0] < 0 || spare[0] >= spare[1] || spare[1] > len(text) {
		return between(text, room, room-room/3)
	}
	before, middle, after := text[:spare[0]], text[spare[0]:spare[1]], text[spare[1]:]
	if !fits(before, room) || !fits(after, room-textCells(before)) {
		return between(text, room, min(cellsUpTo(after, room), room-min(room/4, leastBeginning)))
	}
	room -= textCells(before) + textCells(after)
	from, to = between(middle, room, room/2)
	return spare[0] + from, spare[0] + to
}

// between returns what to leave out of text so that room cells remain, tail of them at the
// end.
func between(text string, room, tail int) (from, to int) {
	to = endingAt(text, tail)
	return beginningTo(text[:to], room-textCells(text[to:])), to
}

// fits reports whether text takes at most limit cells.
func fits(text string, limit int) bool { return cellsUpTo(text, limit) <= limit }

// cellsUpTo returns the width of a text, or some width above limit.
func cellsUpTo(text string, limit int) (cells int) {
	for text != "" && cells <= limit {
		c := nextCluster(text)
		text, cells = text[c.bytes:], cells+c.cells
	}
	return cells
}

// beginningTo returns the length in bytes of the longest beginning of text that takes at
// most room cells.
func beginningTo(text string, room int) (n int) {
	for n < len(text) {
		c := nextCluster(text[n:])
		if room -= c.cells; room < 0 {
			break
		}
		n += c.bytes
	}
	return n
}

// endingAt returns where the longest end of text begins that takes at most room cells.
func endingAt(text string, room int) (at int) {
	at = max(0, len(text)-max(room, 1)*maxClusterBytes)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	for cells := textCells(text[at:]); cells > room; {
		c := nextCluster(text[at:])
		at, cells = at+c.bytes, cells-c.cells
	}
	return at
}
