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
	"unsafe"
)

// AppendNDJSON appends the record to b as one line of NDJSON, including the line
// feed. It writes what MarshalJSON describes, many times faster than encoding/json.
func (r *Record) AppendNDJSON(b []byte) []byte {
	return append(r.appendJSON(b), '\n')
}

func (r *Record) appendJSON(b []byte) []byte {
	if r.Kind == Notice && r.Subject != "" {
		notice := *r
		notice.URL = r.Subject // older programs look for the subject here
		r = &notice
	}
	for i := range table {
		b = table[i].append(b, r)
	}
	return append(b, '}')
}

// append appends the field of r to b, unless it is empty or 0 and optional.
func (c *Column) append(b []byte, r *Record) []byte {
	switch c.Type {
	case TypeText:
		if s := *at[string](c, r); s != "" || c.required(r) {
			return appendText(append(b, c.key...), s)
		}
	case TypeBytes:
		if raw := *at[[]byte](c, r); len(raw) > 0 {
			return appendText(append(b, c.key...), unsafe.String(&raw[0], len(raw))) // which only reads it
		}
	case TypeInt:
		if n := *at[int](c, r); n != 0 || c.required(r) {
			return strconv.AppendInt(append(b, c.key...), int64(n), 10)
		}
	case TypeLong:
		if n := *at[int64](c, r); n != 0 || c.required(r) {
			return strconv.AppendInt(append(b, c.key...), n, 10)
		}
	case TypeMilliseconds:
		if d := *at[time.Duration](c, r); d != 0 || c.required(r) {
			return appendMilliseconds(append(b, c.key...), d)
		}
	case TypeTime:
		if t := at[time.Time](c, r); !t.IsZero() || c.required(r) {
			b = append(append(b, c.key...), '"')
			return append(t.AppendFormat(b, time.RFC3339Nano), '"')
		}
	case TypeKind:
		if k := *at[Kind](c, r); k != 0 || c.required(r) {
			return appendString(append(b, c.key...), k.String())
		}
	case TypeHeader:
		if h := *at[map[string][]string](c, r); len(h) > 0 {
			return appendHeader(append(b, c.key...), h)
		}
	}
	return b
}

// required reports whether NDJSON includes the field of r even if it is empty or 0.
func (c *Column) required(r *Record) bool { return c.always.has(r.Kind) || c.withRaw && len(r.Raw) > 0 }

// appendMilliseconds appends d as a decimal number, exact to the nanosecond.
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

// appendText appends a text. One that is not valid UTF-8 becomes {"base64": "…"},
// so no byte is lost.
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
