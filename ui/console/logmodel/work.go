package logmodel

import (
	"runtime"

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
	return !l.tailBusy && l.tail <= last && (!l.query.Filter.Empty() || last-l.tail >= part)
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
			l.mu.Unlock()
			f := l.look(from, &q, era, first, last, lacks{true, true})
			l.mu.Lock()
			if era == l.era.Load() {
				l.tailBusy, l.tail = false, last+1
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
		f := l.look(from, &q, era, p*part, p*part+part-1, unknown)
		l.mu.Lock()
		if era == l.era.Load() {
			l.left--
			l.known[p], l.inScope[p], l.done[p] = true, true, true
			l.add(f)
		}
	}
}

func (l *Log) add(f found) {
	l.results = append(l.results, f)
	l.version.Add(1)
}

// lacks says what is not known yet of a range of records.
type lacks struct {
	relations bool // findings and edges of connections
	scope     bool // which records are in the query's scope
}

// look examines the records numbered first to last, which are in one part. If all that
// does not depend on the filter is known, it skips records that cannot match.
func (l *Log) look(from Records, q *Query, era, first, last int64, unknown lacks) found {
	f := found{begin: first, first: first &^ 63}
	unknown.scope = unknown.scope && q.Scope.One
	words := make([]uint64, last/64-first/64+1)
	if unknown.scope {
		f.scoped = make([]uint64, len(words))
	}
	sieve, decode := q.Filter.Sieve(), !q.Filter.Empty()
	var may func([]byte) bool
	if !unknown.relations && !unknown.scope {
		may = q.sieve()
	}
	var r record.Record
	any := false
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
		words[at] |= bit
		any = true
	}
	if any {
		f.words = words
	}
	return f
}
