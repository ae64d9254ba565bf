package judge

import (
	"encoding/binary"
	"strconv"
)

func (j *jsonText) escape(c byte, at int64) {
	j.state = jsonString
	switch c {
	case 'u':
		j.state, j.code, j.hex = jsonHex, 0, 0
		return
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
	default:
		j.fail(flawOther, at)
	}
	j.keepByte(c)
}

func (j *jsonText) hexDigit(c byte, at int64) {
	digit, err := strconv.ParseUint(string(rune(c)), 16, 8)
	if err != nil {
		j.fail(flawOther, at)
		return
	}
	j.code = j.code<<4 | rune(digit)
	if j.hex++; j.hex < 4 {
		return
	}
	j.state = jsonString
	high := 0xD800 <= j.code && j.code < 0xDC00
	low := 0xDC00 <= j.code && j.code < 0xE000
	switch {
	case low && !j.high:
		j.half(j.from)
	case high && j.high:
		j.half(j.highAt)
	}
	j.n++ // the character itself does not matter
	j.last = 0
	if j.n == 1 {
		j.first = 0
	}
	j.high, j.highAt = high, j.from
}

// half notes half of a surrogate pair.
func (j *jsonText) half(at int64) {
	if j.halfAt < 0 {
		j.halfAt = at
	}
}

// keep takes unescaped bytes of a string.
func (j *jsonText) keep(p []byte) {
	j.alone()
	if j.n == 0 {
		j.first = p[0]
	}
	if j.n < jsonKept {
		copy(j.text[j.n:], p)
	}
	j.n += len(p)
	j.last = p[len(p)-1]
}

func (j *jsonText) keepByte(c byte) {
	j.alone()
	if j.n == 0 {
		j.first = c
	}
	if j.n < jsonKept {
		j.text[j.n] = c
	}
	j.n++
	j.last = c
}

// alone notes that no \u follows the high surrogate before.
func (j *jsonText) alone() {
	if j.high {
		j.half(j.highAt)
		j.high = false
	}
}

// plain returns how many of the first bytes of p are unescaped characters of a
// string.
func plain(p []byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	// special sets the high bit of each byte that is a quote, a backslash or below a space.
	special := func(w uint64) uint64 {
		quote, slash := w^ones*'"', w^ones*'\\'
		return ((w-ones*' ')&^w | (quote-ones)&^quote | (slash-ones)&^slash) & highs
	}
	n := 0
	for ; n+32 <= len(p); n += 32 {
		b := p[n : n+32]
		if special(binary.LittleEndian.Uint64(b))|special(binary.LittleEndian.Uint64(b[8:]))|
			special(binary.LittleEndian.Uint64(b[16:]))|special(binary.LittleEndian.Uint64(b[24:])) != 0 {
			break
		}
	}
	for ; n+8 <= len(p) && special(binary.LittleEndian.Uint64(p[n:])) == 0; n += 8 {
	}
	for n < len(p) && p[n] >= ' ' && p[n] != '"' && p[n] != '\\' {
		n++
	}
	return n
}
