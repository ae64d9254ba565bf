package judge

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// clock tracks ids that begin with their time of creation.
type clock struct {
	form   form
	ms     uint64
	number uint64 // within one millisecond; 0 if the form has none
	run    int    // ids in order
}

// form is how an id encodes its time.
type form uint8

const (
	noForm     form = iota
	plainForm       // milliseconds since 1970
	streamForm      // milliseconds, a hyphen and a number, as in Redis streams
	ulidForm
	uuidForm // UUID, version 7
	dateForm // RFC 3339
)

func (c *clock) reconnect() { *c = clock{} }

// take reports whether an id is older than the one before, after ids in order.
func (c *clock) take(id []byte) (late bool) {
	f, ms, number := timeOf(id)
	switch {
	case f == noForm || f != c.form:
		*c = clock{form: f, ms: ms, number: number, run: 1}
	case ms < c.ms || ms == c.ms && number < c.number:
		late = c.run >= sure
	default:
		c.run++
		c.ms, c.number = ms, number
	}
	return late
}

func isTime(id []byte) bool {
	f, _, _ := timeOf(id)
	return f != noForm
}

// timeOf returns the time that an id begins with.
func timeOf(id []byte) (f form, ms, n uint64) {
	const since, until = 1_000_000_000_000, 5_000_000_000_000 // 2001 to 2128
	switch {
	case len(id) >= len("2006-01-02T15:04:05") && len(id) <= 40 && id[4] == '-' && id[10] == 'T':
		if at, ok := rfc3339(id); ok {
			return dateForm, uint64(max(0, at.UnixMilli())), 0
		}
	case len(id) == 26 && id[0] <= '7':
		if ms, ok := base32(id[:10]); ok && since < ms && ms < until {
			return ulidForm, ms, 0
		}
	case len(id) == 36 && id[14] == '7' && id[8] == '-' && id[13] == '-':
		if ms, err := strconv.ParseUint(string(id[:8])+string(id[9:13]), 16, 64); err == nil {
			return uuidForm, ms, 0
		}
	case len(id) >= 13 && len(id) <= 24 && id[0] >= '1' && id[0] <= '4':
		head, tail, stream := bytes.Cut(id, []byte{'-'})
		ms, err := strconv.ParseUint(string(head), 10, 64)
		if err != nil || ms < since || ms >= until {
			break
		}
		if !stream {
			return plainForm, ms, 0
		}
		if n, err := strconv.ParseUint(string(tail), 10, 64); err == nil {
			return streamForm, ms, n
		}
	}
	return noForm, 0, 0
}

// isMoment reports whether an id is a time in seconds, or ends with a date or a time
// of day as people write them. Such ids naturally have gaps.
func isMoment(id []byte) bool {
	from := len(id)
	for from > 0 && (isDigit(id[from-1]) || strings.IndexByte("-/:", id[from-1]) >= 0) {
		from--
	}
	text := strings.TrimLeft(string(id[from:]), "-/:")
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) == len("1500000000") && n >= 1_500_000_000 && n < 2_500_000_000 {
		return true
	}
	for _, layout := range []string{"2006-01-02", "2006/01/02", "20060102", "200601021504", "20060102150405", "15:04:05"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// base32 decodes digits of Crockford's alphabet, as in a ULID.
func base32(digits []byte) (n uint64, ok bool) {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for _, c := range digits {
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		value := bytes.IndexByte([]byte(alphabet), c)
		if value < 0 {
			return 0, false
		}
		n = n<<5 | uint64(value)
	}
	return n, true
}
