// Package visible makes text from elsewhere safe to show: what a terminal or a
// text field would obey instead of showing is escaped, what people write stays.
package visible

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Hidden reports whether r is not seen in a text, or changes how the text around
// it is seen: the control characters of ASCII and C1, line and paragraph
// separators, and the format characters, bidirectional controls among them.
//
// The two joiners are not hidden, since emoji, Persian and the scripts of India
// are written with them; nor are the format characters that have a shape, such
// as the number signs of Arabic.
func Hidden(r rune) bool {
	switch {
	case r < ' ':
		return true
	case r < 0x7f:
		return false
	case r < 0xa0, r == '\u2028', r == '\u2029':
		return true
	case r == zeroWidthJoiner, r == zeroWidthNonJoiner:
		return false
	}
	return unicode.Is(unicode.Cf, r) && !hasShape(r)
}

const (
	zeroWidthJoiner    = '\u200d'
	zeroWidthNonJoiner = '\u200c'
	blackFlag          = '\U0001f3f4'
)

// hasShape reports whether a format character is drawn: those of Arabic, Syriac
// and Kaithi that stand around numbers or abbreviations.
func hasShape(r rune) bool {
	return r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x890 || r == 0x891 || r == 0x8e2 ||
		r == 0x110bd || r == 0x110cd
}

// isTag reports whether r is one of the characters that spell the region of a
// flag, such as Scotland's, behind a black flag.
func isTag(r rune) bool { return r >= 0xe0020 && r <= 0xe007f }

// Line returns s as one line. What is hidden, line feeds and tabs among it, and
// bytes that are not UTF-8 are written as in a Go string: \n, \x1b, \u202e, \xff.
// Backslashes stay as they are, so the result shows s but does not preserve it,
// and Line changes nothing in its own result.
func Line(s string) string { return escape(s, "", Hidden) }

// Text is [Line] for a text of several lines: line feeds and tabs stay.
func Text(s string) string {
	return escape(s, "", func(r rune) bool { return Hidden(r) && r != '\n' && r != '\t' })
}

// Block returns [Text] with a tab at the beginning of every line but the first,
// so that no line of a text can be taken for one of the output around it.
func Block(s string) string { return strings.ReplaceAll(Text(s), "\n", "\n\t") }

// Quote returns [Line] between quotation marks. Those of s and its backslashes
// are escaped, so [strconv.Unquote] gives s back.
func Quote(s string) string { return escape(s, `"`, Hidden) }

// escape writes the runes of s for which hidden returns true as escapes. With a
// quote it writes that at both ends, and escapes it.
func escape(s, quote string, hidden func(rune) bool) string {
	out, done, flag := []byte(quote), 0, false
	for at := 0; at < len(s); {
		if c := s[at]; c >= ' ' && c < 0x7f && (quote == "" || c != '"' && c != '\\') {
			at++
			flag = false
			continue
		}
		r, n := utf8.DecodeRuneInString(s[at:])
		flag = r == blackFlag || flag && isTag(r)
		if r == utf8.RuneError && n == 1 || hidden(r) && !flag || r == '"' || r == '\\' {
			out = append(out, s[done:at]...)
			before := len(out)
			out = strconv.AppendQuoteToASCII(out, s[at:at+n])
			out = append(out[:before], out[before+1:len(out)-1]...) // without its quotes
			done = at + n
		}
		at += n
	}
	if done == 0 && quote == "" {
		return s
	}
	return string(append(append(out, s[done:]...), quote...))
}

// JSON returns valid JSON with what is hidden in its strings escaped, which
// changes nothing of what it means. Line feeds and tabs between the values stay.
// It returns text itself if there is nothing to escape.
func JSON(text []byte) []byte {
	var out []byte
	done := 0
	for at := 0; at < len(text); {
		if text[at] < 0x7f { // JSON itself escapes what is below the space
			at++
			continue
		}
		r, n := utf8.DecodeRune(text[at:])
		if Hidden(r) {
			out = append(out, text[done:at]...)
			for _, unit := range utf16.AppendRune(nil, r) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
			done = at + n
		}
		at += n
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}
