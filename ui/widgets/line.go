package widgets

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// placed is a cluster with its place on a line.
type placed struct {
	text       string // what is drawn
	at, bytes  int    // the part of the line's text that it stands for
	col, cells int    // where it stands, from the left
	escape     bool
	left       bool // it belongs to text that runs from right to left
	rest       bool // it stands for all that did not fit
}

// placeLine returns the clusters of a line, from left to right, in at most
// limit cells; what does not fit ends with an ellipsis. With tabs, they go to the
// next tab stop and are not drawn. The result is valid until the next call. It
// also reports whether the line as a whole runs from right to left.
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

// isComplex reports whether a text begins with a letter that runs from right to
// left or joins the next one.
func isComplex(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if mayJoin(r) {
		return true
	}
	p, _ := bidi.LookupString(text)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// join gives letters the form that those beside them ask for, by joiners around
// them.
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
			now.next = false // of the two as one
		}
		if before.next && now.previous {
			p.text = string(zeroWidthJoiner) + p.text
			line[i-1].text += string(zeroWidthJoiner)
		}
		before = now
	}
}

// reorder puts a line into the order in which it is seen.
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
