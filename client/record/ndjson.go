package record

import (
	"encoding/base64"
	"encoding/json"
	"time"
	"unicode/utf8"
)

// line is the NDJSON form of a record. Durations are milliseconds.
type line struct {
	Seq         int64               `json:"seq"`
	Time        time.Time           `json:"time"`
	Kind        Kind                `json:"kind"`
	Call        *Kind               `json:"call,omitempty"`
	Target      string              `json:"target,omitempty"`
	Engine      string              `json:"engine,omitempty"`
	ClientID    *text               `json:"client_id,omitempty"`
	Conn        int                 `json:"connection,omitempty"`
	Type        *text               `json:"type,omitempty"`
	ID          *text               `json:"id,omitempty"`
	Data        *text               `json:"data,omitempty"`
	Raw         *text               `json:"raw,omitempty"`
	Offset      *int64              `json:"offset,omitempty"` // of raw within its connection
	FirstChunk  int                 `json:"first_chunk,omitempty"`
	LastChunk   int                 `json:"last_chunk,omitempty"`
	Count       int64               `json:"count,omitempty"`
	Header      map[string][]string `json:"header,omitempty"`
	Body        *text               `json:"body,omitempty"`
	TLS         string              `json:"tls,omitempty"`
	CertExpiry  *time.Time          `json:"certificate_expiry,omitempty"`
	Method      string              `json:"method,omitempty"`
	URL         string              `json:"url,omitempty"`
	Proto       string              `json:"protocol,omitempty"`
	Status      int                 `json:"status,omitempty"`
	ContentType string              `json:"content_type,omitempty"`
	Code        int                 `json:"code,omitempty"`
	Message     string              `json:"message,omitempty"`
	Took        float64             `json:"took_ms,omitempty"`
	Delay       *float64            `json:"delay_ms,omitempty"`
	Source      DelaySource         `json:"delay_source,omitempty"`
	By          Party               `json:"by,omitempty"`
	Events      int64               `json:"events,omitempty"`
	Bytes       int64               `json:"bytes,omitempty"`
	Failure     Failure             `json:"failure,omitempty"`
	Detail      string              `json:"detail,omitempty"`
}

// text is a string that survives JSON: one that is not valid UTF-8 becomes
// {"base64": "…"}, so that no byte is lost.
type text string

func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(map[string]string{"base64": base64.StdEncoding.EncodeToString([]byte(t))})
}

// optional leaves an empty string out, except where empty means something.
func optional(s string, keep bool) *text {
	if s == "" && !keep {
		return nil
	}
	t := text(s)
	return &t
}

// MarshalJSON returns the record as one line of NDJSON without its line feed.
// Times are RFC 3339 with nanoseconds, durations milliseconds. A text that is
// not valid UTF-8 is an object {"base64": "…"} of its bytes.
func (r Record) MarshalJSON() ([]byte, error) {
	l := line{
		Seq: r.Seq, Time: r.Time, Kind: r.Kind,
		Target: r.Target, ClientID: optional(r.ClientID, false), Conn: r.Conn,
		Type:   optional(r.Type, false),
		ID:     optional(r.ID, r.Kind == Cursor),
		Data:   optional(r.Data, r.Kind == Event || r.Kind == Send || r.Kind == Comment),
		Raw:    optional(string(r.Raw), false),
		Method: r.Method, URL: r.URL, Proto: r.Proto, Status: r.Status, ContentType: r.ContentType,
		Code: r.Code, Message: r.Message, Took: milliseconds(r.Took), Source: r.Source, By: r.By,
		Events: r.Events, Bytes: r.Bytes, Failure: r.Failure, Detail: r.Detail,
	}
	l.Engine, l.FirstChunk, l.LastChunk, l.Count = r.Engine, r.FirstChunk, r.LastChunk, r.Count
	l.Header, l.Body, l.TLS = r.Header, optional(r.Body, false), r.TLS
	if len(r.Raw) > 0 {
		l.Offset = &r.Offset
	}
	if !r.CertExpiry.IsZero() {
		l.CertExpiry = &r.CertExpiry
	}
	if r.Call != 0 {
		l.Call = &r.Call
	}
	if r.Kind == Reconnect || r.Kind == Retry || r.Delay != 0 {
		delay := milliseconds(r.Delay) // 0 means at once
		l.Delay = &delay
	}
	return json.Marshal(l)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
