package intake

import (
	"sync"
	"time"

	"sseconsole/client/record"
)

// StatsSeconds is how far back the seconds of Stats go.
const StatsSeconds = 120

// Second is what happened within one second.
type Second struct {
	Events, Reconnects, Problems uint32
}

// Stats is what a subscription brought, over all its connections, or all
// subscriptions together.
type Stats struct {
	Events, Bytes, Reconnects, Problems int64

	Rate        uint32        // events of the last whole second
	Peak        uint32        // events of the liveliest second
	Last        time.Time     // when the latest event came; zero if none did
	Mean        time.Duration // between two events; 0 before the second one
	LastEventID string        // of one subscription

	// Seconds are the last whole ones, the oldest first. Those of an earlier
	// subscription of the same pair count, unlike above.
	Seconds [StatsSeconds]Second
}

// stats counts the records of the streams as they come. The memory it takes
// grows with the number of pairs alone, by 1.6 KB each.
type stats struct {
	began time.Time

	mu     sync.Mutex
	all    tally
	pairs  map[pair]*tally
	latest int64 // the second of the latest record that Seconds count; long ago before the first
}

func newStats() stats {
	return stats{began: time.Now(), pairs: map[pair]*tally{}, latest: -2 * StatsSeconds}
}

// pair names a subscription as its records do.
type pair struct{ target, clientID string }

// tally is what was counted of one pair.
type tally struct {
	stats Stats
	first time.Time // when the first event came
	ring  [StatsSeconds + 1]Second
	head  int64 // the latest second of the ring, counted since stats.began
}

// add counts a record.
func (s *stats) add(r *record.Record) {
	switch r.Kind {
	case record.Subscribe, record.Event, record.Cursor, record.Chunk, record.Reconnect, record.Problem:
	default:
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := pair{r.Target, r.ClientID}
	t := s.pairs[key]
	if t == nil {
		t = &tally{}
		s.pairs[key] = t
	}
	if r.Kind == record.Subscribe && r.Conn <= 1 {
		t.stats, t.first = Stats{}, time.Time{} // a subscription begins
	}
	second := max(0, int64(r.Time.Sub(s.began)/time.Second))
	if r.Kind == record.Event || r.Kind == record.Reconnect || r.Kind == record.Problem {
		s.latest = max(s.latest, second) // not with the bytes of a keep-alive
	}
	t.add(r, second)
	s.all.add(r, second)
}

func (t *tally) add(r *record.Record, second int64) {
	switch r.Kind {
	case record.Chunk:
		t.stats.Bytes += int64(len(r.Raw))
		return
	case record.Cursor:
		t.stats.LastEventID = r.ID
		return
	case record.Subscribe:
		return
	}
	t.advance(second)
	at := &Second{} // of what is told so late that it is no longer shown
	if t.head-second < int64(len(t.ring)) {
		at = &t.ring[second%int64(len(t.ring))]
	}
	switch r.Kind {
	case record.Event:
		if t.stats.Events == 0 {
			t.first = r.Time
		}
		t.stats.Events++
		t.stats.Last, t.stats.LastEventID = r.Time, r.ID
		at.Events++
		t.stats.Peak = max(t.stats.Peak, at.Events)
	case record.Reconnect:
		t.stats.Reconnects++
		at.Reconnects++
	case record.Problem:
		t.stats.Problems++
		at.Problems++
	}
}

// advance begins the seconds up to the given one.
func (t *tally) advance(second int64) {
	if second-t.head >= int64(len(t.ring)) {
		clear(t.ring[:])
		t.head = second
	}
	for t.head < second {
		t.head++
		t.ring[t.head%int64(len(t.ring))] = Second{}
	}
}

// snapshot returns what is known in the given second.
func (t *tally) snapshot(second int64) Stats {
	t.advance(second)
	view := t.stats
	for i := range view.Seconds {
		if at := t.head - StatsSeconds + int64(i); at >= 0 {
			view.Seconds[i] = t.ring[at%int64(len(t.ring))]
		}
	}
	view.Rate = view.Seconds[StatsSeconds-1].Events
	if view.Events > 1 {
		view.Mean = view.Last.Sub(t.first) / time.Duration(view.Events-1)
	}
	return view
}

// Stats returns what a subscription brought, and false if there is none.
func (in *Intake) Stats(target, clientID string) (Stats, bool) {
	s := &in.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.pairs[pair{target, clientID}]
	if t == nil {
		return Stats{}, false
	}
	return t.snapshot(s.second()), true
}

// Total returns what all subscriptions brought together. It has no LastEventID.
func (in *Intake) Total() Stats {
	s := &in.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	view := s.all.snapshot(s.second())
	view.LastEventID = ""
	return view
}

// Quiet returns for how long Seconds counted nothing, in whole seconds. From
// StatsSeconds on the passing of time alone changes no Seconds any more.
func (in *Intake) Quiet() time.Duration {
	s := &in.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Duration(s.second()-s.latest) * time.Second
}

func (s *stats) second() int64 { return int64(time.Since(s.began) / time.Second) }
