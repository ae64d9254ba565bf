package eventstream

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// Text returns b as UTF-8 text, with U+FFFD where it is not, as the Encoding
// standard reads it.
func Text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return string(appendText(nil, b))
}

// CutCharacter returns how many bytes at the end of b, up to 3, begin a
// character that the bytes after b may complete.
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

// appendText appends b to dst as the Encoding standard's UTF-8 decoder reads
// it: each maximal part that begins a character but does not finish it becomes
// one U+FFFD, and so does every other stray byte.
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

// brokenPrefix returns how many bytes of b, which does not start with a valid
// character, stand for one U+FFFD: the longest beginning that some character
// has, at least 1.
func brokenPrefix(b []byte) int {
	var low, high byte = 0x80, 0xBF // what the second byte may be
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
	case 0xE0: // overlong below
		low = 0xA0
	case 0xED: // surrogates above
		high = 0x9F
	case 0xF0: // overlong below
		low = 0x90
	case 0xF4: // beyond U+10FFFF above
		high = 0x8F
	}
	n := 1
	for n < need && n < len(b) && b[n] >= low && b[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}

// milliseconds reads a retry value: ASCII digits only. Where the standard leaves room
// it is as Chromium does: no digit at all stands for the default, and a number over
// 64 bits counts for nothing. One too long for a Duration is the longest one.
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
