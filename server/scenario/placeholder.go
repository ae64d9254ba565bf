package scenario

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// placeholder matches a placeholder, also with a second pair of braces, which escapes it.
var placeholder = regexp.MustCompile(`\{?\{(n|time|uuid|random -?\d{1,15} -?\d{1,15})\}\}?`)

// expand replaces the placeholders in text: {n} by n, the iteration of the innermost
// loop, counted from 1; {time} by the time in the form of RFC 3339, with milliseconds;
// {uuid} by a random UUID (RFC 9562, version 4); {random A B} by a random integer from A to
// B. {{n}} becomes {n}.
func expand(text string, n int64, now time.Time) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		open, shut := strings.HasPrefix(found, "{{"), strings.HasSuffix(found, "}}")
		if open && shut {
			return found[1 : len(found)-1]
		}
		before, after := "", ""
		if open { // an unrelated brace
			found, before = found[1:], "{"
		}
		if shut {
			found, after = found[:len(found)-1], "}"
		}
		return before + value(found[1:len(found)-1], n, now) + after
	})
}

func value(name string, n int64, now time.Time) string {
	switch name {
	case "n":
		return strconv.FormatInt(n, 10)
	case "time":
		return now.Format("2006-01-02T15:04:05.000Z07:00")
	case "uuid":
		return newUUID()
	}
	var from, to int64
	fmt.Sscanf(name, "random %d %d", &from, &to)
	if to < from {
		from, to = to, from
	}
	return strconv.FormatInt(from+mathrand.Int64N(to-from+1), 10)
}

func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
