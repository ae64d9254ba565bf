package eventstream

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// Text returns b decoded as UTF-8 by the Encoding standard, with U+FFFD for
// invalid bytes.
func Text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return string(appendText(nil, b))
}

// CutCharacter returns how many bytes at the end of b, up to 3, begin a character
// that is incomplete.
func CutCharacter(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if end := b[len(b)-n:]; utf8.RuneStart(end[0]) {
			if !utf8.FullRune(end) {
				return n
			}
			return 0
		}
	}
	return 0
}

// appendText appends b to dst as the Encoding standard's UTF-8 decoder reads it:
// each maximal prefix of a character becomes one U+FFFD, and so does every other
// invalid byte.
func appendText(dst, b []byte) []byte {
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	for len(b) > 0 {
		if r, size := utf8.DecodeRune(b); r != utf8.RuneError || size > 1 {
			dst = append(dst, b[:size]...)
			b = b[size:]
			continue
		}
		dst = append(dst, replacement...)
		b = b[brokenPrefix(b):]
	}
	return dst
}

// brokenPrefix returns how many bytes of b, which starts with invalid UTF-8, become
// one U+FFFD: the longest prefix that a character can begin with, at least 1.
func brokenPrefix(b []byte) int {
	var low, high byte = 0x80, 0xBF // range of the second byte
	var need int
	switch first := b[0]; {
	case first >= 0xC2 && first <= 0xDF:
		need = 2
	case first >= 0xE0 && first <= 0xEF:
		need = 3
	case first >= 0xF0 && first <= 0xF4:
		need = 4
	default:
		return 1
	}
	switch b[0] {
	case 0xE0: // smaller would be overlong
		low = 0xA0
	case 0xED: // larger would be a surrogate
		high = 0x9F
	case 0xF0: // smaller would be overlong
		low = 0x90
	case 0xF4: // larger would be beyond U+10FFFF
		high = 0x8F
	}
	n := 1
	for n < need && n < len(b) && b[n] >= low && b[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}

// milliseconds parses the value of a retry field, which must consist of ASCII
// digits. Where the standard leaves room it does as Chromium: an empty value is
// the default, and a number over 64 bits is ignored. A value that is too long for
// a Duration becomes the longest one.
func milliseconds(value []byte) (time.Duration, bool) {
	if len(value) == 0 {
		return DefaultReconnectionTime, true
	}
	for _, c := range value {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	ms, err := strconv.ParseUint(string(value), 10, 64)
	if err != nil {
		return 0, false
	}
	if ms > math.MaxInt64/uint64(time.Millisecond) {
		return math.MaxInt64, true
	}
	return time.Duration(ms) * time.Millisecond, true
}
