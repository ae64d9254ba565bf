package widgets

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// tabCells is the distance between tab stops in a text of several lines.
const tabCells = 4

// wrap returns the offsets of the rows of s if no row may be wider than cells. A
// line feed ends a row; one at the end of s is followed by an empty row. An empty
// s has no rows.
func wrap(s string, cells int) []int {
	w := newWrapping(s, cells)
	w.upTo(len(s))
	return w.starts
}

// wrapping wraps a text in steps.
type wrapping struct {
	text    string
	cells   int
	starts  []int
	i, col  int // current offset and column
	first   int // column at which the current row begins
	outline bool
	folds   []fold // those from i on; their lines count as one
}

func newWrapping(s string, cells int) *wrapping {
	w := &wrapping{text: s, cells: cells}
	if s != "" {
		w.starts = append(make([]int, 0, min(len(s), 1<<20)/max(cells, 1)+16), 0)
	}
	return w
}

// newOutline returns a wrapping of text that indents the rows of a line and leaves out what
// is in folds. It begins at from, the beginning of a line.
func newOutline(s string, cells int, folds []fold, from int) *wrapping {
	w := &wrapping{text: s, cells: cells, outline: true, i: from}
	for len(folds) > 0 && int(folds[0].from) < from {
		folds = folds[1:]
	}
	w.folds = folds
	if s != "" {
		w.starts = append(make([]int, 0, min(len(s)-from, 1<<20)/max(cells, 1)+16), from)
	}
	return w
}

// upTo continues up to an offset in the text, or to the end of a fold there.
func (w *wrapping) upTo(end int) {
	s, i, col := w.text, w.i, w.col
	for i < end {
		n, width := 1, 1
		switch c := s[i]; {
		case c == '\n' && len(w.folds) > 0 && int(w.folds[0].from) == i:
			i, col = w.over(col)
			continue
		case c == '\n':
			i, col = i+1, 0
			w.first = 0
			w.starts = append(w.starts, i)
			continue
		case c >= ' ' && c < 0x7f && (i+1 == len(s) || s[i+1] < utf8.RuneSelf):
		default:
			n, width = step(s[i:], col)
		}
		if col+width > w.cells && col > w.first {
			w.newRow(i)
			if col = w.first; s[i] == '\t' {
				width = tabCells - col%tabCells
			}
		}
		i, col = i+n, col+width
	}
	w.i, w.col = i, col
}

// newRow begins another row of the current line.
func (w *wrapping) newRow(i int) {
	if w.outline && w.first == 0 {
		w.first = hanging(w.text[w.starts[len(w.starts)-1]:], w.cells)
	}
	w.starts = append(w.starts, i)
}

// over adds the label of the fold at the current offset to the row, and returns what
// follows.
func (w *wrapping) over(col int) (i, next int) {
	f := w.folds[0]
	label := textCells(f.label(w.text, w.cells))
	if col+label > w.cells && col > w.first {
		w.newRow(int(f.from))
		col = w.first
	}
	for len(w.folds) > 0 && w.folds[0].from < f.to {
		w.folds = w.folds[1:] // those in it, too
	}
	return int(f.to), col + label
}

// hanging returns the column of the further rows of a line.
func hanging(line string, cells int) int { return min(indentation(line)+indent, cells/2) }

// step returns the bytes and cells of the first cluster of s, which is at column
// col.
func step(s string, col int) (bytes, cells int) {
	if s[0] == '\t' {
		return 1, tabCells - col%tabCells
	}
	c := nextCluster(s)
	return c.bytes, c.cells
}

// rowText returns the text of a row, without its line feed.
func rowText(s string, starts []int, row int) string {
	end := len(s)
	if row+1 < len(starts) {
		end = starts[row+1]
	}
	return strings.TrimSuffix(s[starts[row]:end], "\n")
}

// rowAt returns the row that contains an offset in the text.
func rowAt(starts []int, offset int) int {
	return max(0, sort.SearchInts(starts, offset+1)-1)
}

// textCells returns the width of a text on one line.
func textCells(s string) int {
	cells := 0
	for s != "" {
		c := nextCluster(s)
		s, cells = s[c.bytes:], cells+c.cells
	}
	return cells
}
