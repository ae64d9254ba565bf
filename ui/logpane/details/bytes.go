package details

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

// all means that a text contains all bytes.
const all = -1

// checkEvery is the number of bytes between checks of a context.
const checkEvery = 1 << 16

// visibleBytes returns bytes as text in which nothing is invisible. A line feed is
// marked and ends the line, as does a lone carriage return. Other control characters
// are left to the text view, which makes them visible. A byte that is not valid UTF-8
// is shown in hexadecimal between angle brackets.
//
// The text ends when it has most bytes or MostLines lines, or ctx is done. taken is
// the number of bytes of raw in the text, or all.
func visibleBytes(ctx context.Context, raw []byte, most int) (text string, taken int) {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(min(len(raw), most))
	lines := 0
	for at := 0; at < len(raw); {
		if b.Len() >= most || lines == MostLines || at%checkEvery == 0 && ctx.Err() != nil {
			return b.String(), at
		}
		r, n := utf8.DecodeRune(raw[at:])
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString("⟨" + string(hex[raw[at]>>4]) + string(hex[raw[at]&15]) + "⟩")
		case r == '\n':
			b.WriteString("↵\n")
			lines++
		case r == '\r' && (at+1 == len(raw) || raw[at+1] != '\n'):
			b.WriteString("\r\n")
			lines++
		default:
			b.Write(raw[at : at+n])
		}
		at += n
	}
	return b.String(), all
}

// hexView returns bytes in the usual three columns: offset, hexadecimal, ASCII. It
// ends as visibleBytes does, but has no limit of lines.
func hexView(ctx context.Context, raw []byte, most int) (text string, taken int) {
	const perLine, lineBytes = 16, 10 + 3*16 + 1 + 16 + 1
	var b strings.Builder
	b.Grow(min(len(raw)/perLine*lineBytes, most) + lineBytes)
	for offset := 0; offset < len(raw); offset += perLine {
		if b.Len()+lineBytes > most || offset%checkEvery == 0 && ctx.Err() != nil {
			return b.String(), offset
		}
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
	return b.String(), all
}
