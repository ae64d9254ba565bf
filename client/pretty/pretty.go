// Package pretty lays out JSON, lines of JSON, XML and HTML for people to read, and finds
// the path of a value in the result. The text may come from anyone: time and memory grow
// with its length, however deeply it is nested.
//
// Every nested part begins on a line that is less indented than the lines of its content,
// by two spaces a level, so a view can fold parts without knowing the syntax.
package pretty

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"
)

// Bounds of [Text]. Indentation takes two bytes a level, so that without bounds a
// text of n bytes could become n²/4.
const (
	MaxDepth  = 256      // levels of nesting
	MaxOutput = 32 << 20 // bytes of the result
	MaxGrowth = 16       // how many times as long as the text the result may be, plus spare
	spare     = 256 << 10
)

// Errors that say why a text is not laid out.
var (
	ErrNotJSON = errors.New("pretty: not valid JSON")
	ErrTooDeep = errors.New("pretty: nested too deeply")
	ErrTooLong = errors.New("pretty: result too long")
)

// SyntaxError says where a text stops being JSON. It wraps ErrNotJSON.
type SyntaxError struct {
	Offset int    // in bytes
	Reason string // in the words of the library; "" if the text ends too early
}

func (e *SyntaxError) Error() string { return strings.TrimSpace(ErrNotJSON.Error() + ": " + e.Reason) }

// Unwrap returns ErrNotJSON.
func (e *SyntaxError) Unwrap() error { return ErrNotJSON }

// Syntax is the syntax of a text.
type Syntax uint8

// The syntaxes.
const (
	Plain  Syntax = iota // anything else
	JSON                 // one JSON object or array, or several, each on lines of its own
	Markup               // XML or HTML
)

// SyntaxOf guesses the syntax of a text from its ends. It takes the same short time for
// every text.
func SyntaxOf(text string) Syntax {
	const look = 64
	first := strings.TrimLeft(text[:min(len(text), look)], space+"\ufeff")
	last := strings.TrimRight(text[max(0, len(text)-look):], space)
	if len(first) < 2 || last == "" {
		return Plain
	}
	end := last[len(last)-1]
	next := strings.TrimLeft(first[1:], space)
	switch first[0] {
	case '{':
		if end == '}' || strings.HasPrefix(next, `"`) {
			return JSON
		}
	case '[':
		if end == ']' || next != "" && strings.IndexByte(`{["`, next[0]) >= 0 {
			return JSON
		}
	case '<':
		if end == '>' && (isLetter(first[1]) || first[1] == '!' || first[1] == '?') {
			return Markup
		}
	}
	return Plain
}

const space = " \t\r\n"

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Text returns text laid out. It changes nothing but the space between the tokens; of
// markup, also the space within tags and around text.
//
// The error is ErrTooDeep, ErrTooLong, a *SyntaxError, or the cause of ctx.
func Text(ctx context.Context, syntax Syntax, text string) (string, error) {
	l := layout{ctx: ctx, most: min(MaxGrowth*len(text)+spare, MaxOutput)}
	l.out.Grow(min(l.most, len(text)+len(text)/4))
	err := l.text(syntax, text)
	if err != nil {
		return "", err
	}
	return l.out.String(), nil
}

// Beginning returns complete lines from the beginning of what Text returns, made from at
// most the first n bytes of text; "" if that gives none. Of markup that ends within a tag of
// several lines, these may differ.
func Beginning(syntax Syntax, text string, n int) string {
	l := layout{ctx: context.Background(), most: MaxGrowth*n + spare}
	text = text[:min(n, len(text))]
	err := l.text(syntax, text)
	var wrong *SyntaxError
	if errors.Is(err, ErrTooDeep) || errors.As(err, &wrong) && wrong.Offset < len(text) {
		return "" // Text will fail
	}
	incomplete := 1
	if syntax == Markup { // more text may put a tag, its text and its end on one line
		incomplete = 3
	}
	lines := l.out.String()
	end := len(lines)
	for ; incomplete > 0 && end >= 0; incomplete-- {
		end = strings.LastIndexByte(lines[:end], '\n')
	}
	return lines[:end+1]
}

// layout is a text that is being laid out.
type layout struct {
	ctx  context.Context
	out  strings.Builder
	most int // bytes of out
	n    int // tokens so far
}

func (l *layout) text(syntax Syntax, text string) error {
	switch syntax {
	case JSON:
		return l.json(text)
	case Markup:
		return l.markup(text)
	}
	l.out.WriteString(text)
	return nil
}

// heed is the number of tokens after which goOn checks ctx.
const heed = 1 << 12

// goOn returns an error if the result is too long or ctx is done. It is called for every
// token.
func (l *layout) goOn() error {
	if l.n++; l.n%heed == 1 && l.ctx.Err() != nil {
		return context.Cause(l.ctx)
	}
	if l.out.Len() > l.most {
		return ErrTooLong
	}
	return nil
}

// line begins a line at a level.
func (l *layout) line(level int) {
	const spaces = "                                "
	l.out.WriteByte('\n')
	for n := 2 * level; n > 0; n -= len(spaces) {
		l.out.WriteString(spaces[:min(n, len(spaces))])
	}
}

// Position returns the line of an offset in text and the character in that line, both
// from 1.
func Position(text string, offset int) (line, character int) {
	before := text[:min(offset, len(text))]
	begin := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[begin:]) + 1
}
