package widgets

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// placed is a cluster with its position on a line.
type placed struct {
	text       string // what is drawn
	at, bytes  int    // the part of the line's text it represents
	col, cells int    // column from the left, and width
	escape     bool
	left       bool // part of text that runs from right to left
	rest       bool // represents all that did not fit
}

// placeLine returns the clusters of a line in at most limit cells, from left to
// right. A line that does not fit ends with an ellipsis. If tabs is set, a tab
// advances to the next tab stop and is not drawn. The result is valid until the
// next call. leftward reports whether the line as a whole runs from right to left.
func (f *Fonts) placeLine(text string, limit int, tabs bool) (line []placed, leftward bool) {
	line = f.line[:0]
	complex, at, col := false, 0, 0
	for at < len(text) && col < limit {
		c := nextCluster(text[at:])
		if tabs && text[at] == '\t' {
			c = cluster{bytes: 1, cells: tabCells - col%tabCells}
		}
		p := placed{text: c.text, at: at, bytes: c.bytes, col: col, cells: c.cells, escape: c.escape}
		if end := col + c.cells; end > limit || end == limit && at+c.bytes < len(text) {
			p = placed{text: "…", at: at, bytes: len(text) - at, col: col, cells: 1, rest: true}
		} else if lead := text[at]; lead >= 0xd6 && lead <= 0xe1 || lead >= 0xef {
			complex = complex || isComplex(text[at:])
		}
		line = append(line, p)
		at, col = at+p.bytes, col+p.cells
	}
	f.line = line
	if !complex {
		return line, false
	}
	f.join(line, text)
	return f.reorder(line, text)
}

// isComplex reports whether text begins with a letter that is written from right
// to left or joins the next one.
func isComplex(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if mayJoin(r) {
		return true
	}
	p, _ := bidi.LookupString(text)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// join adds joiners around letters, so that they take the form that connects them
// to their neighbours.
func (f *Fonts) join(line []placed, text string) {
	before := joining{}
	for i := range line {
		p := &line[i]
		r, _ := utf8.DecodeRuneInString(text[p.at:])
		if p.rest || p.escape || !mayJoin(r) {
			before = joining{}
			continue
		}
		now := f.joiningOf(r)
		if r == lam && strings.ContainsFunc(p.text, isAlef) {
			now.next = false // the ligature does not join the next letter
		}
		if before.next && now.previous {
			p.text = string(zeroWidthJoiner) + p.text
			line[i-1].text += string(zeroWidthJoiner)
		}
		before = now
	}
}

// reorder returns the line in visual order.
func (f *Fonts) reorder(line []placed, text string) ([]placed, bool) {
	classes, brackets := make([]bidi.Class, len(line)), make([]byte, len(line))
	for i, p := range line {
		classes[i] = bidi.ON
		if !p.rest {
			brackets[i] = bracketOf(p.text)
			properties, _ := bidi.LookupString(text[p.at:])
			if c := properties.Class(); c <= bidi.AL {
				classes[i] = c
			}
		}
	}
	leftward := baseLevel(classes) == 1
	found := levels(classes, brackets)
	seen, col := make([]placed, 0, len(line)), 0
	for _, i := range visualOrder(found) {
		p := line[i]
		p.col = col
		if p.left = found[i]%2 == 1; p.left {
			p.text = mirrored(p.text)
		}
		col += p.cells
		seen = append(seen, p)
	}
	return seen, leftward
}
