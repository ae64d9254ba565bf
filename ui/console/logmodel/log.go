// Package logmodel decides which records the log shows, and in which rows, and searches
// them. It works in the background, however long the run.
package logmodel

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/rowset"
)

// Records provides the records of a log: the journal of this run, or an earlier run.
type Records interface {
	Bounds() (first, last int64)
	At(seq int64) *record.Record
	Scan(first, last int64) iter.Seq[*record.Record]
	Codes(first, last int64, may func(body []byte) bool) iter.Seq[*journal.Code]
}

// part is how many records are examined at a time. It is a multiple of the block size of
// rowset.Set.
const part = 1 << 14

// Log knows which records of a run are shown as rows. Background goroutines examine the
// records, those near the focus first. Refresh turns their results into rows, so that
// the drawing goroutine does little work. Methods must be called from that goroutine
// unless they say otherwise. Create a Log with NewLog and end it with Close.
type Log struct {
	from     Records
	query    Query
	matched  rowset.Set     // the records that the query shows, as rows or folded
	marked   rowset.Set     // those that match its Mark
	shown    rowset.Set     // the records that are rows
	oldest   int64          // the first record when dropped ones were last removed
	unfolded map[int64]bool // what the user has chosen for parents
	problems rowset.Set     // findings, shown or not
	scoped   rowset.Set     // the records in the query's scope, shown or not; unused if that is everything
	stale    bool           // shown still has the rows of the previous query

	links links

	version atomic.Int64
	era     atomic.Int64 // grows with each query; results for an earlier one are dropped
	work    sync.WaitGroup

	mu       sync.Mutex
	edges    rowset.Set     // starts and ends of connections, shown or not
	known    map[int64]bool // parts whose findings and edges are known
	inScope  map[int64]bool // parts whose records are in scoped
	chain    *chain         // finds the links of new records; nil while that is done
	unbegun  []bool         // whether each part has yet to be started
	done     []bool         // whether each part has been examined
	left     int            // how many parts have not been examined
	focus    int64          // the part to examine first
	tail     int64          // the next record to examine after the parts
	tailBusy bool
	stopped  bool // Stop was called
	closed   bool
	workers  int
	results  []found
}

// removeBefore removes the records before first, which the run has dropped since they
// were examined.
func (f *found) removeBefore(first int64) {
	for _, words := range [][]uint64{f.matched, f.rows, f.scoped, f.marked} {
		for i := range words {
			if at := f.first + 64*int64(i); at+64 <= first {
				words[i] = 0
			} else if at < first {
				words[i] &= ^uint64(0) << (first - at)
			} else {
				break
			}
		}
	}
	f.problems = slices.DeleteFunc(f.problems, func(seq int64) bool { return seq < first })
}

// NewLog returns a log of the records in from.
func NewLog(from Records, q Query) *Log {
	l := &Log{}
	l.Show(from, q, 0)
	return l
}

// Close stops the background work and waits for it. The rows remain.
func (l *Log) Close() {
	l.mu.Lock()
	l.closed = true
	l.era.Add(1)
	l.mu.Unlock()
	l.work.Wait()
}

// Version grows whenever there are results for Refresh. It may be called from any
// goroutine.
func (l *Log) Version() int64 { return l.version.Load() }

// Show switches to another query or run. The records near record focus are examined
// first; 0 means the newest. The rows do not change until the next Refresh.
func (l *Log) Show(from Records, q Query, focus int64) {
	first, last := from.Bounds()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.era.Add(1)
	if from != l.from {
		l.problems, l.edges, l.known = rowset.Set{}, rowset.Set{}, map[int64]bool{}
		l.links.clear()
		l.oldest, l.unfolded, l.chain = 0, map[int64]bool{}, nil
	}
	if from != l.from || q.Scope != l.query.Scope {
		l.scoped, l.inScope = rowset.Set{}, map[int64]bool{}
	}
	maps.DeleteFunc(l.unfolded, func(_ int64, unfolded bool) bool { return !unfolded }) // what matches now is to be seen
	l.from, l.query, l.stale, l.results, l.stopped, l.tailBusy = from, q, true, nil, false, false
	// A few records are treated as if they had just arrived.
	l.unbegun, l.done, l.left, l.tail = nil, nil, 0, max(first, q.Cleared+1)
	if last-l.tail >= part {
		l.unbegun, l.done = make([]bool, last/part), make([]bool, last/part)
		for p := l.tail / part; p < last/part; p++ {
			l.unbegun[p] = true
			l.left++
		}
		l.tail = last / part * part
	}
	l.focus = focus / part
	if focus == 0 {
		l.focus = last / part
	}
	l.start()
}

