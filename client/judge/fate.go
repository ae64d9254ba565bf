package judge

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"sseconsole/client/record"
)

const (
	manyCuts    = 3                      // cuts in a row that make a pattern
	idleCut     = time.Second            // the shortest timeout
	sameTime    = 300 * time.Millisecond // largest difference of times that count as the same
	shortAnswer = 500 * time.Millisecond // from a request to the end of a short response
	quickCycle  = time.Second            // from one request to the next
	manyShort   = 4                      // connections in a row with at most one event each
	manyEmpty   = 3                      // the same without any event
)

// fate tracks how the connections of a subscription end.
type fate struct {
	opened bool  // a connection was open
	cuts   []cut // the latest in a row
	polls  polls
}

// cut is a connection that the network ended.
type cut struct{ age, idle time.Duration }

// cut adds a cut.
func (f *fate) cut(c cut) { f.cuts = append(f.cuts[max(0, len(f.cuts)-manyCuts+1):], c) }

// regular reports whether the latest cuts happened after the same time.
func (f *fate) regular(of func(cut) time.Duration) bool {
	if len(f.cuts) < manyCuts {
		return false
	}
	shortest, longest := of(f.cuts[0]), of(f.cuts[0])
	for _, c := range f.cuts[1:] {
		shortest, longest = min(shortest, of(c)), max(longest, of(c))
	}
	return shortest >= idleCut && longest-shortest <= max(sameTime, shortest/20)
}

func cutAge(c cut) time.Duration  { return c.age }
func cutIdle(c cut) time.Duration { return c.idle }

// last returns the latest cut.
func (f *fate) last() cut { return f.cuts[len(f.cuts)-1] }

// breach is how a response broke.
type breach uint8

const (
	broken      breach = iota // the connection broke: reset, RST_STREAM, GOAWAY
	badChunk                  // the chunked coding is wrong
	missingEnd                // the connection was closed before the end of the coding
	missingRest               // it was closed before Content-Length was reached
	badCoding                 // the content coding is wrong: not a fault of the network
)

func breachOf(why record.Failure) breach {
	switch why {
	case record.BadChunk:
		return badChunk
	case record.CutChunks, record.CutCoding:
		return missingEnd
	case record.CutLength:
		return missingRest
	case record.BadCoding:
		return badCoding
	}
	return broken
}

// refusedSeen describes the response to a reconnect that is not the stream.
func refusedSeen(s *stream) string {
	r := &s.answer
	what := http.StatusText(r.Status)
	if r.Status == http.StatusOK {
		what = show([]byte(r.ContentType))
	}
	if body := firstLine(r.Data); len(body) > 0 {
		what += " " + quote(body)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, what))
}

// polls counts connections in a row that end soon and have at most one event.
type polls struct {
	held   time.Duration // from the request to the end of the latest one
	waited bool          // for its event: so it is long polling
	clean  bool          // the server ended it
	events int
	short  int
	empty  int // the latest in a row without any event
}

// end takes an end, before it is known when the next connection is made.
func (p *polls) end(held time.Duration, waited, clean bool, events int) {
	p.held, p.waited, p.clean, p.events = held, waited, clean, events
}

// bare reports whether the latest connections had no event.
func (p *polls) bare() bool { return p.empty >= manyEmpty }

// long reports whether the latest connection was a long poll: it was held until
// there was an event, and ended after it.
func (p *polls) long() bool { return p.clean && p.waited && p.events == 1 }

// again says how long the reconnect waits. It reports whether there were too
// many connections for what they brought. A server that announces a second or
// more wants to be polled, and one that holds each request until there is an event.
func (p *polls) again(r *record.Record) bool {
	short := p.clean && p.events <= 1 && !p.long() && (p.held+r.Delay < quickCycle || p.held < shortAnswer && r.Source == record.FromDefault)
	if !short {
		p.short, p.empty = 0, 0
		return false
	}
	p.short++
	if p.empty++; p.events > 0 {
		p.empty = 0
	}
	return p.short >= manyShort || p.bare()
}
