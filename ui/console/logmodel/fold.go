package logmodel

import (
	"maps"
	"math"
	"math/bits"

	"sseconsole/ui/console/rowset"
)

// Children returns the records that belong to record seq, shown or not: the answer to a
// call, the response to a subscribe and what opens its body. Findings, events, ends and
// reconnects belong to none.
func (l *Log) Children(seq int64) []int64 { return l.links.of(seq) }

// Parent returns the record that record seq belongs to if that has a row, else 0.
func (l *Log) Parent(seq int64) int64 {
	if parent := l.links.parent(seq); parent > 0 && l.shown.Has(parent) {
		return parent
	}
	return 0
}

// Folded says whether record seq has children that the query shows, and whether they have
// no rows.
func (l *Log) Folded(seq int64) (children, folded bool) {
	folded = true
	for _, child := range l.links.of(seq) {
		if l.matched.Has(child) {
			children = true
			folded = folded && !l.shown.Has(child)
		}
	}
	return children, children && folded
}

// Matches reports whether the query shows record seq, as a row or folded. A row that does
// not match is there because of its children.
func (l *Log) Matches(seq int64) bool { return l.matched.Has(seq) }

// Toggle folds or unfolds the children of record seq.
func (l *Log) Toggle(seq int64) (c Change) {
	children, folded := l.Folded(seq)
	if !children {
		return c
	}
	l.unfolded[seq] = folded
	for _, child := range l.links.of(seq) {
		switch {
		case !l.matched.Has(child):
		case folded:
			l.addRow(child, &c)
		case l.shown.Has(child):
			c.Removed = append(c.Removed, Rows{l.shown.Rank(child), 1})
			l.shown.Remove(child)
		}
	}
	return c
}

// Count returns how many records the query shows, rows or not.
func (l *Log) Count() int64 { return l.matched.Len() }

// Records returns a copy of the numbers of the records that the query shows.
func (l *Log) Records() *rowset.Set { return l.matched.Clone() }

// RecordsOf returns the numbers of the records in rows, which are in ascending order, and
// of their folded children.
func (l *Log) RecordsOf(rows []Rows) *rowset.Set {
	if len(rows) == 1 && rows[0].At == 0 && rows[0].N >= l.Len() { // all, however many
		all := l.matched.Clone()
		all.Include(&l.shown, 0, math.MaxInt64)
		return all
	}
	of := &rowset.Set{}
	for _, r := range rows {
		if r.N = min(r.N, l.Len()-r.At); r.N <= 0 {
			continue
		}
		first, last := l.At(r.At), l.At(r.At+r.N-1)
		of.Include(&l.shown, first, last)
		for _, k := range l.links.below(first, last) {
			if l.matched.Has(k.child) && !l.shown.Has(k.child) && l.shown.Has(k.parent) {
				of.Add(k.child)
			}
		}
	}
	return of
}

// Marked returns how many of the records that the query shows match its filter or its
// Mark, and how many of them are up to record seq. is says that seq is one of them.
func (l *Log) Marked(seq int64) (upTo, of int64, is bool) {
	set := &l.matched
	if !l.query.Mark.Empty() {
		set = &l.marked
	}
	return set.Rank(seq + 1), set.Len(), set.Has(seq)
}

// trim removes the records before first, which the run has dropped. Folded children whose
// parents are among them become rows.
func (l *Log) trim(first int64, c *Change) {
	if l.stale || first <= l.oldest {
		return
	}
	c.Trimmed = l.shown.RemoveBefore(first)
	for _, set := range []*rowset.Set{&l.matched, &l.marked, &l.problems, &l.scoped} {
		set.RemoveBefore(first)
	}
	for _, k := range l.links.below(l.oldest, first-1) {
		if k.child >= first && l.matched.Has(k.child) {
			l.addRow(k.child, c)
		}
	}
	l.links.removeBefore(first)
	maps.DeleteFunc(l.unfolded, func(seq int64, _ bool) bool { return seq < first })
	l.oldest = first
}

// addRow makes a record a row.
func (l *Log) addRow(seq int64, c *Change) {
	if !l.shown.Has(seq) {
		c.insert(l.shown.Rank(seq), 1)
		l.shown.Add(seq)
	}
}

// addRows makes rows of the result of examining a range. Few rows are there already: those
// that children in other ranges have.
func (l *Log) addRows(f *found, first int64, c *Change) {
	for _, k := range f.unfolded {
		if unfolded, chosen := l.unfolded[k.parent]; chosen && !unfolded && k.child >= first {
			f.rows[(k.child-f.first)/64] &^= 1 << (k.child & 63)
		}
	}
	added := int64(0)
	for at := f.begin; at <= f.last; {
		next, ok := l.shown.Next(at-1, &l.shown)
		if !ok || next > f.last {
			next = f.last + 1
		}
		n := f.count(at, next)
		c.insert(l.shown.Rank(at)+added, n)
		added, at = added+n, next+1
	}
	l.shown.Or(f.first, f.rows)
	for _, k := range f.unfolded {
		if k.parent >= first {
			l.addRow(k.parent, c)
		}
	}
	for _, k := range f.folded {
		if k.child >= first && (k.parent < first || l.unfolded[k.parent]) {
			l.addRow(k.child, c)
		}
	}
}

// count returns how many of the records from first to before end are rows.
func (f *found) count(first, end int64) (n int64) {
	for i, w := range f.rows {
		at := f.first + 64*int64(i)
		if at+64 <= first || at >= end || w == 0 {
			continue
		}
		if at < first {
			w &= ^uint64(0) << (first - at)
		}
		if end < at+64 {
			w &= 1<<(end-at) - 1
		}
		n += int64(bits.OnesCount64(w))
	}
	return n
}

// insert adds an insertion to c.
func (c *Change) insert(at, n int64) {
	if n == 0 {
		return
	}
	if k := len(c.Inserted) - 1; k >= 0 && (c.Inserted[k].At == at || c.Inserted[k].At+c.Inserted[k].N == at) {
		c.Inserted[k].N += n
		return
	}
	c.Inserted = append(c.Inserted, Rows{at, n})
}
