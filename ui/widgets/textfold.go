package widgets

import (
	"image"
	"slices"

	"sseconsole/ui/widgets/text"
)

// longWork is the length of a text from which work on all of it is done in the background.
const longWork = 1 << 20

// work runs find, in the background if that may take long, and then then. A later call
// makes an earlier one obsolete.
func (t *TextView) work(length int, find func(done func() bool), then func()) {
	done := t.folding.begin()
	if length <= longWork || t.Post == nil {
		find(done)
		then()
		return
	}
	post := t.Post
	go func() {
		find(done)
		post(func() {
			if !done() {
				then()
			}
		})
	}()
}

// folded reports whether the line that ends at an offset is folded.
func (t *TextView) folded(end int) bool {
	i := text.FoldIndex(t.folds, end)
	return i < len(t.folds) && int(t.folds[i].From) == end
}

// toggle folds or unfolds the line that begins at an offset.
func (t *TextView) toggle(begin int) {
	if end := text.LineEnd(t.text, begin); t.folded(end) {
		t.unfold(end, end+1, nil)
		return
	}
	var f text.Fold
	ok := false
	t.work(len(t.text)-begin, func(done func() bool) { f, ok = text.FoldAt(t.text, begin, done) }, func() {
		if !ok || t.folded(int(f.From)) {
			return
		}
		if t.head > int(f.From) && t.head < int(f.To) || t.anchor > int(f.From) && t.anchor < int(f.To) {
			t.choose(begin, begin) // not within what is hidden
		}
		folds := slices.Insert(slices.Clone(t.folds), text.FoldIndex(t.folds, int(f.From)), f)
		t.refold(folds, f, nil)
	})
}

// unfold unfolds all parts that hide something between two offsets, and then calls then,
// which may be nil.
func (t *TextView) unfold(from, to int, then func()) {
	var removed text.Fold
	folds := slices.DeleteFunc(slices.Clone(t.folds), func(f text.Fold) bool {
		hides := int(f.From) < to && int(f.To) > from
		if hides && removed.To == 0 {
			removed = f // the outermost
		}
		return hides
	})
	if len(folds) == len(t.folds) {
		if then != nil {
			then()
		}
		return
	}
	t.refold(folds, removed, then)
}

// refold shows the text with other folds, which differ within part, and then calls then.
func (t *TextView) refold(folds []text.Fold, part text.Fold, then func()) {
	from := t.lineOf(int(part.From))
	to := text.LineEnd(t.text, int(part.To))
	if first := text.RowAt(t.rows, from); first < len(t.rows) && t.rows[first] != from && t.end == len(t.text) {
		t.folds = folds // the part is hidden in another one
		if then != nil {
			then()
		}
		return
	}
	if to-from > longWork && len(folds) < len(t.folds) && t.Post != nil || t.end < len(t.text) || len(t.rows) == 0 {
		t.refoldAll(folds, then)
		return
	}
	t.wrapping.begin()
	w := t.wrapped(from, folds)
	w.UpTo(min(to+1, len(t.text)))
	more := w.Starts
	if to < len(t.text) {
		more = more[:len(more)-1] // the row after the part is there already
	}
	first, next := text.RowAt(t.rows, from), len(t.rows)
	if to < len(t.text) {
		next = text.RowAt(t.rows, to+1)
	}
	t.folds = folds
	t.rows = slices.Replace(t.rows, first, next, more...)
	t.relayout()
	if then != nil {
		then()
	}
}

// refoldAll shows the text with other folds, and then calls then, which may be nil.
func (t *TextView) refoldAll(folds []text.Fold, then func()) {
	if t.Post == nil || len(t.text) <= longWork || t.cells == 0 {
		t.folds = folds
		if t.cells > 0 {
			w := t.wrapped(0, folds)
			w.UpTo(len(t.text))
			t.wrapping.begin()
			t.rewrapped(w.Starts)
		}
		t.relayout()
		if then != nil {
			then()
		}
		return
	}
	t.rewrapLater(t.wrapped(0, folds), folds, then)
}

