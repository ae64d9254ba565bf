package logmodel

import (
	"runtime"
	"slices"

	"sseconsole/client/record"
)

// start starts workers if there is work for them. l.mu is held.
func (l *Log) start() {
	most := max(1, min(8, runtime.GOMAXPROCS(0)-1)) // leave one processor to the window
	for !l.closed && l.workers < most && (l.nearest() >= 0 || l.hasTail()) {
		l.workers++
		l.work.Go(l.run)
		if l.nearest() < 0 {
			return
		}
	}
}

func (l *Log) hasTail() bool {
	_, last := l.from.Bounds()
	return !l.tailBusy && l.tail <= last && (!l.quick() || last-l.tail >= part)
}

// nearest returns the next part to examine, or -1. l.mu is held.
func (l *Log) nearest() int64 {
	if l.left == 0 || l.stopped {
		return -1
	}
	n := int64(len(l.unbegun))
	low, high := min(l.focus, n-1), max(0, l.focus+1)
	for low >= 0 || high < n {
		if low >= 0 && (high >= n || l.focus-low <= high-l.focus) {
			if l.unbegun[low] {
				return low
			}
			low--
			continue
		}
		if l.unbegun[high] {
			return high
		}
		high++
	}
	return -1
}

// run examines records until none is left.
func (l *Log) run() {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { l.workers-- }()
	for !l.closed {
		from, q, era := l.from, l.query, l.era.Load()
		if l.hasTail() {
			_, last := from.Bounds()
			first := l.tail
			last = min(last, first/part*part+part-1)
			l.tailBusy = true
			chain := l.takeChain(first)
			l.mu.Unlock()
			f := l.look(from, &q, era, first, last, lacks{true, true}, chain)
			l.mu.Lock()
			if era == l.era.Load() {
				l.tailBusy, l.tail, l.chain = false, last+1, chain
				l.add(f)
			}
			continue
		}
		p := l.nearest()
		if p < 0 {
			return
		}
		l.unbegun[p] = false
		unknown := lacks{relations: !l.known[p], scope: !l.inScope[p]}
		l.mu.Unlock()
		f := l.look(from, &q, era, p*part, p*part+part-1, unknown, &chain{from: from, begin: p * part, next: p * part})
		l.mu.Lock()
		if era == l.era.Load() {
			l.left--
			l.known[p], l.inScope[p], l.done[p] = true, true, true
			l.add(f)
		}
	}
}

// quick reports whether Refresh can examine new records itself. l.mu is held.
func (l *Log) quick() bool { return l.query.quick() && l.chained() }

func (l *Log) add(f found) {
	l.links.add(f.links)
	l.results = append(l.results, f)
	l.version.Add(1)
}

// lacks says what is not known yet of a range of records.
type lacks struct {
	relations bool // findings, edges of connections and links
	scope     bool // which records are in the query's scope
}

// found is the result of examining a range of records. The words are sets of records: bit i
// of word k stands for first+64*k+i.
type found struct {
	begin, last     int64 // the range
	first           int64 // begin, rounded down to a multiple of 64
	matched, rows   []uint64
	scoped, marked  []uint64
	problems, edges []int64
	links           []link // that were not known
	folded          []link // matched children that have no row as long as their parents are folded
	unfolded        []link // those that have rows, and so have their parents
}

// look examines the records numbered first to last, which are in one part. If all that
// does not depend on the filter is known, it skips records that cannot match. chain finds
// the links that are not known.
func (l *Log) look(from Records, q *Query, era, first, last int64, unknown lacks, chain *chain) found {
	f := found{begin: first, last: last, first: first &^ 63}
	unknown.scope = unknown.scope && q.Scope.One
	words := func() []uint64 { return make([]uint64, last/64-f.first/64+1) }
	f.matched = words()
	if unknown.scope {
		f.scoped = words()
	}
	if !q.Mark.Empty() {
		f.marked = words()
	}
	sieve, decode := q.Filter.Sieve(), !q.Filter.Empty()
	var may func([]byte) bool
	if !unknown.relations && !unknown.scope {
		may = q.sieve()
	}
	var r record.Record
	for c := range from.Codes(first, last, may) {
		if (c.Seq&255 == 0 || q.Filter.Stopped() != nil) && era != l.era.Load() { // a jq expression that hits its limits is slow for every record
			break
		}
		at, bit := (c.Seq-f.first)/64, uint64(1)<<(c.Seq&63)
		if unknown.relations {
			if c.Kind == record.Problem {
				f.problems = append(f.problems, c.Seq)
			}
			if isEdge(c.Kind, c.Call) {
				f.edges = append(f.edges, c.Seq)
			}
			if c.Seq >= chain.next {
				if parent, orphan := chain.relater.next(c); parent > 0 {
					f.links = append(f.links, link{c.Seq, parent})
				} else if orphan != nil {
					chain.orphans = append(chain.orphans, orphan)
				}
			}
		}
		if unknown.scope {
			if !q.Scope.has(c) {
				continue
			}
			f.scoped[at] |= bit
		}
		if !q.looks(c) || decode && (sieve != nil && !sieve(c.Text()) || !c.Record(&r) || !q.Filter.Match(&r)) {
			continue
		}
		f.matched[at] |= bit
		if f.marked != nil && q.Mark.MayKind(c.Kind, c.Call) && c.Record(&r) && q.Mark.Match(&r) {
			f.marked[at] |= bit
		}
	}
	if unknown.relations {
		stale := func() bool { return era != l.era.Load() }
		f.links = append(f.links, chain.lookBack(stale)...)
		chain.next = max(chain.next, last+1)
	}
	l.fold(from, q, era, &f)
	return f
}

// fold decides which of the matched records of f are rows: all but children whose parents
// are rows, too. A parent that does not match is a row because of its children.
func (l *Log) fold(from Records, q *Query, era int64, f *found) {
	f.rows = f.matched
	links := append(l.links.among(f.begin, f.last), f.links...)
	if len(links) == 0 {
		return
	}
	f.rows = slices.Clone(f.matched)
	oldest, _ := from.Bounds()
	for i, k := range links {
		if i&255 == 0 && era != l.era.Load() {
			return
		}
		at, bit := (k.child-f.first)/64, uint64(1)<<(k.child&63)
		if f.matched[at]&bit == 0 || k.parent < oldest {
			continue
		}
		matches := k.parent >= f.begin && f.matched[(k.parent-f.first)/64]>>(k.parent&63)&1 != 0
		if !matches {
			r := from.At(k.parent)
			if r == nil || !q.base(r) {
				continue // a row of its own
			}
			matches = k.parent < f.begin && q.Filter.Match(r)
		}
		if !matches || q.Unfold {
			f.unfolded = append(f.unfolded, k)
			continue
		}
		f.folded = append(f.folded, k)
		f.rows[at] &^= bit
	}
}
