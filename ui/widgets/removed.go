package widgets

// Removed tells the view that the source has removed n rows from row at on. The rows in
// view and the rest of the selection stay.
func (l *LogView) Removed(at, n int64) {
	if l.scroll.top > at {
		l.scroll.top -= min(n, l.scroll.top-at)
	}
	focused := l.selected.focus >= at && l.selected.focus < at+n
	l.reselect(func(s *selection) { s.removed(at, n) }, !focused)
	l.relayout()
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
