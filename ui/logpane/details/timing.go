package details

import (
	"sseconsole/client/record"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/wording"
)

// maxDistance limits the search for related records, in records.
const maxDistance = 100_000

// find returns the nearest record that matches, from r on in steps of +1 or -1, or nil
// if there is none within maxDistance.
func find(in logmodel.Records, r *record.Record, step int64, matches func(*record.Record) bool) *record.Record {
	first, last := in.Bounds()
	for seq, n := r.Seq, 0; seq >= first && seq <= last && n < maxDistance; seq, n = seq+step, n+1 {
		if found := in.At(seq); found != nil && matches(found) {
			return found
		}
	}
	return nil
}

// onConnection returns a function that reports whether a record belongs to the
// connection of r. It may be wrong across a new subscription of the same clientId.
func onConnection(r *record.Record) func(*record.Record) bool {
	return func(other *record.Record) bool {
		return other.Target == r.Target && other.ClientID == r.ClientID && other.Conn == r.Conn
	}
}

// timing returns the previous event, the chunk that completed r, and the number of
// events that chunk completed.
func timing(in logmodel.Records, r *record.Record) wording.Timing {
	t := wording.Timing{Previous: find(in, r, -1, func(o *record.Record) bool {
		return o.Seq != r.Seq && o.Kind == record.Event && o.Target == r.Target && o.ClientID == r.ClientID
	})}
	if r.LastChunk == 0 {
		return t
	}
	same := onConnection(r)
	t.Chunk = find(in, r, -1, func(o *record.Record) bool {
		if !same(o) || o.LastChunk != r.LastChunk {
			return false
		}
		if o.Kind == record.Event {
			t.Events++
		}
		return o.Kind == record.Chunk
	})
	if t.Chunk != nil {
		t.Events += eventsAfter(in, r)
	}
	return t
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
