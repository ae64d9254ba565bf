package journal

import (
	"sync"

	"sseconsole/client/record"
)

// DefaultLimit is the bound of a Journal whose Limit is 0, in bytes.
const DefaultLimit = 256 << 20

// recordCost is what a record costs beside its variable parts, in bytes.
const recordCost = 512

// Journal is an ordered log of records. All methods may be called from any
// goroutine and do not block on anything but each other. The zero value is an
// empty journal ready for use.
type Journal struct {
	// Limit bounds the memory that the records take, in bytes; 0 means
	// DefaultLimit. The newest record is always kept. Set it before the first
	// Append.
	Limit int64

	mu      sync.RWMutex
	records []*record.Record // those kept, oldest first, from records[head]
	head    int
	last    int64 // Seq of the newest record ever appended
	size    int64
}

// Append adds r at the end, numbers it and returns its number. The journal
// owns r.Raw from then on.
func (j *Journal) Append(r record.Record) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	r.Seq = j.last
	j.records = append(j.records, &r)
	j.size += cost(&r)
	limit := j.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	for j.size > limit && len(j.records)-j.head > 1 {
		j.size -= cost(j.records[j.head])
		j.records[j.head] = nil
		j.head++
	}
	// Moving only when half is empty keeps Append at constant cost.
	if j.head > 1024 && j.head > len(j.records)/2 {
		n := copy(j.records, j.records[j.head:])
		clear(j.records[n:])
		j.records, j.head = j.records[:n], 0
	}
	return r.Seq
}

// Bounds returns the numbers of the oldest record kept and of the newest one.
// An empty journal returns 1, 0. What was dropped is everything before first.
func (j *Journal) Bounds() (first, last int64) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.firstLocked(), j.last
}

func (j *Journal) firstLocked() int64 { return j.last - int64(len(j.records)-j.head) + 1 }

// At returns the record with number seq, or nil when it was dropped or never
// existed. The caller must not change it.
func (j *Journal) At(seq int64) *record.Record {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if first := j.firstLocked(); seq >= first && seq <= j.last {
		return j.records[j.head+int(seq-first)]
	}
	return nil
}

// cost estimates what r takes in memory.
func cost(r *record.Record) int64 {
	return recordCost + int64(len(r.Data)+len(r.Raw)+len(r.URL)+len(r.Detail)+len(r.ID)+len(r.Type)+len(r.Message))
}
