package record

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// AppendNDJSON appends the record as one line of NDJSON, with its line feed, to
// b. It writes what MarshalJSON describes, many times as fast as encoding/json would.
func (r *Record) AppendNDJSON(b []byte) []byte {
	return append(r.appendJSON(b), '\n')
}

func (r *Record) appendJSON(b []byte) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, r.Seq, 10)
	b = append(b, `,"time":"`...)
	b = r.Time.AppendFormat(b, time.RFC3339Nano)
	b = append(b, '"')
	w := fields{b}
	w.text("kind", r.Kind.String())
	if r.Call != 0 {
		w.text("call", r.Call.String())
	}
	w.some("target", r.Target)
	w.some("engine", r.Engine)
	w.some("client_id", r.ClientID)
	w.number("connection", int64(r.Conn))
	w.some("type", r.Type)
	w.optional("id", r.ID, r.Kind == Cursor)
	w.optional("data", r.Data, r.Kind == Event || r.Kind == Send || r.Kind == Comment)
	if len(r.Raw) > 0 {
		w.text("raw", string(r.Raw))
	}
	if len(r.Raw) > 0 || r.Offset != 0 {
		w.name("offset")
		w.b = strconv.AppendInt(w.b, r.Offset, 10)
	}
	w.number("first_chunk", int64(r.FirstChunk))
	w.number("last_chunk", int64(r.LastChunk))
	w.number("count", r.Count)
	w.header(r.Header)
	w.some("body", r.Body)
	w.some("tls", r.TLS)
	if !r.CertExpiry.IsZero() {
		w.name("certificate_expiry")
		w.b = append(r.CertExpiry.AppendFormat(append(w.b, '"'), time.RFC3339Nano), '"')
	}
	w.some("method", r.Method)
	w.some("url", r.URL)
	w.some("protocol", r.Proto)
	w.number("status", int64(r.Status))
	w.some("content_type", r.ContentType)
	w.number("code", int64(r.Code))
	w.some("message", r.Message)
	w.milliseconds("took_ms", r.Took, false)
	w.milliseconds("delay_ms", r.Delay, r.Kind == Reconnect || r.Kind == Retry) // 0 means at once
	w.some("delay_source", string(r.Source))
	w.some("by", string(r.By))
	w.number("events", r.Events)
	w.number("bytes", r.Bytes)
	w.some("failure", string(r.Failure))
	w.some("detail", r.Detail)
	return append(w.b, '}')
}

// fields appends fields of a JSON object.
type fields struct{ b []byte }

func (w *fields) name(name string) {
	w.b = append(w.b, `,"`...)
	w.b = append(w.b, name...)
	w.b = append(w.b, `":`...)
}

func (w *fields) text(name, value string) {
	w.name(name)
	w.b = appendText(w.b, value)
}

// some leaves an empty text out.
func (w *fields) some(name, value string) { w.optional(name, value, false) }

// optional leaves an empty text out, except where empty means something.
func (w *fields) optional(name, value string, keep bool) {
	if value != "" || keep {
		w.text(name, value)
	}
}

func (w *fields) number(name string, n int64) {
	if n != 0 {
		w.name(name)
		w.b = strconv.AppendInt(w.b, n, 10)
	}
}

// milliseconds writes a decimal number that is exact to the nanosecond.
func (w *fields) milliseconds(name string, d time.Duration, keep bool) {
	if d == 0 && !keep {
		return
	}
	w.name(name)
	whole, part := d/1e6, d%1e6
	if part == 0 {
		w.b = strconv.AppendInt(w.b, int64(whole), 10)
		return
	}
	sign := ""
	if d < 0 {
		sign, whole, part = "-", -whole, -part
	}
	w.b = append(w.b, strings.TrimRight(fmt.Sprintf("%s%d.%06d", sign, whole, part), "0")...)
}

func (w *fields) header(h map[string][]string) {
	if len(h) == 0 {
		return
	}
	w.name("header")
	w.b = append(w.b, '{')
	for i, name := range slices.Sorted(maps.Keys(h)) {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(appendString(w.b, strings.ToValidUTF8(name, "\ufffd")), `:[`...)
		for k, value := range h[name] {
			if k > 0 {
				w.b = append(w.b, ',')
			}
			w.b = appendText(w.b, value)
		}
		w.b = append(w.b, ']')
	}
	w.b = append(w.b, '}')
}

// appendText appends a text: one that is not valid UTF-8 becomes
// {"base64": "…"}, so that no byte is lost.
func appendText(b []byte, s string) []byte {
	if utf8.ValidString(s) {
		return appendString(b, s)
	}
	b = append(b, `{"base64":"`...)
	b = base64.StdEncoding.AppendEncode(b, []byte(s))
	return append(b, `"}`...)
}

// appendString appends valid UTF-8 as a JSON string.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	begin := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[begin:i]...)
		begin = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[begin:]...), '"')
}
