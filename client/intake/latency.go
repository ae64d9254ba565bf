package intake

import (
	"hash/maphash"
	"strings"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// LatencyPoints is the maximum length of the Series of a Latency.
const LatencyPoints = 240

// Latency says how long messages took that were sent and received here, from the
// Send to the event. The percentiles are exact to one percent.
type Latency struct {
	Count              int64
	P50, P95, P99, Max time.Duration
	Series             []LatencyPoint // the latest messages, the oldest first
}

// LatencyPoint is one message.
type LatencyPoint struct {
	At   time.Time // when it arrived
	Took time.Duration
}

const (
	latencyWindow  = time.Minute // an event after this is not matched with the message
	latencyWaiting = 10_000      // messages awaited at once
)

// latencies matches what is sent with what arrives. An event is matched with the
// oldest message of the same target, clientId and content that was sent within a
// minute and has not arrived: among equal messages the order decides. Memory is
// bounded but for the number of pairs that received messages, at some 30 KB each.
// The zero value is ready to use.
type latencies struct {
	mu      sync.Mutex
	seed    maphash.Seed
	waiting map[message][]sent
	order   []sent // all in waiting and some already removed, oldest first
	count   int    // in waiting

	pairs map[pair]*latency
	all   *latency // nil before the first message arrived
}

// message identifies a message.
type message struct {
	pair    pair
	content uint64 // its hash
	size    int
}

type sent struct {
	message message
	at      time.Time
}

// latency is what was measured for a pair.
type latency struct {
	histogram *hdrhistogram.Histogram // of microseconds
	series    [LatencyPoints]LatencyPoint
	count     int64
}

// add takes in a record and sets Took of an event that was sent here.
func (l *latencies) add(r *record.Record) {
	switch r.Kind {
	case record.Send, record.Event, record.Fail:
	default:
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch r.Kind {
	case record.Send:
		l.expect(r)
	case record.Event:
		if l.count > 0 {
			l.arrived(r)
		}
	case record.Fail:
		if r.Call == record.Send && neverSent(r) {
			l.forget(r)
		}
	}
}

// neverSent reports whether a send that failed can no longer arrive. One whose
// answer was late or cut off still may.
func neverSent(r *record.Record) bool {
	switch r.Failure {
	case record.Timeout, record.HeaderTimeout, record.Reset, record.Other, record.Unexpected:
		return false
	}
	return true
}

func (l *latencies) message(r *record.Record) message {
	if l.waiting == nil {
		l.seed = maphash.MakeSeed()
		l.waiting, l.pairs = map[message][]sent{}, map[pair]*latency{}
	}
	text := r.Data
	if r.Kind == record.Send { // as it looks after it was sent as an event
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(eventstream.Text([]byte(text)))
	}
	return message{pair{r.Target, r.ClientID}, maphash.String(l.seed, text), len(text)}
}

func (l *latencies) expect(r *record.Record) {
	m := l.message(r)
	s := sent{m, r.Time}
	l.expire(r.Time)
	l.waiting[m] = append(l.waiting[m], s)
	l.order = append(l.order, s)
	l.count++
}

// expire stops waiting for messages that were sent too long ago, and for the
// oldest if there are too many.
func (l *latencies) expire(now time.Time) {
	gone := 0
	for _, s := range l.order {
		if len(l.order)-gone < latencyWaiting && now.Sub(s.at) <= latencyWindow {
			break
		}
		l.remove(s.message, s.at)
		gone++
	}
	l.order = l.order[gone:]
}

// remove removes the message that was sent at the given time from waiting, if it
// is still there.
func (l *latencies) remove(m message, at time.Time) {
	all := l.waiting[m]
	for i, s := range all {
		if s.at.Equal(at) {
			l.count--
			if len(all) == 1 {
				delete(l.waiting, m)
				return
			}
			l.waiting[m] = append(all[:i:i], all[i+1:]...)
			return
		}
	}
}

// forget stops waiting for the message whose send failed with r. R does not name
// the message, but says when its send began.
func (l *latencies) forget(r *record.Record) {
	key, at := pair{r.Target, r.ClientID}, r.Time.Add(-r.Took)
	for i := len(l.order) - 1; i >= 0; i-- {
		if s := l.order[i]; s.message.pair == key && s.at.Equal(at) {
			l.remove(s.message, at)
			return
		}
	}
}

func (l *latencies) arrived(r *record.Record) {
	m := l.message(r)
	for len(l.waiting[m]) > 0 {
		s := l.waiting[m][0]
		l.remove(m, s.at)
		if took := r.Time.Sub(s.at); took <= latencyWindow {
			r.Took = max(took, 1) // 0 means unknown
			l.took(m.pair, r)
			return
		}
	}
}

func (l *latencies) took(key pair, r *record.Record) {
	if l.pairs[key] == nil {
		l.pairs[key] = newLatency()
	}
	if l.all == nil {
		l.all = newLatency()
	}
	l.pairs[key].add(r)
	l.all.add(r)
}

func newLatency() *latency {
	return &latency{histogram: hdrhistogram.New(1, latencyWindow.Microseconds(), 2)}
}

func (p *latency) add(r *record.Record) {
	_ = p.histogram.RecordValue(min(r.Took.Microseconds(), latencyWindow.Microseconds())) // within its range, so never an error
	p.series[p.count%LatencyPoints] = LatencyPoint{r.Time, r.Took}
	p.count++
}

func (p *latency) snapshot() Latency {
	at := func(percentile float64) time.Duration {
		return time.Duration(p.histogram.ValueAtPercentile(percentile)) * time.Microsecond
	}
	view := Latency{
		Count: p.count, P50: at(50), P95: at(95), P99: at(99), Max: time.Duration(p.histogram.Max()) * time.Microsecond,
	}
	for i := max(0, p.count-LatencyPoints); i < p.count; i++ {
		view.Series = append(view.Series, p.series[i%LatencyPoints])
	}
	return view
}

// Latency returns how long the messages of a subscription took. The result is
// false if none arrived.
func (in *Intake) Latency(target, clientID string) (Latency, bool) {
	in.latencies.mu.Lock()
	defer in.latencies.mu.Unlock()
	known := in.latencies.pairs[pair{target, clientID}]
	if known == nil {
		return Latency{}, false
	}
	return known.snapshot(), true
}

// TotalLatency returns how long the messages of all subscriptions took.
func (in *Intake) TotalLatency() Latency {
	in.latencies.mu.Lock()
	defer in.latencies.mu.Unlock()
	if in.latencies.all == nil {
		return Latency{}
	}
	return in.latencies.all.snapshot()
}
