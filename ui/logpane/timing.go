package logpane

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/wording"
)

// farthest is how many records away those are looked for that belong together.
const farthest = 100_000

// find returns the nearest record that matches, from r on by steps of +1 or -1;
// nil if there is none.
func find(in logmodel.Records, r *record.Record, step int64, matches func(*record.Record) bool) *record.Record {
	first, last := in.Bounds()
	for seq, n := r.Seq, 0; seq >= first && seq <= last && n < farthest; seq, n = seq+step, n+1 {
		if found := in.At(seq); found != nil && matches(found) {
			return found
		}
	}
	return nil
}

// onConnection reports whether a record belongs to the connection of r, as far
// as no new subscription of the same clientId lies between them.
func onConnection(r *record.Record) func(*record.Record) bool {
	return func(other *record.Record) bool {
		return other.Target == r.Target && other.ClientID == r.ClientID && other.Conn == r.Conn
	}
}

// timing words when r came, how long after the event before it, and in which
// chunks.
func timingText(w wording.Words, in logmodel.Records, r *record.Record) string {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s: %s\n", w.T("detail."+key), value) }
	line("time", r.Time.Format(time.RFC3339Nano))
	previous := find(in, r, -1, func(o *record.Record) bool {
		return o.Seq != r.Seq && o.Kind == record.Event && o.Target == r.Target && o.ClientID == r.ClientID
	})
	if previous != nil {
		line("gap", w.Duration(r.Time.Sub(previous.Time)))
	} else {
		line("gap", w.T("details.first_event"))
	}
	if took := w.Took(r); took != "" {
		line("took", took)
	}
	if r.LastChunk == 0 {
		return b.String()
	}
	line("offset", w.T("details.bytes", "From", r.Offset, "To", r.Offset+int64(len(r.Raw))))
	if r.FirstChunk == r.LastChunk {
		line("chunk", w.T("details.one_chunk", "Number", r.LastChunk))
	} else {
		line("chunk", w.T("details.several_chunks", "N", r.LastChunk-r.FirstChunk+1, "First", r.FirstChunk, "Last", r.LastChunk))
	}
	same, events := onConnection(r), 0
	chunk := find(in, r, -1, func(o *record.Record) bool {
		if !same(o) || o.LastChunk != r.LastChunk {
			return false
		}
		if o.Kind == record.Event {
			events++
		}
		return o.Kind == record.Chunk
	})
	if chunk != nil {
		line("chunk_size", w.Size(int64(len(chunk.Raw))))
		line("events_in_chunk", fmt.Sprint(events+eventsAfter(in, r)))
	}
	return b.String()
}

// eventsAfter counts the events after r that r's last chunk completed.
func eventsAfter(in logmodel.Records, r *record.Record) int {
	same, events := onConnection(r), 0
	find(in, r, 1, func(o *record.Record) bool {
		if o.Seq == r.Seq || !same(o) {
			return false
		}
		if o.Kind == record.Event && o.LastChunk == r.LastChunk {
			events++
		}
		return o.LastChunk > r.LastChunk || o.Kind == record.End
	})
	return events
}
