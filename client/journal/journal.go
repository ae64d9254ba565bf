package journal

import (
	"iter"
	"slices"
	"sync"

	"sseconsole/client/record"
)

// DefaultLimit is the bound of a Journal whose Limit is 0, in bytes.
const DefaultLimit = 128 << 20

const (
	stock      = 1 << 20 // bytes of blocks that are kept in memory though they are in the file
	maxTargets = 100     // names that a run is listed with
)

// Journal is an ordered log of records. All methods may be called from any
// goroutine. The zero value is an empty journal in memory, ready for use;
// Create makes one with a file.
//
// Secrets in headers, addresses and error texts are masked when a record is
// appended, whoever made it.
type Journal struct {
	// Limit bounds the memory that records take which are in no file, in bytes;
	// 0 means DefaultLimit. The newest record is always kept. Set it before the
	// first Append.
	Limit int64

	mu      sync.Mutex
	tail    []*block // full blocks in memory, oldest first
	written int      // of tail, from its front: those in the file
	size    int64    // cost of tail
	open    *block   // the one that records are added to, after tail; nil if none
	room    int      // bytes for the next one: as many as the last took
	last    int64    // Seq of the newest record ever appended
	lost    int64    // records that are neither in memory nor in the file
	targets []string // seen so far

	w *writer // nil without a file
}

// Append adds r at the end, numbers it and returns its number. The journal
// owns r.Raw from then on.
//
// It does not wait for the disk, with one exception: when 32 MiB wait to be
// written because the disk is slower than the records come, it blocks until
// there is room, so that nothing is lost and whoever sends is slowed down. When
// the file cannot be written at all it does not block.
func (j *Journal) Append(r record.Record) int64 {
	maskRecord(&r)
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.w != nil && j.w.crowded() {
		j.w.room.Wait()
	}
	j.last++
	r.Seq = j.last
	if j.open == nil {
		j.open = newBlock(&r, j.room)
		if j.w != nil {
			wake(j.w.opened)
		}
	} else {
		j.open.add(&r)
	}
	if r.Target != "" && len(j.targets) < maxTargets && !slices.Contains(j.targets, r.Target) {
		j.targets = append(j.targets, r.Target)
	}
	// A small limit is divided among several blocks, since whole ones are dropped.
	if int64(len(j.open.body)) >= min(blockSize, j.limit()/16) {
		j.seal()
	}
	return r.Seq
}

func (j *Journal) limit() int64 {
	if j.Limit == 0 {
		return DefaultLimit
	}
	return j.Limit
}

// seal ends the open block, if there is one. j.mu is held.
func (j *Journal) seal() {
	if j.open == nil {
		return
	}
	j.room = min(len(j.open.body)+1<<10, 2*blockSize)
	j.open.clip()
	cost := j.open.cost()
	j.tail = append(j.tail, j.open)
	j.size += cost
	j.open = nil
	if j.w != nil {
		j.w.waiting += cost
		wake(j.w.sealed)
	}
	j.trim()
}

// trim lets go of the oldest blocks: of those in the file beyond a small stock,
// of the others beyond the limit unless they soon will be in the file. j.mu is
// held.
func (j *Journal) trim() {
	for len(j.tail) > 1 {
		if j.written > 0 {
			if j.size <= stock {
				return
			}
			j.written--
			j.drop(0)
			continue
		}
		if j.size <= j.limit() || j.w != nil && j.w.healthy() {
			return
		}
		oldest := 0
		if j.w != nil {
			if j.w.busy { // with the first
				oldest = 1
			}
			j.w.waiting -= j.tail[oldest].cost()
		}
		j.lost += int64(len(j.tail[oldest].ends))
		j.drop(oldest)
	}
}

func (j *Journal) drop(i int) {
	j.size -= j.tail[i].cost()
	j.tail = slices.Delete(j.tail, i, i+1)
}

// Bounds returns the numbers of the oldest record kept and of the newest one.
// An empty journal returns 1, 0. What was dropped is everything before first
// and, with a file, whatever else Lost counts.
func (j *Journal) Bounds() (first, last int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.w != nil {
		if first, last := j.w.disk.bounds(); last > 0 {
			return first, j.last
		}
	}
	if b := j.inMemory(0); b != nil {
		return b.first, j.last
	}
	return j.last + 1, j.last
}

// Path returns where j's file is, "" if it has none.
func (j *Journal) Path() string {
	if j.w == nil {
		return ""
	}
	return j.w.path
}

// Lost returns how many records were appended and are kept nowhere any more.
func (j *Journal) Lost() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.lost
}

// At returns the record with number seq, or nil when it was dropped, is
// damaged in the file or never existed. The caller must not change it. It does
// not wait for Append, but may read a stretch of the file, mostly 64 KiB.
func (j *Journal) At(seq int64) *record.Record {
	onDisk := nowhere
	if j.w != nil {
		onDisk = j.w.disk.find
	}
	return recordAt(j.find(seq, onDisk), seq)
}

// Scan yields the records numbered first to last that are kept, in order. It
// is the quick way to read many, and leaves alone what At has in its cache. A
// record yielded is valid until the next step.
func (j *Journal) Scan(first, last int64) iter.Seq[*record.Record] {
	return func(yield func(*record.Record) bool) {
		onDisk := nowhere
		if j.w != nil {
			onDisk = j.w.disk.scanner(last, nil, false)
		}
		scan(func(seq int64) *block { return j.find(seq, onDisk) }, first, last, yield)
	}
}

// find returns the block that holds record seq, or else the first after it, or
// nil. onDisk does so for the file.
func (j *Journal) find(seq int64, onDisk func(seq int64) *block) *block {
	j.mu.Lock()
	b := j.inMemory(seq)
	j.mu.Unlock()
	if b != nil && b.first <= seq {
		return b
	}
	if found := onDisk(seq); found != nil {
		return found
	}
	return b
}

// inMemory is find among the blocks in memory. j.mu is held.
func (j *Journal) inMemory(seq int64) *block {
	if b := seek(j.tail, seq); b != nil {
		return b
	}
	if j.open != nil && j.open.last() >= seq {
		b := *j.open // may be read while the open one grows
		return &b
	}
	return nil
}

func nowhere(int64) *block { return nil }
