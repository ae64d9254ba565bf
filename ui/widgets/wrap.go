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
	text   string
	cells  int
	starts []int
	i, col int // current offset and column
}

func newWrapping(s string, cells int) *wrapping {
	w := &wrapping{text: s, cells: cells}
	if s != "" {
		w.starts = append(make([]int, 0, min(len(s), 1<<20)/max(cells, 1)+16), 0)
	}
	return w
}

// upTo continues up to an offset in the text.
func (w *wrapping) upTo(end int) {
	s, i, col := w.text, w.i, w.col
	for i < end {
		n, width := 1, 1
		switch c := s[i]; {
		case c == '\n':
			i, col = i+1, 0
			w.starts = append(w.starts, i)
			continue
		case c >= ' ' && c < 0x7f && (i+1 == len(s) || s[i+1] < utf8.RuneSelf):
		default:
			n, width = step(s[i:], col)
		}
		if col+width > w.cells && col > 0 {
			w.starts = append(w.starts, i)
			if col = 0; s[i] == '\t' {
				width = tabCells
			}
		}
		i, col = i+n, col+width
	}
	w.i, w.col = i, col
}

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