// Focus makes the records near seq be examined first.
func (l *Log) Focus(seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.focus = seq / part
}

// Known reports whether the records near seq have been examined.
func (l *Log) Known(seq int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := seq / part; !l.stale && len(l.results) == 0 && p < int64(len(l.done)) {
		return l.done[p] || seq < l.query.Cleared
	}
	return !l.stale && len(l.results) == 0 && seq < l.tail
}

// Stop stops examining older records; new ones are still shown. Resume continues.
func (l *Log) Stop() { l.hold(true) }

// Resume continues after Stop.
func (l *Log) Resume() { l.hold(false) }

func (l *Log) hold(stopped bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = stopped
	l.version.Add(1)
	l.start()
}

// Progress says how many records have been examined, of how many, and whether the rest is
// being examined now.
type Progress struct {
	Looked, Of int64
	Working    bool
	Stopped    bool
}

// Progress returns the progress. It may be called from any goroutine.
func (l *Log) Progress() Progress {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, last := l.from.Bounds()
	p := Progress{Of: last - first + 1, Stopped: l.stopped && l.left > 0}
	p.Looked = max(0, p.Of-int64(l.left)*part-max(0, last-l.tail+1))
	p.Working = l.workers > 0 || len(l.results) > 0 || !l.stopped && l.left > 0 || l.tail <= last
	return p
}

// Look starts examining new records. It may be called from any goroutine.
func (l *Log) Look() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.quick() {
		l.start()
	}
}

// Change says what has changed, in this order.
type Change struct {
	Reset    bool   // all rows were replaced
	Trimmed  int64  // how many of the first rows were removed
	Removed  []Rows // rows that were removed since, one after the other
	Inserted []Rows // rows that were inserted since, one after the other
}

// Rows is N rows from row At on.
type Rows struct{ At, N int64 }

// atOnce is how many results one Refresh applies.
const atOnce = 64

// Refresh applies the results so far, and removes records that the run has dropped.
func (l *Log) Refresh() (c Change) {
	l.lookAtNew()
	l.mu.Lock()
	n := min(len(l.results), atOnce)
	results := l.results[:n:n]
	l.results = l.results[n:]
	if len(l.results) > 0 {
		l.version.Add(1)
	}
	for _, f := range results {
		for _, seq := range f.edges {
			l.edges.Add(seq)
		}
	}
	l.start()
	_, last := l.from.Bounds()
	finished := l.left == 0 && l.tail > last
	l.mu.Unlock()

	if l.stale && (n > 0 || finished) {
		l.stale, c.Reset, l.matched, l.marked, l.shown = false, true, rowset.Set{}, rowset.Set{}, rowset.Set{}
	}
	first, _ := l.from.Bounds()
	l.trim(first, &c)
	for _, f := range results {
		f.removeBefore(first)
		for _, seq := range f.problems {
			l.problems.Add(seq)
		}
		l.scoped.Or(f.first, f.scoped)
		l.matched.Or(f.first, f.matched)
		l.marked.Or(f.first, f.marked)
		l.addRows(&f, first, &c)
	}
	return c
}

// lookAtNew examines new records if that is quick.
func (l *Log) lookAtNew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.quick() {
		return
	}
	_, last := l.from.Bounds()
	for !l.tailBusy && l.tail <= last && last-l.tail < part {
		to := min(last, l.tail/part*part+part-1)
		chain := l.takeChain(l.tail)
		l.add(l.look(l.from, &l.query, l.era.Load(), l.tail, to, lacks{true, true}, chain))
		l.tail, l.chain = to+1, chain
	}
}

// InScope returns how many records are in the query's scope, as far as they have been
// examined.
func (l *Log) InScope() int64 {
	if l.query.Scope.One {
		return l.scoped.Len()
	}
	first, last := l.from.Bounds()
	return last - first + 1
}

// Len returns how many rows there are.
func (l *Log) Len() int64 { return l.shown.Len() }

// At returns the number of the record in row.
func (l *Log) At(row int64) int64 { return l.shown.Select(row) }

// Row returns the row of record seq and whether it is shown. If it is not, the row is
// that of the next record shown.
func (l *Log) Row(seq int64) (row int64, shown bool) { return l.shown.Rank(seq), l.shown.Has(seq) }
