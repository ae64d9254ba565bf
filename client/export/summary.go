package export

import (
	"bytes"
	"slices"
	"time"
	"unicode/utf8"

	"sseconsole/client/record"
)

// Bounds of what a report lists; its counts include everything.
const (
	maxShownConnections = 200
	maxShownFindings    = 500
	maxShownEvents      = 20 // this many first and last events
	maxMarks            = 1000
	maxShownText        = 2000 // bytes of a text
	maxShownFields      = 100  // header fields of a request or a response
	bins                = 200  // in the density of events
)

// summary collects the content of a report, in bounded memory.
type summary struct {
	tracker     *tracker
	first, last time.Time // of all records
	records     int64
	count       map[record.Kind]int64
	bytes       int64

	connections []*lifeline // the first ones
	known       map[connection]*lifeline
	others      int64 // number of further connections

	findings      []record.Record
	found         map[string]int64 // number of findings by code
	otherFindings int64

	marks     []mark
	firstOnes []record.Record
	lastOnes  []record.Record

	density []int64 // events in each bin
	bin     time.Duration
}

// lifeline describes one connection.
type lifeline struct {
	connection              connection
	from, to                time.Time
	request, response, over *record.Record // nil if not among the records
	events, bytes, chunks   int64
	file                    string // of its raw bytes, or ""
}

type mark struct {
	at   time.Time
	kind record.Kind
	code string // of a finding
	on   connection
}

func newSummary() *summary {
	return &summary{
		tracker: newTracker(), count: map[record.Kind]int64{}, known: map[connection]*lifeline{}, found: map[string]int64{},
		density: make([]int64, bins), bin: time.Millisecond,
	}
}

func (s *summary) add(r *record.Record) {
	if s.records == 0 {
		s.first, s.last = r.Time, r.Time
	}
	if r.Time.After(s.last) {
		s.last = r.Time
	}
	s.records++
	s.count[r.Kind]++
	key := s.tracker.of(r)
	if r.Conn > 0 {
		s.live(r, key)
	}
	switch r.Kind {
	case record.Chunk:
		s.bytes += int64(len(r.Raw))
	case record.Event:
		s.event(r)
	case record.Problem:
		s.found[shortened(r.Type)]++
		s.mark(r, key)
		if len(s.findings) < maxShownFindings {
			s.findings = append(s.findings, compact(r))
		} else {
			s.otherFindings++
		}
	case record.Reconnect, record.Fail:
		s.mark(r, key)
	}
}

func (s *summary) mark(r *record.Record, on connection) {
	if len(s.marks) < maxMarks {
		s.marks = append(s.marks, mark{r.Time, r.Kind, shortened(r.Type), on})
	}
}

func (s *summary) event(r *record.Record) {
	short := compact(r)
	short.Raw = nil
	if len(s.firstOnes) < maxShownEvents {
		s.firstOnes = append(s.firstOnes, short)
	} else {
		if len(s.lastOnes) == maxShownEvents {
			s.lastOnes = slices.Delete(s.lastOnes, 0, 1)
		}
		s.lastOnes = append(s.lastOnes, short)
	}
	i := max(0, int64(r.Time.Sub(s.first)/s.bin))
	for ; i >= bins; i /= 2 { // double the width of the bins
		for k := range bins / 2 {
			s.density[k] = s.density[2*k] + s.density[2*k+1]
		}
		clear(s.density[bins/2:])
		s.bin *= 2
	}
	s.density[i]++
}

// live updates the connection of a record.
func (s *summary) live(r *record.Record, key connection) {
	c := s.known[key]
	if c == nil {
		if len(s.connections) >= maxShownConnections {
			if r.Kind == record.Subscribe {
				s.others++
			}
			return
		}
		c = &lifeline{connection: key, from: r.Time, to: r.Time}
		s.known[key] = c
		s.connections = append(s.connections, c)
	}
	if r.Time.After(c.to) && r.Kind != record.Reconnect {
		c.to = r.Time
	}
	switch r.Kind {
	case record.Subscribe:
		c.request = compactPtr(r)
	case record.Open:
		c.response = compactPtr(r)
	case record.Fail:
		if r.Call == record.Subscribe || r.Call == 0 {
			c.response = compactPtr(r)
		}
	case record.End:
		c.over = compactPtr(r)
	case record.Event:
		c.events++
	case record.Chunk:
		c.chunks++
		c.bytes += int64(len(r.Raw))
	}
}

// compact returns a copy of r that is small, apart from its header.
func compact(r *record.Record) record.Record {
	c := *r
	c.Raw = bytes.Clone(r.Raw[:min(len(r.Raw), maxShownText)])
	for _, text := range []*string{&c.Target, &c.ClientID, &c.Type, &c.ID, &c.Data, &c.Body, &c.Method, &c.URL, &c.Subject, &c.ContentType, &c.Message, &c.Detail} {
		*text = shortened(*text)
	}
	return c
}

// shortened returns s or, if it is long, its beginning and an ellipsis.
func shortened(s string) string {
	if len(s) <= maxShownText {
		return s
	}
	n := maxShownText
	for n > maxShownText-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…" // a copy, so that the rest can be freed
}

func compactPtr(r *record.Record) *record.Record {
	c := compact(r)
	return &c
}
