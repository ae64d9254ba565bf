package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// line is the NDJSON form of a record; docs/ndjson.md describes it. A new field
// goes into fromRecord, toRecord and there.
type line struct {
	Seq         int64             `json:"seq"`
	Time        time.Time         `json:"time"`
	Kind        Kind              `json:"kind"`
	Call        *Kind             `json:"call,omitempty"`
	Target      text              `json:"target,omitempty"`
	Engine      text              `json:"engine,omitempty"`
	ClientID    text              `json:"client_id,omitempty"`
	Conn        int               `json:"connection,omitempty"`
	Type        text              `json:"type,omitempty"`
	ID          *text             `json:"id,omitempty"`
	Data        *text             `json:"data,omitempty"`
	Raw         text              `json:"raw,omitempty"`
	Offset      *int64            `json:"offset,omitempty"` // of raw within its connection
	FirstChunk  int               `json:"first_chunk,omitempty"`
	LastChunk   int               `json:"last_chunk,omitempty"`
	Count       int64             `json:"count,omitempty"`
	Header      map[string][]text `json:"header,omitempty"`
	Body        text              `json:"body,omitempty"`
	TLS         text              `json:"tls,omitempty"`
	CertExpiry  *time.Time        `json:"certificate_expiry,omitempty"`
	Method      text              `json:"method,omitempty"`
	URL         text              `json:"url,omitempty"`
	Proto       text              `json:"protocol,omitempty"`
	Status      int               `json:"status,omitempty"`
	ContentType text              `json:"content_type,omitempty"`
	Code        int               `json:"code,omitempty"`
	Message     text              `json:"message,omitempty"`
	Took        milliseconds      `json:"took_ms,omitempty"`
	Delay       *milliseconds     `json:"delay_ms,omitempty"`
	Source      text              `json:"delay_source,omitempty"`
	By          text              `json:"by,omitempty"`
	Events      int64             `json:"events,omitempty"`
	Bytes       int64             `json:"bytes,omitempty"`
	Failure     text              `json:"failure,omitempty"`
	Detail      text              `json:"detail,omitempty"`
}

// optional leaves an empty string out, except where empty means something.
func optional(s string, keep bool) *text {
	if s == "" && !keep {
		return nil
	}
	t := text(s)
	return &t
}

func fromRecord(r *Record) line {
	l := line{
		Seq: r.Seq, Time: r.Time, Kind: r.Kind,
		Target: text(r.Target), Engine: text(r.Engine), ClientID: text(r.ClientID), Conn: r.Conn,
		Type: text(r.Type),
		ID:   optional(r.ID, r.Kind == Cursor),
		Data: optional(r.Data, r.Kind == Event || r.Kind == Send || r.Kind == Comment),
		Raw:  text(r.Raw), FirstChunk: r.FirstChunk, LastChunk: r.LastChunk, Count: r.Count,
		Body: text(r.Body), TLS: text(r.TLS), Method: text(r.Method), URL: text(r.URL), Proto: text(r.Proto),
		Status: r.Status, ContentType: text(r.ContentType), Code: r.Code, Message: text(r.Message),
		Took: milliseconds(r.Took), Source: text(r.Source), By: text(r.By),
		Events: r.Events, Bytes: r.Bytes, Failure: text(r.Failure), Detail: text(r.Detail),
	}
	if len(r.Raw) > 0 || r.Offset != 0 {
		l.Offset = &r.Offset
	}
	if !r.CertExpiry.IsZero() {
		l.CertExpiry = &r.CertExpiry
	}
	if r.Call != 0 {
		l.Call = &r.Call
	}
	if r.Kind == Reconnect || r.Kind == Retry || r.Delay != 0 {
		l.Delay = (*milliseconds)(&r.Delay) // 0 means at once
	}
	if len(r.Header) > 0 {
		l.Header = make(map[string][]text, len(r.Header))
		for name, values := range r.Header {
			for _, v := range values {
				l.Header[name] = append(l.Header[name], text(v))
			}
		}
	}
	return l
}

