package judge

import (
	"time"

	"sseconsole/client/record"
)

const (
	stormEnds = 10
	stormTime = 30 * time.Second
	floodTime = 5 * time.Second // whatever the server announced
	throwTime = time.Second     // how soon after a rival's response a thrown-out stream ends
)

// storm sees connections that end again and again.
type storm struct {
	ends []time.Time
	span time.Duration // of the latest storm
}

// reconnect says that a connection has ended, and reports whether that makes a
// storm, which is allowed less time if the server announced when to come back.
// After one, it begins to count anew.
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

// rival sees another subscription to the same URL whose connections end those
// of this one.
type rival struct {
	by    *stream
	threw bool // the last connection ended as soon as by's was asked for
	times int
}

// end says that a connection of s has ended with r.
func (v *rival) end(s *stream, r *record.Record) {
	// A server may end this connection before or after it answers the rival.
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

// mutual reports whether the other is thrown out by s in turn, more than by chance.
func (v *rival) mutual(s *stream) bool {
	return v.threw && v.times >= 2 && v.by.rival.by == s
}
