package widgets

import (
	"image"
	"slices"
	"strings"

	"sseconsole/ui/widgets/text"
)

// margin returns the space to the left of the text, in pixels. An outline has its signs
// there.
func (t *TextView) margin() int {
	if t.style.Outline {
		return (1 + signCells) * t.font.Cell
	}
	return t.font.Cell
}

// signCells is the width of the sign before a line that can be folded.
const signCells = 2

func (t *TextView) top() int { return t.units(4) }

// atOnce is how many bytes of a text are wrapped and searched without delay.
const atOnce = 128 << 10

// count wraps the text if its width has changed, and returns the number of rows.
func (t *TextView) count() int64 {
	cells := (t.content().Dx() - t.margin() - t.font.Cell) / t.font.Cell
	if cells <= 0 {
		return 0
	}
	if cells != t.cells {
		t.cells = cells
		t.wrap()
	}
	return int64(len(t.rows))
}

// wrapped returns a wrapping of the text from an offset on, the beginning of a line.
func (t *TextView) wrapped(from int, folds []text.Fold) *text.Wrapping {
	if t.style.Outline {
		return text.NewOutline(t.text, t.cells, folds, from)
	}
	return text.NewWrapping(t.text, t.cells)
}

// wrap computes the rows for the width. A long text is wrapped in the background;
// until then the old rows stay, or the first new ones are shown.
func (t *TextView) wrap() {
	w := t.wrapped(0, t.folds)
	if len(t.text) <= atOnce || t.Post == nil {
		t.wrapping.begin()
		w.UpTo(len(t.text))
		t.rewrapped(w.Starts)
		return
	}
	if t.rows == nil {
		w.UpTo(atOnce)
		t.rows, t.end = slices.Clone(w.Starts), len(t.text)
		if last := len(t.rows) - 1; w.At < len(t.text) && last > 0 { // it may be only begun
			t.rows, t.end = t.rows[:last], t.rows[last]
		}
	}
	t.rewrapLater(w, t.folds, nil)
}

// rewrapLater completes a wrapping that leaves out folds in the background, shows it, and
// then calls then, which may be nil.
func (t *TextView) rewrapLater(w *text.Wrapping, folds []text.Fold, then func()) {
	done, post := t.wrapping.begin(), t.Post
	go func() {
		for w.At < len(w.Text) && !done() {
			w.UpTo(min(w.At+1<<20, len(w.Text)))
		}
		post(func() {
			if !done() {
				t.folds = folds
				t.rewrapped(w.Starts)
				t.relayout()
				if then != nil {
					then()
				}
			}
		})
	}()
}

// rewrapped sets the rows. The first row in view still shows the same text.
func (t *TextView) rewrapped(rows []int) {
	if t.rows != nil {
		reading := 0
		if int(t.scroll.top) < len(t.rows) {
			reading = t.rows[t.scroll.top]
		}
		t.scroll.top = int64(text.RowAt(rows, reading))
	}
	t.rows, t.end = rows, len(t.text)
}

// textRow is a row as it is drawn: text, in which the label of a fold may stand for a part
// of the view's text.
type textRow struct {
	begin, end int // in the view's text, without the line feed
	text       string
	at, label  int // where the label is in text, and its length, 0 for none
	fold       text.Fold
}

// row returns a row.
func (t *TextView) row(i int) textRow {
	r := textRow{begin: t.rows[i], end: t.end}
	if i+1 < len(t.rows) {
		r.end = t.rows[i+1]
	}
	if k := text.FoldIndex(t.folds, r.begin); k < len(t.folds) && int(t.folds[k].From) < r.end {
		r.fold = t.folds[k]
		from, to := int(r.fold.From), int(r.fold.To)
		if r.end > to && t.text[r.end-1] == '\n' {
			r.end--
		}
		label := r.fold.Label(t.text, t.cells)
		r.at, r.label = from-r.begin, len(label)
		r.text = t.text[r.begin:from] + label + t.text[to:r.end]
		return r
	}
	r.text = strings.TrimSuffix(t.text[r.begin:r.end], "\n")
	r.end = r.begin + len(r.text)
	return r
}

// source returns the part of the view's text that n bytes at an offset in the row stand
// for.
func (r *textRow) source(at, n int) (from, to int) {
	switch {
	case r.label == 0 || at < r.at:
		return r.begin + at, r.begin + at + n
	case at < r.at+r.label:
		return int(r.fold.From), int(r.fold.To)
	}
	from = int(r.fold.To) + at - r.at - r.label
	return from, from + n
}

// inText returns the offset in the row of one in the view's text.
func (r *textRow) inText(offset int) int {
	switch {
	case r.label == 0 || offset <= int(r.fold.From):
		return min(max(0, offset-r.begin), len(r.text))
	case offset < int(r.fold.To):
		return r.at
	}
	return min(offset-int(r.fold.To)+r.at+r.label, len(r.text))
}

// textLine is a line of the text, of which a row is a part.
type textLine struct {
	begin, end int
	hang       int // cells by which further rows are indented
	foldable   bool
	spans      []Span // of the line
	tail       []Span // of what follows a fold
}

// line returns the line of a row.
func (t *TextView) line(r textRow) textLine {
	l := textLine{begin: strings.LastIndexByte(t.text[:r.begin], '\n') + 1}
	l.end = text.LineEnd(t.text, l.begin)
	if t.style.Outline {
		l.hang = text.Hanging(t.text[l.begin:l.end], t.cells)
		l.foldable = text.Foldable(t.text, l.begin, l.end)
	}
	if t.style.Spans != nil {
		l.spans = t.style.Spans(t.text[l.begin:l.end], l.begin)
	}
	return l
}

// isFirst reports whether a row is the first of its line.
func (t *TextView) isFirst(r textRow) bool { return r.begin == 0 || t.text[r.begin-1] == '\n' }

// left returns where the text of a row begins, in pixels.
func (t *TextView) left(r textRow, hang int) int {
	if t.isFirst(r) {
		return t.margin()
	}
	return t.margin() + hang*t.font.Cell
}

// place returns the clusters of a row, where they begin, in pixels, and whether the row
// runs from right to left.
func (t *TextView) place(r textRow, hang int) (line []text.Placed, left int, leftward bool) {
	line, leftward = t.fonts.Place(r.text, len(r.text)*text.MaxCells+1, true)
	return line, t.left(r, hang), leftward
}

// rowAtPoint returns the row at a point, or -1 if there is none.
func (t *TextView) rowAtPoint(at image.Point) int {
	row := int(t.scroll.top) + (at.Y-t.top())/t.font.Line
	if row < 0 || row >= len(t.rows) {
		return -1
	}
	return row
}

// offsetAt returns the offset in the text nearest to a point.
func (t *TextView) offsetAt(at image.Point) int {
	if len(t.rows) == 0 {
		return 0
	}
	row := int(t.scroll.top) + (at.Y-t.top())/t.font.Line
	if row >= len(t.rows) {
		return t.end
	}
	r := t.row(max(row, 0))
	hang := 0
	if t.style.Outline && !t.isFirst(r) {
		hang = t.line(r).hang
	}
	line, x0, leftward := t.place(r, hang)
	for i := range line {
		p := &line[i]
		from, to := r.source(p.At, p.Bytes)
		left := x0 + p.Col*t.font.Cell
		right := left + p.Cells*t.font.Cell
		switch before := at.X < (left+right)/2; {
		case at.X >= right:
		case at.X < left && leftward:
			return r.end
		case before != p.Left:
			return from
		default:
			return to
		}
	}
	if leftward {
		return r.begin
	}
	return r.end
}
