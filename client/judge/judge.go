package judge

import (
	"slices"
	"sync"
	"time"

	"sseconsole/client/record"
)

const (
	maxStreams = 10_000 // subscriptions judged at once
	maxCounts  = 1_000  // counts remembered
	maxRaw     = 256    // bytes of evidence in a Problem
)

// Judge judges any number of subscriptions, which it tells apart by target and
// clientId: of each such pair one may run at a time. The zero value is ready;
// it must not be copied after its first use. All methods may be called from any
// goroutine and do not block.
type Judge struct {
	mu      sync.Mutex
	list    []finding
	at      [stages][]*finding // who looks when
	streams map[key]*stream
	latest  map[string]*stream // the last one to be asked for, by URL
	counts  []*Count
}

type key struct{ target, clientID string }

// Count says how often a finding was made.
type Count struct {
	Target, ClientID string
	Conn             int // of the first sight, for a finding about several connections
	Code             string
	N                int64
}

// Add judges the next record of a subscription and returns the Problem records
// to append behind it, nil in the good case. A Problem comes at the first sight
// of each code on each connection; Counts tells how it goes on. Its Data is
// what was seen, for the place {{.Seen}} in the catalogue's sentences, valid
// UTF-8 with all control characters escaped; its Raw is the beginning of the
// bytes that are at fault, and Offset their place.
//
// The records of one subscription must come in their order. Records that tell
// nothing about a stream, Problems among them, are ignored. Nothing of r is
// changed or, but for the headers, kept.
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

// Tick says that it is now, and returns the Problems of streams that have been
// silent for too long. Call it about once a second while streams are open.
func (j *Judge) Tick(now time.Time) []record.Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	var problems []record.Record
	for _, s := range j.streams {
		problems = append(problems, s.tick(now)...)
	}
	return problems
}

// Counts returns the latest counts, 1,000 at most, in the order of first sight.
// Those of connections that are over are final.
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
				j.forget(other) // whichever: nobody watches so many
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

// newCount begins a count and drops the oldest if there are too many.
func (j *Judge) newCount(c Count) *Count {
	if len(j.counts) >= maxCounts {
		j.counts = slices.Delete(j.counts, 0, maxCounts/10)
	}
	j.counts = append(j.counts, &c)
	return &c
}
