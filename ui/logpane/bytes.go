package logpane

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// visibleBytes shows bytes as text in which nothing is invisible. Line feeds are
// marked and end the line; so does a carriage return alone. The other control
// characters are left to the text view, which shows them; a byte that is no
// UTF-8 stands between angle brackets.
func visibleBytes(raw []byte) string {
	var b strings.Builder
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "⟨%02X⟩", raw[0])
		case r == '\n':
			b.WriteString("↵\n")
		case r == '\r' && (len(raw) == 1 || raw[1] != '\n'):
			b.WriteString("\r\n")
		default:
			b.Write(raw[:n])
		}
		raw = raw[n:]
	}
	return b.String()
}

// HexView shows bytes in the usual three columns: offset, hexadecimal, ASCII.
func HexView(raw []byte) string {
	const perLine = 16
	var b strings.Builder
	for offset := 0; offset < len(raw); offset += perLine {
		line := raw[offset:min(offset+perLine, len(raw))]
		fmt.Fprintf(&b, "%08x  %-*s  ", offset, 3*perLine-1, fmt.Sprintf("% x", line))
		for _, c := range line {
			if c < ' ' || c > '~' {
				c = '.'
			}
			b.WriteByte(c)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
