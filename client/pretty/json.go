package pretty

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// json lays out JSON: every element and member is on a line of its own. Like
// [encoding/json.Indent] it leaves numbers, strings, escapes and the order of members
// unchanged, duplicate members included.
func (l *layout) json(text string) error {
	in := jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		if err := l.goOn(); err != nil {
			return err
		}
		switch err := l.token(in, text); err {
		case nil:
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

// token writes the next token. It returns io.EOF at the end of the text.
func (l *layout) token(in *jsontext.Decoder, text string) error {
	kind := in.PeekKind()
	depth := in.StackDepth()
	parent, before := in.StackIndex(depth) // before counts names and values alike
	switch kind {
	case 0: // the end or an error
		_, err := in.ReadToken()
		if err == io.EOF && before > 0 {
			return err
		}
		return notJSON(err, text)
	case '}', ']':
		if before > 0 {
			l.line(depth - 1)
		}
		_, err := in.ReadToken()
		if err == nil {
			l.out.WriteByte(byte(kind))
		}
		return notJSON(err, text)
	case '{', '[':
		if depth == MaxDepth {
			return ErrTooDeep
		}
	}
	switch {
	case depth == 0 && before > 0: // a value is complete
		from := int(in.InputOffset())
		rest := strings.TrimLeft(text[from:], " \t\r")
		if !strings.HasPrefix(rest, "\n") {
			return &SyntaxError{len(text) - len(rest), "text after the value"}
		}
		l.line(0)
	case depth == 0:
	case parent == '{' && before%2 == 1:
		l.out.WriteString(": ")
	case before > 0:
		l.out.WriteByte(',')
		fallthrough
	default:
		l.line(depth)
	}
	if kind == '{' || kind == '[' {
		_, err := in.ReadToken()
		l.out.WriteByte(byte(kind))
		return notJSON(err, text)
	}
	value, err := in.ReadValue()
	l.out.Write(value)
	return notJSON(err, text)
}

// notJSON returns an error of the library as a *SyntaxError.
func notJSON(err error, text string) error {
	if err == nil {
		return nil
	}
	var wrong *jsontext.SyntacticError
	if !errors.As(err, &wrong) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &SyntaxError{Offset: len(text)}
	}
	return &SyntaxError{min(int(wrong.ByteOffset), len(text)), strings.TrimPrefix(wrong.Err.Error(), "jsontext: ")}
}
