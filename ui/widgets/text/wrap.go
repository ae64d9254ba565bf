package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// tabCells is the distance between tab stops in a text of several lines.
const tabCells = 4

// Wrap returns the offsets of the rows of s if no row may be wider than cells. A
// line feed ends a row; one at the end of s is followed by an empty row. An empty
// s has no rows.
func Wrap(s string, cells int) []int {
	w := NewWrapping(s, cells)
	w.UpTo(len(s))
	return w.Starts
}

// Wrapping wraps a text in steps.
type Wrapping struct {
	Text   string
	Starts []int // the offsets of the rows
	At     int   // current offset

	cells   int
	col     int // current column
	first   int // column at which the current row begins
	outline bool
	folds   []Fold // those from At on; their lines count as one
}

// NewWrapping returns a wrapping of s into rows of at most that many cells.
func NewWrapping(s string, cells int) *Wrapping {
	w := &Wrapping{Text: s, cells: cells}
	if s != "" {
		w.Starts = append(make([]int, 0, min(len(s), 1<<20)/max(cells, 1)+16), 0)
	}
	return w
}

// NewOutline returns a wrapping of text that indents the rows of a line and leaves out what
// is in folds. It begins at from, the beginning of a line.
func NewOutline(s string, cells int, folds []Fold, from int) *Wrapping {
	w := &Wrapping{Text: s, cells: cells, outline: true, At: from}
	for len(folds) > 0 && int(folds[0].From) < from {
		folds = folds[1:]
	}
	w.folds = folds
	if s != "" {
		w.Starts = append(make([]int, 0, min(len(s)-from, 1<<20)/max(cells, 1)+16), from)
	}
	return w
}

// UpTo continues up to an offset in the text, or to the end of a fold there.
func (w *Wrapping) UpTo(end int) {
	s, i, col := w.Text, w.At, w.col
	for i < end {
		n, width := 1, 1
		switch c := s[i]; {
		case c == '\n' && len(w.folds) > 0 && int(w.folds[0].From) == i:
			i, col = w.over(col)
			continue
		case c == '\n':
			i, col = i+1, 0
			w.first = 0
			w.Starts = append(w.Starts, i)
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
	w.At, w.col = i, col
}

// newRow begins another row of the current line.
func (w *Wrapping) newRow(i int) {
	if w.outline && w.first == 0 {
		w.first = Hanging(w.Text[w.Starts[len(w.Starts)-1]:], w.cells)
	}
	w.Starts = append(w.Starts, i)
}

// over adds the label of the fold at the current offset to the row, and returns what
// follows.
func (w *Wrapping) over(col int) (i, next int) {
	f := w.folds[0]
	label := Cells(f.Label(w.Text, w.cells))
	if col+label > w.cells && col > w.first {
		w.newRow(int(f.From))
		col = w.first
	}
	for len(w.folds) > 0 && w.folds[0].From < f.To {
		w.folds = w.folds[1:] // those in it, too
	}
	return int(f.To), col + label
}

// Hanging returns the column at which the further rows of a line of an outline begin.
func Hanging(line string, cells int) int { return min(Indentation(line)+Indent, cells/2) }

// step returns the bytes and cells of the first cluster of s, which is at column
// col.
func step(s string, col int) (bytes, cells int) {
	if s[0] == '\t' {
		return 1, tabCells - col%tabCells
	}
	c := Next(s)
	return c.Bytes, c.Cells
}

// RowText returns the text of a row, without its line feed.
func RowText(s string, starts []int, row int) string {
	end := len(s)
	if row+1 < len(starts) {
		end = starts[row+1]
	}
	return strings.TrimSuffix(s[starts[row]:end], "\n")
}

// RowAt returns the row that contains an offset in the text.
func RowAt(starts []int, offset int) int {
	return max(0, sort.SearchInts(starts, offset+1)-1)
}

// Cells returns the width of a text on one line.
func Cells(s string) int {
	cells := 0
	for s != "" {
		c := Next(s)
		s, cells = s[c.Bytes:], cells+c.Cells
	}
	return cells
}
