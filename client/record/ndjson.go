package record

import (
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
)

// line is the NDJSON form of a record as it is read; docs/ndjson.md describes it.
// A new field goes here, into toRecord, appendJSON and there.
type line struct {
	Seq         int64             `json:"seq"`
	Time        time.Time         `json:"time"`
	Kind        Kind              `json:"kind"`
	Call        *Kind             `json:"call"`
	Target      text              `json:"target"`
	Engine      text              `json:"engine"`
	ClientID    text              `json:"client_id"`
	Conn        int               `json:"connection"`
	Type        text              `json:"type"`
	ID          *text             `json:"id"`
	Data        *text             `json:"data"`
	Raw         text              `json:"raw"`
	Offset      *int64            `json:"offset"` // of raw within its connection
	FirstChunk  int               `json:"first_chunk"`
	LastChunk   int               `json:"last_chunk"`
	Count       int64             `json:"count"`
	Header      map[string][]text `json:"header"`
	Body        text              `json:"body"`
	TLS         text              `json:"tls"`
	CertExpiry  *time.Time        `json:"certificate_expiry"`
	Method      text              `json:"method"`
	URL         text              `json:"url"`
	Proto       text              `json:"protocol"`
	Status      int               `json:"status"`
	ContentType text              `json:"content_type"`
	Code        int               `json:"code"`
	Message     text              `json:"message"`
	Took        milliseconds      `json:"took_ms"`
	Delay       *milliseconds     `json:"delay_ms"`
	Source      text              `json:"delay_source"`
	By          text              `json:"by"`
	Events      int64             `json:"events"`
	Bytes       int64             `json:"bytes"`
	Failure     text              `json:"failure"`
	Detail      text              `json:"detail"`
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
			r.Header[name] = make([]string, len(values))
			for i, v := range values {
				r.Header[name][i] = string(v)
			}
		}
	}
	return r
}

// MarshalJSON returns the record as one line of NDJSON without its line feed.
// Times are RFC 3339 with nanoseconds, durations milliseconds. A text that is
// not valid UTF-8 is an object {"base64": "…"} of its bytes.
func (r Record) MarshalJSON() ([]byte, error) { return r.appendJSON(nil), nil }

// UnmarshalJSON is the inverse of MarshalJSON. It refuses fields and kinds
// that it does not know, a field that comes twice, and bytes and escapes that
// are no Unicode, for nothing may get lost.
func (r *Record) UnmarshalJSON(data []byte) error {
	var l line
	if err := json.Unmarshal(data, &l, json.RejectUnknownMembers(true)); err != nil {
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

func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var c coded
		err := json.Unmarshal(data, &c, json.RejectUnknownMembers(true))
		*t = text(c.Bytes)
		return err
	}
	return json.Unmarshal(data, (*string)(t))
}

// coded is a text that is not valid UTF-8; in JSON bytes are base64.
type coded struct {
	Bytes []byte `json:"base64"`
}

// milliseconds is a duration in JSON: a decimal number, exact to the nanosecond.
type milliseconds time.Duration

func (m *milliseconds) UnmarshalJSON(data []byte) error {
	d, err := time.ParseDuration(string(data) + "ms") // it reads decimals exactly
	if err != nil {
		var f float64 // another program may write 1e3
		if err = json.Unmarshal(data, &f); err != nil {
			return err
		}
		f *= float64(time.Millisecond)
		if math.Abs(f) >= math.MaxInt64 {
			return errors.New("no duration is as long as " + strconv.Quote(string(data)) + " ms")
		}
		d = time.Duration(f)
	}
	*m = milliseconds(d)
	return nil
}
