package ui

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
)

// farthest is how many records away those are looked for that belong together.
const farthest = 100_000

// find returns the nearest record that matches, from r on by steps of +1 or -1;
// nil if there is none.
func find(in console.Records, r *record.Record, step int64, matches func(*record.Record) bool) *record.Record {
	first, last := in.Bounds()
	for seq, n := r.Seq, 0; seq >= first && seq <= last && n < farthest; seq, n = seq+step, n+1 {
		if found := in.At(seq); found != nil && matches(found) {
			return found
		}
	}
	return nil
}

// onConnection tells whether a record belongs to the connection of r, as far
// as no new subscription of the same clientId lies between them.
func onConnection(r *record.Record) func(*record.Record) bool {
	return func(other *record.Record) bool {
		return other.Target == r.Target && other.ClientID == r.ClientID && other.Conn == r.Conn
	}
}

// connection words a request and its response, nil if there was none.
func (w *words) connection(request, response *record.Record) string {
	if request == nil {
		return w.T("details.no_connection")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", request.Method, request.URL)
	proto := ""
	if response != nil {
		proto = response.Proto
	}
	writeFields(&b, request.Fields(proto))
	if request.Body != "" {
		b.WriteString("\n" + request.Body + "\n")
	}
	fmt.Fprintf(&b, "\n%s: %s\n\n", w.T("detail.engine"), w.engine(request.Engine))
	if response == nil || response.Status == 0 {
		b.WriteString(w.T("details.no_response"))
		return b.String()
	}
	fmt.Fprintf(&b, "%s %d · %s\n", response.Proto, response.Status, w.duration(response.Took))
	writeFields(&b, response.Fields(proto))
	if response.TLS != "" {
		version, warning := w.tls(response)
		fmt.Fprintf(&b, "\n%s\n", w.T("details.tls", "Version", w.join(version, warning), "Expiry", response.CertExpiry.Format(time.DateOnly)))
	}
	return b.String()
}

func writeFields(b *strings.Builder, fields []record.Field) {
	for _, f := range fields {
		fmt.Fprintf(b, "%s: %s\n", f.Name, f.Value)
	}
}

// timing words when r came, how long after the event before it, and in which
// chunks.
func (w *words) timing(in console.Records, r *record.Record) string {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s: %s\n", w.T("detail."+key), value) }
	line("time", r.Time.Format(time.RFC3339Nano))
	previous := find(in, r, -1, func(o *record.Record) bool {
		return o.Seq != r.Seq && o.Kind == record.Event && o.Target == r.Target && o.ClientID == r.ClientID
	})
	if previous != nil {
		line("gap", w.duration(r.Time.Sub(previous.Time)))
	} else {
		line("gap", w.T("details.first_event"))
	}
	if took := w.took(r); took != "" {
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
		line("chunk_size", w.size(int64(len(chunk.Raw))))
		line("events_in_chunk", fmt.Sprint(events+eventsAfter(in, r)))
	}
	return b.String()
}

// eventsAfter counts the events after r that r's last chunk completed.
func eventsAfter(in console.Records, r *record.Record) int {
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

// engine returns the label of an engine, with the version of go-sse for that one.
func (w *words) engine(name string) string {
	return w.T("engine."+name, "Version", client.GoSSEVersion)
}
