package record

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MarshalJSON returns the record as a line of NDJSON without the line feed. Times
// are RFC 3339 with nanoseconds, durations are milliseconds. A text that is not
// valid UTF-8 becomes an object {"base64": "…"} with its bytes.
func (r Record) MarshalJSON() ([]byte, error) { return r.appendJSON(nil), nil }

// UnmarshalJSON is the inverse of MarshalJSON. It ignores unknown fields. So that
// nothing gets lost, it rejects duplicate fields, and bytes and escapes that are
// not Unicode. For an unknown kind it returns an *UnknownKindError.
func (r *Record) UnmarshalJSON(data []byte) error {
	_, err := r.parse(new(parser), data)
	return err
}

// parser holds what is reused from line to line.
type parser struct {
	line bytes.Buffer
	in   jsontext.Decoder
}

// errNoKind says that an object is not a record.
var errNoKind = errors.New("record: no kind")

// parse sets r from a line of NDJSON and returns the number of unknown fields. The
// error for an unknown kind takes precedence: its fields may have other types.
func (r *Record) parse(p *parser, line []byte) (unknown int, err error) {
	*r = Record{}
	p.line = *bytes.NewBuffer(line)
	p.in.Reset(&p.line)
	in := &p.in
	if in.PeekKind() != '{' {
		_, err := in.ReadValue()
		return 0, errors.Join(errNotObject, err)
	}
	if _, err := in.ReadToken(); err != nil {
		return 0, err
	}
	var bad, kind error
	for in.PeekKind() != '}' {
		name, err := in.ReadValue()
		if err != nil {
			return 0, err
		}
		c := columnOf(name)
		value, err := in.ReadValue()
		switch {
		case err != nil:
			return 0, err
		case c == nil:
			unknown++
			continue
		}
		err = c.set(r, value)
		var alien *UnknownKindError
		switch {
		case err == nil:
		case !errors.As(err, &alien):
			bad = cmp.Or(bad, fmt.Errorf("%s: %w", c.Name, err))
		case c.Name == "kind":
			kind = err
		default:
			unknown++
		}
	}
	if _, err := in.ReadToken(); err != nil {
		return 0, err
	}
	if _, err := in.ReadToken(); !errors.Is(err, io.EOF) {
		return 0, errors.Join(errNotObject, err)
	}
	switch {
	case kind != nil:
		return unknown, kind
	case bad != nil:
		return unknown, bad
	case r.Kind == 0:
		return unknown, errNoKind
	}
	r.Renew()
	return unknown, nil
}

// errNotObject says that a line is not exactly one JSON object.
var errNotObject = errors.New("record: not an object")

var byName = func() map[string]*Column {
	names := make(map[string]*Column, len(table))
	for i := range table {
		names[table[i].Name] = &table[i]
	}
	return names
}()

// columnOf returns the column with a quoted name, or nil if there is none.
func columnOf(quoted jsontext.Value) *Column {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return byName[string(quoted[1:len(quoted)-1])]
	}
	name, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return nil
	}
	return byName[string(name)]
}

// set sets the field to a JSON value; null leaves it unchanged.
func (c *Column) set(r *Record, value jsontext.Value) (err error) {
	if value.Kind() == 'n' {
		return nil
	}
	switch c.Type {
	case TypeText:
		*at[string](c, r), err = parseText(value)
	case TypeBytes:
		var s string
		if s, err = parseText(value); s != "" {
			*at[[]byte](c, r) = []byte(s)
		}
	case TypeInt:
		var n int64
		n, err = parseNumber(value, strconv.IntSize)
		*at[int](c, r) = int(n)
	case TypeLong:
		*at[int64](c, r), err = parseNumber(value, 64)
	case TypeMilliseconds:
		*at[time.Duration](c, r), err = parseMilliseconds(value)
	case TypeTime:
		err = at[time.Time](c, r).UnmarshalJSON(value)
	case TypeKind:
		var name string
		if name, err = parseText(value); err == nil && name != "" {
			err = at[Kind](c, r).UnmarshalText([]byte(name))
		}
	case TypeHeader:
		*at[map[string][]string](c, r), err = parseHeader(value)
	}
	return err
}

// not says that a value has the wrong type.
func not(what string, value jsontext.Value) error {
	return fmt.Errorf("got %s, want %s", value.Kind(), what)
}

// coded is a text that is not valid UTF-8. In JSON, []byte is base64.
type coded struct {
	Bytes []byte `json:"base64"`
}

func parseText(value jsontext.Value) (string, error) {
	if value.Kind() == '{' {
		var c coded
		err := json.Unmarshal(value, &c, json.RejectUnknownMembers(true))
		return string(c.Bytes), err
	}
	if value.Kind() != '"' {
		return "", not("string", value)
	}
	if bytes.IndexByte(value, '\\') < 0 {
		return string(value[1 : len(value)-1]), nil
	}
	s, err := jsontext.AppendUnquote(nil, value)
	return string(s), err
}

func parseNumber(value jsontext.Value, bits int) (int64, error) {
	if value.Kind() != '0' {
		return 0, not("number", value)
	}
	n, err := strconv.ParseInt(string(value), 10, bits)
	return n, errors.Unwrap(err) // without the digits, which may be many
}

// parseMilliseconds parses a decimal number, exact to the nanosecond.
func parseMilliseconds(value jsontext.Value) (time.Duration, error) {
	if value.Kind() != '0' {
		return 0, not("number", value)
	}
	d, err := time.ParseDuration(string(value) + "ms") // it is exact for decimals
	if err == nil {
		return d, nil
	}
	f, err := strconv.ParseFloat(string(value), 64) // another program may write 1e3
	f *= float64(time.Millisecond)
	if err != nil || math.Abs(f) >= math.MaxInt64 {
		return 0, errors.New("duration out of range")
	}
	return time.Duration(f), nil
}

func parseHeader(value jsontext.Value) (map[string][]string, error) {
	var lists map[string][]jsontext.Value
	if err := json.Unmarshal(value, &lists); err != nil || len(lists) == 0 {
		return nil, err
	}
	header := make(map[string][]string, len(lists))
	for name, values := range lists {
		header[name] = make([]string, len(values))
		for i, v := range values {
			var err error
			if v.Kind() == 'n' {
				continue
			}
			if header[name][i], err = parseText(v); err != nil {
				return nil, err
			}
		}
	}
	return header, nil
}
