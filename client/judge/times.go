package judge

import (
	"bytes"
	"strconv"
	"time"
)

// times tracks the first time in each payload of a lump. They show whether events that
// arrived together were created one after another.
type times struct {
	first, last time.Time
	n           int
	seen        int  // payloads, with or without a time
	mixed       bool // they are not in ascending order
}

const manyTimes = 100 // payloads that are read

// add takes the payload of the next event.
func (t *times) add(payload []byte) {
	if t.seen++; t.seen > manyTimes {
		return
	}
	at, ok := timeIn(payload)
	if !ok {
		return
	}
	if t.n == 0 {
		t.first = at
	} else if at.Before(t.last) {
		t.mixed = true
	}
	t.last = at
	t.n++
}

// within reports whether the events were created one after another during the wait
// for them: older times mean a backlog.
func (t *times) within(wait time.Duration) bool {
	span := t.last.Sub(t.first)
	return t.n >= lumpSize && !t.mixed && span >= wait/3 && span <= wait+wait/10
}

// atOnce reports whether all payloads have the same time.
func (t *times) atOnce() bool {
	return t.n > 0 && t.n == min(t.seen, manyTimes) && !t.mixed && t.last.Sub(t.first) < together
}

// timeIn returns the first time in a payload: in RFC 3339, or in seconds,
// milliseconds, microseconds or nanoseconds since 1970, from September 2001 on.
func timeIn(payload []byte) (time.Time, bool) {
	for i := 0; i < len(payload); i++ {
		if !isDigit(payload[i]) {
			continue
		}
		n := i
		for n < len(payload) && isDigit(payload[n]) {
			n++
		}
		if n == i+4 && n < len(payload) && payload[n] == '-' {
			if at, ok := rfc3339(payload[i:]); ok {
				return at, true
			}
		}
		if at, ok := sinceEpoch(payload[i:n]); ok {
			return at, true
		}
		i = n
	}
	return time.Time{}, false
}

func rfc3339(text []byte) (time.Time, bool) {
	end := bytes.IndexAny(text, `" ,}`)
	if end < 0 {
		end = len(text)
	}
	text = text[:min(end, 40)]
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} { // both take fractions
		if at, err := time.Parse(layout, string(text)); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

func sinceEpoch(digits []byte) (time.Time, bool) {
	if digits[0] != '1' && digits[0] != '2' {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	switch len(digits) {
	case 10:
		return time.Unix(n, 0), true
	case 13:
		return time.UnixMilli(n), true
	case 16:
		return time.UnixMicro(n), true
	case 19:
		return time.Unix(0, n), true
	}
	return time.Time{}, false
}
