package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Placed is a cluster with its position on a line.
type Placed struct {
	Text       string // what is drawn
	At, Bytes  int    // the part of the line's text it represents
	Col, Cells int    // column from the left, and width
	Escape     bool
	Left       bool // part of text that runs from right to left
	rest       bool // represents all that did not fit
}

// Place returns the clusters of a line in at most limit cells, from left to
// right. A line that does not fit ends with an ellipsis. If tabs is set, a tab
// advances to the next tab stop and is not drawn. The result is valid until the
// next call. leftward reports whether the line as a whole runs from right to left.
func (f *Fonts) Place(text string, limit int, tabs bool) (line []Placed, leftward bool) {
	line = f.line[:0]
	complex, at, col := false, 0, 0
	for at < len(text) && col < limit {
		c := Next(text[at:])
		if tabs && text[at] == '\t' {
			c = Cluster{Bytes: 1, Cells: tabCells - col%tabCells}
		}
		p := Placed{Text: c.Text, At: at, Bytes: c.Bytes, Col: col, Cells: c.Cells, Escape: c.Escape}
		if end := col + c.Cells; end > limit || end == limit && at+c.Bytes < len(text) {
			p = Placed{Text: "…", At: at, Bytes: len(text) - at, Col: col, Cells: 1, rest: true}
		} else if lead := text[at]; lead >= 0xd6 && lead <= 0xe1 || lead >= 0xef {
			complex = complex || isComplex(text[at:])
		}
		line = append(line, p)
		at, col = at+p.Bytes, col+p.Cells
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
func (f *Fonts) join(line []Placed, text string) {
	before := joining{}
	for i := range line {
		p := &line[i]
		r, _ := utf8.DecodeRuneInString(text[p.At:])
		if p.rest || p.Escape || !mayJoin(r) {
			before = joining{}
			continue
		}
		now := f.joiningOf(r)
		if r == lam && strings.ContainsFunc(p.Text, isAlef) {
			now.next = false // the ligature does not join the next letter
		}
		if before.next && now.previous {
			p.Text = string(zeroWidthJoiner) + p.Text
			line[i-1].Text += string(zeroWidthJoiner)
		}
		before = now
	}
}

// reorder returns the line in visual order.
func (f *Fonts) reorder(line []Placed, text string) ([]Placed, bool) {
	classes, brackets := make([]bidi.Class, len(line)), make([]byte, len(line))
	for i, p := range line {
		classes[i] = bidi.ON
		if !p.rest {
			brackets[i] = bracketOf(p.Text)
			properties, _ := bidi.LookupString(text[p.At:])
			if c := properties.Class(); c <= bidi.AL {
				classes[i] = c
			}
		}
	}
	leftward := baseLevel(classes) == 1
	found := levels(classes, brackets)
	seen, col := make([]Placed, 0, len(line)), 0
	for _, i := range visualOrder(found) {
		p := line[i]
		p.Col = col
		if p.Left = found[i]%2 == 1; p.Left {
			p.Text = mirrored(p.Text)
		}
		col += p.Cells
		seen = append(seen, p)
	}
	return seen, leftward
}
