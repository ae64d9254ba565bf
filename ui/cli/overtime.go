package cli

import (
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
)

const (
	longestOvertime = 25 * time.Second       // a caller that allows 30 s still gets the verdict
	firstGlance     = time.Second            // at a stream that came back in overtime
	overtimeStep    = 100 * time.Millisecond // between looks whether it is over
	enoughCuts      = 3
)

// overtime holds a check open past its duration while a reconnect is pending: how
// that is answered may be all that matters.
type overtime struct {
	end time.Time                             // of the duration
	say func(key string, value time.Duration) // on stderr

	conn int // the connection that ended before end; 0 while the duration lasts
}

// over reports whether a check ends now, and says on stderr when it goes on. Opened
// reports whether there was a stream that could come back.
func (o *overtime) over(now time.Time, s client.Status, opened bool) bool {
	limit := o.end.Add(longestOvertime)
	switch {
	case now.Before(o.end):
		return false
	case now.After(limit) || s.ReadyState == client.Closed:
		return true
	case o.conn == 0:
		return !o.begin(now, limit, s, opened)
	case s.ReadyState == client.Open:
		return now.Sub(s.Since) >= firstGlance
	}
	return s.Conn > o.conn && !s.RetryAt.IsZero() // it came back, and ended again
}

// begin reports whether there is a reconnect to wait for.
func (o *overtime) begin(now, limit time.Time, s client.Status, opened bool) bool {
	if s.ReadyState != client.Connecting || !opened {
		return false
	}
	wait := s.RetryAt.Sub(now)
	switch {
	case s.RetryAt.After(limit):
		o.say("check.too_late", wait)
		return false
	case s.RetryAt.IsZero(): // the request is made
		o.conn = s.Conn - 1
	default:
		o.conn = s.Conn
	}
	o.say("check.waits", longestOvertime)
	return true
}

// cuts are the ends that the network made, of which too few tell what they have
// in common.
type cuts struct {
	open  bool // a connection is
	n     int
	age   time.Duration // of the latest connection that was cut
	delay time.Duration // before the next one
}

func (c *cuts) take(r *record.Record) {
	switch r.Kind {
	case record.Open:
		c.open = true
	case record.End:
		if c.open && r.By == record.ByNetwork && r.Failure != record.Dropped && r.Failure != record.BadCoding {
			c.n++
			c.age = r.Took
		}
		c.open = false
	case record.Reconnect:
		c.delay = r.Delay
	}
}

// seldom returns how many cuts there were, if they are too few, and how long a check
// would have to last to see enough.
func (c *cuts) seldom() (n int, longer time.Duration) {
	if c.n >= enoughCuts {
		return 0, 0
	}
	return c.n, (enoughCuts*(c.age+c.delay) + 2*time.Second).Round(time.Second)
}
