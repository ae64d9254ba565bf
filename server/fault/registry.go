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

// Registry holds the faults that are on. The zero value is empty. Methods may be called
// from any goroutine.
type Registry struct {
	mu     sync.Mutex
	on     []*Active // for later connections
	spent  []*Active // have hit their last connection, which has not ended
	lastID int
}

// Active is a Fault that was turned on.
type Active struct {
	Fault Fault
	seen  int         // connections that it could have hit
	live  int         // connections that it has hit and that have not ended
	off   atomic.Bool // cleared
}

// Set turns f on for later connections. It returns f with its ID and its default values,
// or an error if a value is unknown or out of range.
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
	r.lastID++
	f.ID, f.Hits = r.lastID, 0
	r.on = append(r.on, &Active{Fault: f})
	return f, nil
}

// List returns the faults that are on, in the order in which they were set. A fault that
// has hit its last connection stays on until that connection ends.
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

// Clear turns off the faults for which the function returns true, and returns them. They
// end for connections that they have hit, too, except for compression.
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

// Hit returns the faults that hit a new connection of clientID. Release must be called
// when the connection ends.
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

// Release records that the connection with these hits has ended. It returns the faults
// that are off now because it was their last connection.
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

// KindsOn returns the kinds of the hits that are still on.
func KindsOn(hits []*Active) (kinds []Kind) {
	for _, f := range hits {
		if f.IsOn() {
			kinds = append(kinds, f.Fault.Kind)
		}
	}
	return kinds
}

// IsOn reports whether f has not been cleared.
func (f *Active) IsOn() bool { return !f.off.Load() }

// Refuses reports whether f replaces the stream by another response.
func (f *Active) Refuses() bool { return f.Fault.Kind == HTMLPage || f.Fault.Kind == Refusal }
