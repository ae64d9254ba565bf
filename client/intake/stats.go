package intake

import (
	"sync"
	"time"

	"sseconsole/client/record"
)

// StatsSeconds is the number of seconds that Stats cover.
const StatsSeconds = 120

// Second is what happened within one second.
type Second struct {
	Events, Reconnects, Problems uint32
}

// Stats counts what one subscription received over all its connections, or what
// all subscriptions received together.
type Stats struct {
	Events, Bytes, Reconnects, Problems int64

	Rate        uint32        // events in the last whole second
	Peak        uint32        // events in the busiest second
	Last        time.Time     // when the latest event arrived; zero if there was none
	Mean        time.Duration // mean time between two events; 0 before the second one
	LastEventID string        // empty for all subscriptions together

	// Seconds are the last whole ones, oldest first. Unlike the fields above, they
	// include earlier subscriptions of the same pair.
	Seconds [StatsSeconds]Second
}

// stats counts the records of streams as they arrive. Its memory grows only with
// the number of pairs, by 1.6 KB each.
type stats struct {
	began time.Time

	mu     sync.Mutex
	all    tally
	pairs  map[pair]*tally
	latest int64 // the second of the latest record counted in Seconds; at first far in the past
}

func newStats() stats {
	return stats{began: time.Now(), pairs: map[pair]*tally{}, latest: -2 * StatsSeconds}
}

// pair names a subscription as its records do.
type pair struct{ target, clientID string }

// tally is what was counted for one pair.
type tally struct {
	stats Stats
	first time.Time // when the first event arrived
	ring  [StatsSeconds + 1]Second
	head  int64 // the latest second in the ring, since stats.began
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
		s.latest = max(s.latest, second) // the bytes of a keep-alive do not count
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
	at := &Second{} // for a record so late that its second is no longer shown
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

// advance moves the ring forward to the given second.
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

// snapshot returns the statistics as of the given second.
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

// Stats returns the statistics of a subscription. The result is false if there
// are none.
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

// Total returns the statistics of all subscriptions together, without a
// LastEventID.
func (in *Intake) Total() Stats {
	s := &in.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	view := s.all.snapshot(s.second())
	view.LastEventID = ""
	return view
}

// Quiet returns, in whole seconds, how long ago Seconds last counted anything.
// Beyond StatsSeconds, passing time no longer changes Seconds.
func (in *Intake) Quiet() time.Duration {
	s := &in.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Duration(s.second()-s.latest) * time.Second
}

func (s *stats) second() int64 { return int64(time.Since(s.began) / time.Second) }
