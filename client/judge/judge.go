package judge

import (
	"slices"
	"sync"
	"time"

	"sseconsole/client/record"
)

const (
	maxStreams = 10_000 // subscriptions judged at once
	maxCounts  = 1_000  // counts in memory
	maxRaw     = 256    // bytes of evidence in a Problem record
)

// Judge judges any number of subscriptions. It identifies one by its target and
// clientId, so only one per pair may run at a time. The zero value is ready to use;
// a Judge must not be copied after its first use. Its methods are safe for
// concurrent use and do not block.
type Judge struct {
	mu      sync.Mutex
	list    []finding
	at      [stages][]*finding // by the stage at which they look
	streams map[key]*stream
	latest  map[string]*stream // the last one requested, by URL
	counts  []*Count
}

type key struct{ target, clientID string }

// Count is the number of times a finding was made.
type Count struct {
	Target, ClientID string
	Conn             int // the first one, for a finding about several connections
	Code             string
	N                int64
}

// Add judges the next record of a subscription and returns the Problem records to
// append after it, nil if there are none. It returns one for the first occurrence of
// each code on each connection; Counts has the number of all. Its Data is what was
// seen, for {{.Seen}} in the catalogue's sentences: valid UTF-8 with control
// characters escaped. Its Raw is the beginning of the bytes at fault, and Offset
// their place.
//
// The records of one subscription must be added in order. Add ignores records that
// say nothing about a stream, such as Problem records. It does not change r and
// retains nothing of it except the headers.
func (j *Judge) Add(r record.Record) []record.Record {
	switch r.Kind {
	case record.Subscribe, record.Open, record.Chunk, record.End, record.Reconnect:
	case record.Fail, record.Redirect:
		if r.Call != record.Subscribe {
			return nil
		}
	case record.Notice:
		if r.Notice() != record.NoticeGzipEnded {
			return nil
		}
	default:
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	s := j.stream(key{r.Target, r.ClientID})
	if r.Kind == record.Subscribe && r.Conn <= 1 {
		j.forget(s)
		s = j.stream(s.key)
	}
	problems := s.add(&r)
	if r.Kind == record.Fail || r.Kind == record.End && r.By == record.ByPerson {
		j.forget(s)
	}
	return problems
}

// Tick tells the Judge the time and returns the Problem records of streams for which
// something is overdue. Call it about once a second while streams are open.
func (j *Judge) Tick(now time.Time) []record.Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	var problems []record.Record
	for _, s := range j.streams {
		problems = append(problems, s.tick(now)...)
	}
	return problems
}

// Counts returns up to 1,000 of the latest counts, in the order of their first
// occurrence. Those of connections that have ended are final.
func (j *Judge) Counts() []Count {
	j.mu.Lock()
	defer j.mu.Unlock()
	counts := make([]Count, len(j.counts))
	for i, c := range j.counts {
		counts[i] = *c
	}
	return counts
}

// stream returns the stream of k, a new one if there is none.
func (j *Judge) stream(k key) *stream {
	if j.streams == nil {
		j.streams, j.latest = make(map[key]*stream), make(map[string]*stream)
		j.list = findings()
		for i := range j.list {
			f := &j.list[i]
			f.index = i
			j.at[f.at] = append(j.at[f.at], f)
		}
	}
	s := j.streams[k]
	if s == nil {
		if len(j.streams) >= maxStreams {
			for _, other := range j.streams {
				j.forget(other) // any one: nobody watches so many
				break
			}
		}
		s = newStream(j, k)
		j.streams[k] = s
	}
	return s
}

func (j *Judge) forget(s *stream) {
	delete(j.streams, s.key)
	if j.latest[s.url] == s {
		delete(j.latest, s.url)
	}
}

// newCount adds a count, and drops the oldest if there are too many.
func (j *Judge) newCount(c Count) *Count {
	if len(j.counts) >= maxCounts {
		j.counts = slices.Delete(j.counts, 0, maxCounts/10)
	}
	j.counts = append(j.counts, &c)
	return &c
}
