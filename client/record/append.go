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
	w := writer{b}
	for i := range table {
		w.field(&table[i], r)
	}
	return append(w.b, '}')
}

// writer appends fields of a JSON object.
type writer struct{ b []byte }

// field leaves out what is empty or 0, except where that means something.
func (w *writer) field(f *Column, r *Record) {
	keep := f.keep.has(r.Kind) || f.withRaw && len(r.Raw) > 0
	switch f.Type {
	case TypeText:
		if s := *at[string](f, r); s != "" || keep {
			w.b = appendText(append(w.b, f.key...), s)
		}
	case TypeBytes:
		if raw := *at[[]byte](f, r); len(raw) > 0 {
			w.b = appendText(append(w.b, f.key...), string(raw))
		}
	case TypeInt:
		w.number(f, int64(*at[int](f, r)), keep)
	case TypeLong:
		w.number(f, *at[int64](f, r), keep)
	case TypeMilliseconds:
		if d := *at[time.Duration](f, r); d != 0 || keep {
			w.b = appendMilliseconds(append(w.b, f.key...), d)
		}
	case TypeTime:
		if t := at[time.Time](f, r); keep || !t.IsZero() {
			w.b = append(append(w.b, f.key...), '"')
			w.b = append(t.AppendFormat(w.b, time.RFC3339Nano), '"')
		}
	case TypeKind:
		if k := *at[Kind](f, r); k != 0 || keep {
			w.b = appendString(append(w.b, f.key...), k.String())
		}
	case TypeHeader:
		if h := *at[map[string][]string](f, r); len(h) > 0 {
			w.b = appendHeader(append(w.b, f.key...), h)
		}
	}
}

func (w *writer) number(f *Column, n int64, keep bool) {
	if n != 0 || keep {
		w.b = strconv.AppendInt(append(w.b, f.key...), n, 10)
	}
}

// appendMilliseconds appends a decimal number that is exact to the nanosecond.
func appendMilliseconds(b []byte, d time.Duration) []byte {
	whole, part := d/1e6, d%1e6
	if part == 0 {
		return strconv.AppendInt(b, int64(whole), 10)
	}
	sign := ""
	if d < 0 {
		sign, whole, part = "-", -whole, -part
	}
	return append(b, strings.TrimRight(fmt.Sprintf("%s%d.%06d", sign, whole, part), "0")...)
}

func appendHeader(b []byte, h map[string][]string) []byte {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(h)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, strings.ToValidUTF8(name, "\ufffd")), `:[`...)
		for k, value := range h[name] {
			if k > 0 {
				b = append(b, ',')
			}
			b = appendText(b, value)
		}
		b = append(b, ']')
	}
	return append(b, '}')
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
