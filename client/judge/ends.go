package judge

import (
	"time"

	"sseconsole/client/record"
)

const (
	stormEnds = 10
	stormTime = 30 * time.Second
	floodTime = 5 * time.Second // if the server announced the delay
	throwTime = time.Second     // a stream that ends so soon after a rival's response was thrown out
)

// storm detects connections that end again and again.
type storm struct {
	ends []time.Time
	span time.Duration // of the latest storm
}

// reconnect notes a reconnect and reports whether it completes a storm. If the
// server announced the delay, a storm must be shorter. After a storm the count
// starts again.
func (s *storm) reconnect(t time.Time, announced bool) bool {
	longest := stormTime
	if announced {
		longest = floodTime
	}
	if len(s.ends) == stormEnds {
		s.ends = append(s.ends[:0], s.ends[1:]...)
	}
	s.ends = append(s.ends, t)
	s.span = t.Sub(s.ends[0])
	if len(s.ends) < stormEnds || s.span > longest {
		return false
	}
	s.ends = s.ends[:0]
	return true
}

// rival detects another subscription to the same URL whose connections end those of
// this one.
type rival struct {
	by    *stream
	threw bool // the last connection ended as soon as by's was requested
	times int
}

// end takes the End record of a connection of s.
func (v *rival) end(s *stream, r *record.Record) {
	// A server may end this connection before or after it responds to the rival.
	other := s.judge.latest[s.url]
	v.threw = s.open && r.By != record.ByPerson && r.By != record.ByEngine && r.Failure != record.Dropped && other != nil && other != s && !other.asked.Before(s.answer.Time) &&
		(other.waiting || other.open && r.Time.Sub(other.answer.Time) <= throwTime)
	if !v.threw {
		return
	}
	if v.by != other {
		v.by, v.times = other, 0
	}
	v.times++
}

// mutual reports whether s throws the other out in turn, and not just once.
func (v *rival) mutual(s *stream) bool {
	return v.threw && v.times >= 2 && v.by.rival.by == s
}