func (l *line) toRecord() Record {
	r := Record{
		Seq: l.Seq, Time: l.Time, Kind: l.Kind,
		Target: string(l.Target), Engine: string(l.Engine), ClientID: string(l.ClientID), Conn: l.Conn,
		Type: string(l.Type), FirstChunk: l.FirstChunk, LastChunk: l.LastChunk, Count: l.Count,
		Body: string(l.Body), TLS: string(l.TLS), Method: string(l.Method), URL: string(l.URL), Proto: string(l.Proto),
		Status: l.Status, ContentType: string(l.ContentType), Code: l.Code, Message: string(l.Message),
		Took: time.Duration(l.Took), Source: DelaySource(l.Source), By: Party(l.By),
		Events: l.Events, Bytes: l.Bytes, Failure: Failure(l.Failure), Detail: string(l.Detail),
	}
	if l.Raw != "" {
		r.Raw = []byte(l.Raw)
	}
	if l.Call != nil {
		r.Call = *l.Call
	}
	if l.ID != nil {
		r.ID = string(*l.ID)
	}
	if l.Data != nil {
		r.Data = string(*l.Data)
	}
	if l.Offset != nil {
		r.Offset = *l.Offset
	}
	if l.CertExpiry != nil {
		r.CertExpiry = *l.CertExpiry
	}
	if l.Delay != nil {
		r.Delay = time.Duration(*l.Delay)
	}
	if len(l.Header) > 0 {
		r.Header = make(map[string][]string, len(l.Header))
		for name, values := range l.Header {
			for _, v := range values {
				r.Header[name] = append(r.Header[name], string(v))
			}
		}
	}
	return r
}

// MarshalJSON returns the record as one line of NDJSON without its line feed.
// Times are RFC 3339 with nanoseconds, durations milliseconds. A text that is
// not valid UTF-8 is an object {"base64": "…"} of its bytes.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(fromRecord(&r))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// UnmarshalJSON is the inverse of MarshalJSON. It refuses fields and kinds
// that it does not know, for nothing may get lost.
func (r *Record) UnmarshalJSON(data []byte) error {
	var l line
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&l); err != nil {
		return err
	}
	if l.Kind == 0 {
		return &UnknownKindError{}
	}
	*r = l.toRecord()
	return nil
}

// text is a string that survives JSON: one that is not valid UTF-8 becomes
// {"base64": "…"}, so that no byte is lost.
type text string

func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		var b bytes.Buffer
		out := json.NewEncoder(&b)
		out.SetEscapeHTML(false) // twice as long for HTML and XML, for nothing
		err := out.Encode(string(t))
		return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
	}
	return json.Marshal(coded{[]byte(t)})
}

func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var c coded
		in := json.NewDecoder(bytes.NewReader(data))
		in.DisallowUnknownFields()
		err := in.Decode(&c)
		*t = text(c.Bytes)
		return err
	}
	return json.Unmarshal(data, (*string)(t))
}

// coded is a text that is not valid UTF-8; encoding/json writes bytes in base64.
type coded struct {
	Bytes []byte `json:"base64"`
}

// milliseconds is a duration in JSON: a decimal number, exact to the nanosecond.
type milliseconds time.Duration

func (m milliseconds) MarshalJSON() ([]byte, error) {
	whole, part := m/1e6, m%1e6
	if part == 0 {
		return strconv.AppendInt(nil, int64(whole), 10), nil
	}
	sign := ""
	if m < 0 {
		sign, whole, part = "-", -whole, -part
	}
	return []byte(strings.TrimRight(fmt.Sprintf("%s%d.%06d", sign, whole, part), "0")), nil
}

func (m *milliseconds) UnmarshalJSON(data []byte) error {
	d, err := time.ParseDuration(string(data) + "ms") // it reads decimals exactly
	if err != nil {
		var f float64 // another program may write 1e3
		if err = json.Unmarshal(data, &f); err != nil {
			return err
		}
		d = time.Duration(f * float64(time.Millisecond))
	}
	*m = milliseconds(d)
	return nil
}
