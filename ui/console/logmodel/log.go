// Package logmodel is the log without its view: which records are shown, in which
// row, and what is found among them.
package logmodel

import (
	"iter"
	"sync"
	"sync/atomic"

	"sseconsole/client/filter"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/rowset"
)

// Records is where a log's rows come from: the journal of this run, or an
// earlier run.
type Records interface {
	Bounds() (first, last int64)
	At(seq int64) *record.Record
	Scan(first, last int64) iter.Seq[*record.Record]
	Codes(first, last int64, may func(body []byte) bool) iter.Seq[*journal.Code]
}

// Query says which records a log shows.
type Query struct {
	Shows   func(kind, call record.Kind) bool // called from any goroutine; nil shows all kinds
	Filter  *filter.Filter
	Cleared int64 // records up to this number are not shown
}

// looks tells what of q can be told without decoding, and whether that is all.
func (q *Query) looks(c *journal.Code) bool {
	return c.Seq > q.Cleared && (q.Shows == nil || q.Shows(c.Kind, c.Call)) && q.Filter.MayKind(c.Kind, c.Call)
}

// part is how many records are looked at in one go. It is a multiple of what
// rowset.Set packs in a block.
const part = 1 << 14

// Log knows which records of a run are shown as rows. Goroutines of its own look
// at the records, first at those near the place that is read; what they find
// becomes rows when Refresh takes it over, so that the goroutine that draws does
// little, however long the run. Its methods are for that one goroutine, except
// where they say otherwise. Make it with NewLog and end it with Close.
type Log struct {
	from     Records
	query    Query
	shown    rowset.Set
	problems rowset.Set // findings, shown or not
	stale    bool       // shown still has the rows of the query before

	version atomic.Int64
	era     atomic.Int64 // grows with each query; work for an earlier one is dropped
	work    sync.WaitGroup

	mu       sync.Mutex
	edges    rowset.Set     // beginnings and ends of connections, shown or not
	known    map[int64]bool // parts whose problems and edges are known
	unbegun  []bool         // parts not begun, from the first on
	done     []bool         // parts looked at
	left     int            // how many of them are not looked at
	focus    int64          // the part that is looked at first
	tail     int64          // records after the parts: the next to be looked at
	tailBusy bool
	stopped  bool // the parts wait
	closed   bool
	workers  int
	results  []found
}

// found is what is in a stretch of records.
type found struct {
	begin           int64 // the first record looked at
	first           int64 // of words, a multiple of 64
	words           []uint64
	problems, edges []int64
}

// NewLog returns a log of the records in from.
func NewLog(from Records, q Query) *Log {
	l := &Log{}
	l.Show(from, q, 0)
	return l
}

// Close ends the work and waits for it. The rows stay.
func (l *Log) Close() {
	l.mu.Lock()
	l.closed = true
	l.era.Add(1)
	l.mu.Unlock()
	l.work.Wait()
}

// Version grows whenever Refresh has something to take over. It may be called
// from any goroutine.
func (l *Log) Version() int64 { return l.version.Load() }

// Show begins anew with another query or run. What is near record focus is
// looked at first, or with 0 the newest. The rows stay as they are until Refresh
// has others.
func (l *Log) Show(from Records, q Query, focus int64) {
	first, last := from.Bounds()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.era.Add(1)
	if from != l.from {
		l.problems, l.edges, l.known = rowset.Set{}, rowset.Set{}, map[int64]bool{}
	}
	l.from, l.query, l.stale, l.results, l.stopped, l.tailBusy = from, q, true, nil, false, false
	// What is little is looked at as if it came just now.
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

// Focus lets what is near record seq be looked at first.
func (l *Log) Focus(seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.focus = seq / part
}

// Known reports whether it is known which of the records near seq are shown.
func (l *Log) Known(seq int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := seq / part; !l.stale && len(l.results) == 0 && p < int64(len(l.done)) {
		return l.done[p] || seq < l.query.Cleared
	}
	return !l.stale && len(l.results) == 0 && seq < l.tail
}

// Stop leaves alone the records that were not looked at yet; new ones are still
// shown. Resume goes on.
func (l *Log) Stop() { l.hold(true) }

// Resume goes on after Stop.
func (l *Log) Resume() { l.hold(false) }

func (l *Log) hold(stopped bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = stopped
	l.version.Add(1)
	l.start()
}

// Progress tells how many records were looked at, of how many, and whether the
// rest is being looked at now.
type Progress struct {
	Looked, Of int64
	Working    bool
	Stopped    bool
}

// Progress tells how far the log is. It may be called from any goroutine.
func (l *Log) Progress() Progress {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, last := l.from.Bounds()
	p := Progress{Of: last - first + 1, Stopped: l.stopped && l.left > 0}
	p.Looked = max(0, p.Of-int64(l.left)*part-max(0, last-l.tail+1))
	p.Working = l.workers > 0 || len(l.results) > 0 || !l.stopped && l.left > 0 || l.tail <= last
	return p
}

// Look begins to look at records that came. It may be called from any goroutine.
func (l *Log) Look() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.query.Filter.Empty() { // the others are quickly looked at by Refresh
		l.start()
	}
}

// Change says what Refresh changed. Its parts are to be taken in this order.
type Change struct {
	Reset    bool  // the rows are others
	Trimmed  int64 // so many of the first rows are gone
	Inserted []Insertion
}

// Insertion says that rows are new at a place, and that those from there on
// have moved.
type Insertion struct{ At, N int64 }

// atOnce is how many stretches of records one Refresh takes over.
const atOnce = 64

// Refresh takes over what was found, and lets go of what the run dropped.
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
		l.stale, c.Reset, l.shown = false, true, rowset.Set{}
	}
	if first, _ := l.from.Bounds(); !l.stale {
		c.Trimmed = l.shown.RemoveBefore(first)
		l.problems.RemoveBefore(first)
	}
	for _, f := range results {
		for _, seq := range f.problems {
			l.problems.Add(seq)
		}
		at := l.shown.Rank(f.begin)
		added := l.shown.Or(f.first, f.words)
		if added == 0 {
			continue
		}
		if k := len(c.Inserted) - 1; k >= 0 && (c.Inserted[k].At == at || c.Inserted[k].At+c.Inserted[k].N == at) {
			c.Inserted[k].N += added
		} else {
			c.Inserted = append(c.Inserted, Insertion{at, added})
		}
	}
	return c
}

// lookAtNew looks at the records that came, if that is quickly done.
func (l *Log) lookAtNew() {
	if !l.query.Filter.Empty() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, last := l.from.Bounds()
	for !l.tailBusy && l.tail <= last && last-l.tail < part {
		to := min(last, l.tail/part*part+part-1)
		l.add(l.look(l.from, &l.query, l.era.Load(), l.tail, to, false))
		l.tail = to + 1
	}
}

// Len returns how many rows there are.
func (l *Log) Len() int64 { return l.shown.Len() }

// At returns the number of the record in a row.
func (l *Log) At(row int64) int64 { return l.shown.Select(row) }

// Row returns the row that record seq has or, if it is not shown, that the next
// one shown has; and whether it is shown.
func (l *Log) Row(seq int64) (row int64, shown bool) { return l.shown.Rank(seq), l.shown.Has(seq) }

// Rows returns the numbers of the records that are shown now.
func (l *Log) Rows() *rowset.Set { return l.shown.Clone() }
