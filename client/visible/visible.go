// Package visible makes text from elsewhere safe to show. It escapes what a
// terminal or a text field would obey instead of showing, and leaves ordinary
// text of any language unchanged.
package visible

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Hidden reports whether r is invisible in a text or changes how the text around
// it is shown: the control characters of ASCII and C1, line and paragraph
// separators, and format characters, including bidirectional controls.
//
// The two joiners are not hidden, since emoji, Persian and the scripts of India
// need them; nor are format characters that have a shape, such as the number
// signs of Arabic.
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
// and Kaithi that surround numbers or abbreviations.
func hasShape(r rune) bool {
	return r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x890 || r == 0x891 || r == 0x8e2 ||
		r == 0x110bd || r == 0x110cd
}

// isTag reports whether r is one of the characters that, after a black flag,
// spell the region of a flag such as Scotland's.
func isTag(r rune) bool { return r >= 0xe0020 && r <= 0xe007f }

// Line returns s as one line. Hidden characters, line feeds and tabs among them,
// and bytes that are not UTF-8 are written as in a Go string: \n, \x1b, \u202e,
// \xff. Backslashes are not escaped, so the result cannot be turned back into s,
// and Line changes nothing in its own result.
func Line(s string) string { return escape(s, "", Hidden) }

// Text is [Line] for a text of several lines: it keeps line feeds and tabs.
func Text(s string) string {
	return escape(s, "", func(r rune) bool { return Hidden(r) && r != '\n' && r != '\t' })
}

// Block returns [Text] with a tab at the beginning of every line but the first,
// so that no line of s can be mistaken for a line of the output around it.
func Block(s string) string { return strings.ReplaceAll(Text(s), "\n", "\n\t") }

// Quote returns [Line] between quotation marks. It also escapes quotation marks
// and backslashes in s, so [strconv.Unquote] restores s.
func Quote(s string) string { return escape(s, `"`, Hidden) }

// escape writes the runes of s for which hidden returns true as escapes. If quote
// is not empty, it surrounds the result, and is escaped within it.
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

// JSON returns valid JSON with the hidden characters in its strings escaped,
// which does not change its meaning. Line feeds and tabs between the values stay.
// It returns text itself if there is nothing to escape.
func JSON(text []byte) []byte {
	var out []byte
	done := 0
	for at := 0; at < len(text); {
		if text[at] < 0x7f { // JSON must escape what is below the space
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
