package widgets

import "slices"

// Range is the rows from From up to but not including To.
type Range struct{ From, To int64 }

// ranges is a set of rows as ascending ranges with at least one row between any
// two, so that selecting all rows costs as much as selecting one.
type ranges []Range

func (r ranges) has(row int64) bool {
	at, _ := slices.BinarySearchFunc(r, row, func(r Range, row int64) int {
		if r.To <= row {
			return -1
		}
		return 1
	})
	return at < len(r) && r[at].From <= row
}

func (r ranges) count() (n int64) {
	for _, part := range r {
		n += part.To - part.From
	}
	return n
}

// with returns the union of r and more.
func (r ranges) with(more Range) ranges {
	var sum ranges
	for i, part := range r {
		if part.From > more.To {
			return append(append(sum, more), r[i:]...)
		}
		if part.To < more.From {
			sum = append(sum, part)
		} else {
			more = Range{min(part.From, more.From), max(part.To, more.To)}
		}
	}
	return append(sum, more)
}

// without returns r without the rows of less.
func (r ranges) without(less Range) ranges {
	var rest ranges
	for _, part := range r {
		if before := (Range{part.From, min(part.To, less.From)}); before.From < before.To {
			rest = append(rest, before)
		}
		if after := (Range{max(part.From, less.To), part.To}); after.From < after.To {
			rest = append(rest, after)
		}
	}
	return rest
}

// inserted returns r after n rows were inserted at row at.
func (r ranges) inserted(at, n int64) ranges {
	var moved ranges
	for _, part := range r {
		if before := (Range{part.From, min(part.To, at)}); before.From < before.To {
			moved = append(moved, before)
		}
		if after := (Range{max(part.From, at) + n, part.To + n}); after.From < after.To {
			moved = append(moved, after)
		}
	}
	return moved
}

// trimmed returns r after the first n rows were removed.
func (r ranges) trimmed(n int64) ranges {
	var moved ranges
	for _, part := range r {
		if part = (Range{max(part.From-n, 0), part.To - n}); part.From < part.To {
			moved = append(moved, part)
		}
	}
	return moved
}

// selection is the set of selected rows of a list, one of which has the focus.
type selection struct {
	rows   ranges
	focus  int64 // or -1
	anchor int64 // where extending starts, or -1
}

func (s *selection) clear() { *s = selection{focus: -1, anchor: -1} }

// only selects just row.
func (s *selection) only(row int64) {
	*s = selection{rows: ranges{{row, row + 1}}, focus: row, anchor: row}
}

// extend selects from the anchor to row.
func (s *selection) extend(row int64) {
	if s.anchor < 0 {
		s.anchor = max(0, s.focus)
	}
	s.focus = row
	s.rows = ranges{{min(s.anchor, row), max(s.anchor, row) + 1}}
}

// toggle adds or removes a row. After removing, the focus is on the last row left.
func (s *selection) toggle(row int64) {
	if !s.rows.has(row) {
		s.rows = s.rows.with(Range{row, row + 1})
		s.focus, s.anchor = row, row
		return
	}
	s.rows = s.rows.without(Range{row, row + 1})
	if len(s.rows) == 0 {
		s.clear()
		return
	}
	s.focus = s.rows[len(s.rows)-1].To - 1
	s.anchor = s.focus
}

func (s *selection) inserted(at, n int64) {
	s.rows = s.rows.inserted(at, n)
	if s.focus >= at {
		s.focus += n
	}
	if s.anchor >= at {
		s.anchor += n
	}
}

func (s *selection) trimmed(n int64) {
	s.rows = s.rows.trimmed(n)
	s.focus = max(-1, s.focus-n)
	s.anchor = max(-1, s.anchor-n)
}

// removed forgets n rows from row at on.
func (s *selection) removed(at, n int64) {
	var rows ranges
	for _, r := range s.rows.without(Range{at, at + n}) {
		if r.From > at {
			r = Range{r.From - n, r.To - n}
		}
		rows = rows.with(r)
	}
	s.rows = rows
	for _, row := range []*int64{&s.focus, &s.anchor} {
		switch {
		case *row >= at+n:
			*row -= n
		case *row >= at:
			*row = -1
		}
	}
}
