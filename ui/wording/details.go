package wording

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client/record"
)

// Heading returns the line above the details of a record. shown makes text from
// outside safe to display.
func (w Words) Heading(r *record.Record, shown func(string) string) string {
	heading := w.Join(w.KindName(r.Kind), r.Time.Format(TimeLayout), shown(r.ClientID), shown(RowType(r)), shown(RowID(r)))
	if payload, ok := Payload(r); ok {
		heading = w.Join(heading, w.Size(int64(len(payload))))
	}
	if r.Kind == record.Event && r.Took > 0 {
		heading = w.Join(heading, w.T("details.took", "Took", w.Took(r)))
	}
	return heading
}

// Details returns everything known about a record without a payload, line by line.
func (w Words) Details(r *record.Record) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			b.WriteString(w.Labelled(w.T("detail."+key), value) + "\n")
		}
	}
	said := w.sentence(r, withoutHost(r.URL))
	if r.Kind == record.Problem {
		said = w.Labelled(w.Kind(r), said)
	}
	b.WriteString(said + "\n")
	if remedy := w.Remedy(r); remedy != "" {
		b.WriteString(remedy + "\n")
	}
	if why := w.Why(r.Type); r.Kind == record.Problem && why != "" {
		b.WriteString("\n" + why + "\n\n" + w.Do(r.Type) + "\n")
	}
	b.WriteString("\n")
	line("time", r.Time.Format(time.RFC3339Nano))
	line("target", w.TargetName(r.Target))
	line("client_id", r.ClientID)
	if r.Conn > 0 {
		line("connection", fmt.Sprint(r.Conn))
	}
	if r.URL != "" {
		line("request", strings.TrimSpace(r.Method+" "+r.URL))
	}
	line("status", strings.TrimSpace(status(r)+" "+r.Proto))
	line("content_type", r.ContentType)
	line("last_event_id", r.ID)
	line("took", w.Took(r))
	line("cause", r.Detail)
	if len(r.Raw) > 0 {
		line("raw", "\n"+string(r.Raw))
	}
	switch {
	case r.Data == "" || r.Kind == record.Retry:
	case r.Kind == record.Answer || r.Kind == record.Fail:
		line("body", "\n"+r.Data)
	case !strings.Contains(said, r.Data):
		line("data", "\n"+r.Data)
	}
	return strings.TrimRight(b.String(), "\n")
}

// Timing places a record among others.
type Timing struct {
	Previous *record.Record // the previous event, or nil
	Chunk    *record.Record // the chunk that completed it, or nil if unknown
	Events   int            // how many events Chunk completed
}

// Timing says when r arrived, how long after the previous event, and in which
// chunks.
func (w Words) Timing(r *record.Record, t Timing) string {
	var b strings.Builder
	line := func(key, value string) { b.WriteString(w.Labelled(w.T("detail."+key), value) + "\n") }
	line("time", r.Time.Format(time.RFC3339Nano))
	if t.Previous != nil {
		line("gap", w.Duration(r.Time.Sub(t.Previous.Time)))
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
	if t.Chunk != nil {
		line("chunk_size", w.Size(int64(len(t.Chunk.Raw))))
		line("events_in_chunk", fmt.Sprint(t.Events))
	}
	return b.String()
}
