package fault

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Registry has the faults that are on: for later connections, or spent and still
// there for a stream that is under way. The zero value has none. Its methods may
// be called from any goroutine.
type Registry struct {
	mu        sync.Mutex
	on, spent []*Active
	last      int // ID
}

// Active is a Fault that was turned on.
type Active struct {
	Fault Fault
	seen  int         // connections that it could have hit
	live  int         // of those that it has hit, how many are under way
	off   atomic.Bool // cleared; for those connections that it has hit
}

// Set turns f on for later connections, and returns it with its ID and the
// values that its zeros stand for. It refuses what it does not know, or what is
// out of range.
func (r *Registry) Set(f Fault) (Fault, error) {
	if err := f.check(); err != nil {
		return Fault{}, fmt.Errorf("server: fault: %w", err)
	}
	defaults := map[Kind]Fault{
		Trickle:   {Delay: 10 * time.Millisecond},
		SplitRune: {Delay: 100 * time.Millisecond},
		Beats:     {Delay: 2 * time.Second},
		HugeEvent: {N: 10 << 20},
		Refusal:   {Status: http.StatusInternalServerError},
	}[f.Kind]
	if f.Delay == 0 {
		f.Delay = defaults.Delay
	}
	if f.N == 0 {
		f.N = defaults.N
	}
	if f.Status == 0 {
		f.Status = defaults.Status
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	f.ID, f.Hits = r.last, 0
	r.on = append(r.on, &Active{Fault: f})
	return f, nil
}

// List returns the faults that are on, in the order that they were set. One that
// has hit its last connection is on as long as that is under way.
func (r *Registry) List() []Fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Fault, 0, len(r.on)+len(r.spent))
	for _, f := range append(slices.Clone(r.on), r.spent...) {
		list = append(list, f.Fault)
	}
	slices.SortFunc(list, func(a, b Fault) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Clear turns the faults off that which reports true for, also for the
// connections that they have hit, but for compression. It returns them.
func (r *Registry) Clear(which func(Fault) bool) (cleared []Fault) {
	r.mu.Lock()
	defer r.mu.Unlock()
	off := func(f *Active) bool {
		if !which(f.Fault) {
			return false
		}
		f.off.Store(true)
		cleared = append(cleared, f.Fault)
		return true
	}
	r.on = slices.DeleteFunc(r.on, off)
	r.spent = slices.DeleteFunc(r.spent, off)
	return cleared
}

// Hit returns the faults of one new connection of clientID; Release must follow.
func (r *Registry) Hit(clientID string) (hits []*Active) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = slices.DeleteFunc(r.on, func(f *Active) bool {
		if f.Fault.ClientID != "" && f.Fault.ClientID != clientID {
			return false
		}
		f.seen++
		if f.Fault.Share > 0 && int(float64(f.seen)*f.Fault.Share) == int(float64(f.seen-1)*f.Fault.Share) {
			return false
		}
		f.Fault.Hits++
		f.live++
		hits = append(hits, f)
		if f.Fault.Next == 0 || f.Fault.Hits < f.Fault.Next {
			return false
		}
		r.spent = append(r.spent, f)
		return true
	})
	return hits
}

// Release ends the connection of hits, and returns the faults that this turned
// off.
func (r *Registry) Release(hits []*Active) (off []Fault) {
	if len(hits) == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range hits {
		f.live--
	}
	r.spent = slices.DeleteFunc(r.spent, func(f *Active) bool {
		if f.live > 0 {
			return false
		}
		off = append(off, f.Fault)
		return true
	})
	return off
}

// KindsOn returns the kinds of those hits that are still on.
func KindsOn(hits []*Active) (kinds []Kind) {
	for _, f := range hits {
		if f.IsOn() {
			kinds = append(kinds, f.Fault.Kind)
		}
	}
	return kinds
}

// IsOn reports whether f was not cleared.
func (f *Active) IsOn() bool { return !f.off.Load() }

// Refuses reports whether f leaves no stream.
func (f *Active) Refuses() bool { return f.Fault.Kind == HTMLPage || f.Fault.Kind == Refusal }