// FoldAll folds every part but a single outermost one.
func (t *TextView) FoldAll() {
	if !t.style.Outline {
		return
	}
	var folds []text.Fold
	t.work(len(t.text), func(done func() bool) {
		least := 0
		if text.OneRoot(t.text) {
			least = text.Indent
		}
		folds = text.AllFolds(t.text, least, done)
	}, func() {
		for i := text.FoldIndex(folds, t.head+1) - 1; i >= 0; i-- {
			if f := folds[i]; t.head > int(f.From) && t.head < int(f.To) {
				begin := t.lineOf(int(f.From))
				t.choose(begin, begin)
			}
		}
		t.refoldAll(folds, func() { t.moveTo(t.head, false) })
	})
}

// UnfoldAll unfolds every part.
func (t *TextView) UnfoldAll() {
	t.folding.begin()
	if len(t.folds) > 0 {
		t.refoldAll(nil, func() { t.moveTo(t.head, false) })
	}
}

// leave folds the line of the caret, or moves to the line that it is a part of.
func (t *TextView) leave() {
	begin := t.lineOf(t.head)
	end := text.LineEnd(t.text, begin)
	if text.Foldable(t.text, begin, end) && !t.folded(end) {
		t.toggle(begin)
		return
	}
	level := text.Indentation(t.text[begin:])
	for at := begin; at > 0; {
		at = t.lineOf(at - 1)
		n := text.Indentation(t.text[at:])
		if n < level || n == level && text.Closes(t.text[begin+level:]) {
			t.moveTo(at, false)
			return
		}
	}
}

// enter unfolds the line of the caret, or moves to the first line of the part that begins
// there.
func (t *TextView) enter() {
	begin := t.lineOf(t.head)
	switch end := text.LineEnd(t.text, begin); {
	case t.folded(end):
		t.toggle(begin)
	case text.Foldable(t.text, begin, end):
		t.moveTo(end+1, false)
	}
}

// signUnder returns the beginning of the line whose sign, or label of a fold, is at a
// point. ok is false if there is none.
func (t *TextView) signUnder(at image.Point) (begin int, ok bool) {
	i := t.rowAtPoint(at)
	if !t.style.Outline || i < 0 || at.Y < t.top() {
		return 0, false
	}
	r := t.row(i)
	line := t.line(r)
	if sign := t.signAt(line); line.foldable && t.isFirst(r) && at.X >= sign-t.font.Cell/2 && at.X < sign+signCells*t.font.Cell {
		return line.begin, true
	}
	if r.label > 0 {
		clusters, left, _ := t.place(r, line.hang)
		for _, p := range clusters {
			if x := left + p.Col*t.font.Cell; p.At >= r.at && p.At < r.at+r.label && at.X >= x && at.X < x+p.Cells*t.font.Cell {
				return line.begin, true
			}
		}
	}
	return 0, false
}

// pressSign folds or unfolds the line whose sign is at a point, and reports whether there
// is one.
func (t *TextView) pressSign(at image.Point) bool {
	begin, ok := t.signUnder(at)
	if ok {
		t.choose(begin, begin)
		t.toggle(begin)
	}
	return ok
}

// Place is what the user sees of a text: where it is scrolled to, what is selected and
// what is folded.
type Place struct {
	text         string
	top          int // the offset of the first row in view
	anchor, head int
	folds        []text.Fold
}

// Place returns the place that is shown now.
func (t *TextView) Place() Place {
	p := Place{text: t.text, anchor: t.anchor, head: t.head, folds: t.folds}
	if int(t.scroll.top) < len(t.rows) {
		p.top = t.rows[t.scroll.top]
	}
	return p
}

// GoBack shows a place again, and reports whether the text is the same.
func (t *TextView) GoBack(p Place) bool {
	if p.text != t.text || t.text == "" {
		return false
	}
	t.refoldAll(p.folds, func() {
		t.choose(p.anchor, p.head)
		t.scrollTo(int64(text.RowAt(t.rows, p.top)))
	})
	return true
}
