// Package pretty indents JSON for people to read. The JSON may come from anyone:
// time and memory grow with the length of the text, however deeply it is nested.
package pretty

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Bounds of [JSON]. Indentation takes two bytes a level, so that without bounds a
// text of n bytes could become n²/4.
const (
	MaxDepth  = 256      // levels of nesting
	MaxOutput = 32 << 20 // bytes of the result
	MaxGrowth = 16       // how many times as long as the text the result may be, plus spare
	spare     = 256 << 10
)

// Errors that say why a text is not indented.
var (
	ErrNotJSON = errors.New("pretty: not valid JSON")
	ErrTooDeep = errors.New("pretty: nested too deeply")
	ErrTooLong = errors.New("pretty: result too long")
)

// heed is the number of tokens after which JSON checks ctx.
const heed = 1 << 12

// JSON returns text, which is one JSON value, with every element and member on a
// line of its own, indented by two spaces a level. Like [encoding/json.Indent] it
// leaves numbers, strings, escapes and the order of members unchanged, duplicate
// members included; it drops space around the value.
//
// The error is ErrNotJSON, ErrTooDeep, ErrTooLong, or the cause of ctx.
func JSON(ctx context.Context, text string) (string, error) {
	most := min(MaxGrowth*len(text)+spare, MaxOutput)
	in := jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	l := layout{in: in}
	l.out.Grow(min(most, len(text)+len(text)/4))
	for n := 0; ; n++ {
		if n%heed == 0 && ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		done, err := l.token()
		switch {
		case err != nil:
			return "", err
		case done:
			return l.out.String(), nil
		case l.out.Len() > most:
			return "", ErrTooLong
		}
	}
}

// layout is a value that is being indented.
type layout struct {
	in  *jsontext.Decoder
	out strings.Builder
}

// token writes the next token and reports whether the text has ended.
func (l *layout) token() (done bool, err error) {
	kind := l.in.PeekKind()
	depth := l.in.StackDepth()
	parent, before := l.in.StackIndex(depth) // before counts names and values alike
	switch kind {
	case '}', ']':
		if before > 0 {
			l.line(depth - 1)
		}
		l.out.WriteByte(byte(kind))
		_, err = l.in.ReadToken()
		return false, notJSON(err)
	case '{', '[':
		if depth == MaxDepth {
			return false, ErrTooDeep
		}
	}
	if depth > 0 {
		switch {
		case parent == '{' && before%2 == 1:
			l.out.WriteString(": ")
		case before > 0:
			l.out.WriteByte(',')
			fallthrough
		default:
			l.line(depth)
		}
	} else if before > 0 { // the value is complete
		if _, err := l.in.ReadToken(); err == io.EOF {
			return true, nil
		}
		return false, ErrNotJSON
	}
	if kind == '{' || kind == '[' {
		l.out.WriteByte(byte(kind))
		_, err = l.in.ReadToken()
		return false, notJSON(err)
	}
	value, err := l.in.ReadValue()
	l.out.Write(value)
	return false, notJSON(err)
}

// line begins a line at a level.
func (l *layout) line(level int) {
	const spaces = "                                "
	l.out.WriteByte('\n')
	for n := 2 * level; n > 0; n -= len(spaces) {
		l.out.WriteString(spaces[:min(n, len(spaces))])
	}
}

func notJSON(err error) error {
	if err != nil {
		return ErrNotJSON
	}
	return nil
}
