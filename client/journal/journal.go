package journal

import (
	"iter"
	"slices"
	"sync"

	"sseconsole/client/record"
)

// DefaultLimit is the limit in bytes of a Journal whose Limit is 0.
const DefaultLimit = 128 << 20

const (
	recentBytes = 1 << 20 // bytes of the newest blocks that stay in memory although they are in the file
	maxTargets  = 100     // maximum number of target names of a run
)

// Journal is an ordered log of records. All methods may be called from any goroutine.
// The zero value is an empty journal in memory, ready to use; Create returns one with
// a file.
//
// Append masks secrets in headers, addresses and error texts, whoever made the record.
type Journal struct {
	// Limit bounds the memory of records that are not in a file, in bytes; 0 means
	// DefaultLimit. The newest record always stays. Set it before the first Append.
	Limit int64

	mu      sync.Mutex
	tail    []*block // full blocks in memory, oldest first
	written int      // number of blocks at the front of tail that are in the file
	size    int64    // cost of tail
	open    *block   // the block after tail that records are added to; nil if none
	room    int      // capacity for the next block, from the size of the last
	last    int64    // Seq of the newest record ever appended
	lost    int64    // number of records that are neither in memory nor in the file
	targets []string // seen so far

	w *writer // nil without a file
}

// Append adds r at the end, numbers it, and returns the number. The journal owns
// r.Raw from then on.
//
// Append does not wait for the disk, with one exception: if the disk is slower than
// the records and 32 MiB are waiting to be written, it blocks until there is room, so
// that nothing is lost and the sender is slowed down. It does not block if the file
// cannot be written at all.
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
	// With a small limit blocks are smaller, since only whole ones are dropped.
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

// seal closes the open block, if there is one. The caller holds j.mu.
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

// trim drops the oldest blocks: those in the file beyond recentBytes, and others
// beyond the limit unless they will soon be in the file. The caller holds j.mu.
func (j *Journal) trim() {
	for len(j.tail) > 1 {
		if j.written > 0 {
			if j.size <= recentBytes {
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
			if j.w.busy { // writing the first block
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

// Bounds returns the numbers of the oldest and the newest record, or 1, 0 for an
// empty journal. Records before first were dropped; with a file, Lost may count more.
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

// Path returns the path of j's file, or "" if it has none.
func (j *Journal) Path() string {
	if j.w == nil {
		return ""
	}
	return j.w.path
}

// Lost returns the number of records that were appended but no longer exist.
func (j *Journal) Lost() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.lost
}

// At returns record seq, or nil if it was dropped, is damaged in the file, or never
// existed. The caller must not change it. At does not wait for Append, but may read a
// region of the file, usually 64 KiB.
func (j *Journal) At(seq int64) *record.Record {
	onDisk := nowhere
	if j.w != nil {
		onDisk = j.w.disk.find
	}
	return recordAt(j.find(seq, onDisk), seq)
}

// Scan yields the records numbered first to last that still exist, in order. It is
// the fast way to read many, and leaves the cache of At alone. A record is valid
// until the next step.
func (j *Journal) Scan(first, last int64) iter.Seq[*record.Record] {
	return func(yield func(*record.Record) bool) {
		onDisk := nowhere
		if j.w != nil {
			onDisk = j.w.disk.scanner(last, nil, false)
		}
		scan(func(seq int64) *block { return j.find(seq, onDisk) }, first, last, yield)
	}
}

// find returns the block with record seq, or else the first block after it, or nil.
// onDisk does the same for the file.
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

// inMemory is find for the blocks in memory. The caller holds j.mu.
func (j *Journal) inMemory(seq int64) *block {
	if b := seek(j.tail, seq); b != nil {
		return b
	}
	if j.open != nil && j.open.last() >= seq {
		b := *j.open // can be read while the open block grows
		return &b
	}
	return nil
}

func nowhere(int64) *block { return nil }
