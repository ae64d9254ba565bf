package export

import (
	"encoding/json"
	"strings"
)

// scanner finds the values of JSON fields by their names in bytes that come in
// pieces, and puts * in the place of each of their bytes. In a stream it
// passes over what stands before the data of a line. It reads no more of JSON
// than that takes, so that it finds fields also in what is no JSON as a whole.
type scanner struct {
	names  map[string]bool
	stream bool // lines begin with data:, and an empty line ends an event

	state  scanState
	key    []byte // of the string being read; cut at maxKey
	escape bool   // the byte before is a backslash
	depth  int    // of the objects and lists within a secret value

	line   int  // bytes of this line so far
	prefix bool // this line's bytes were data: until now, or a part of it
	within bool // the line's field name and the space after it are over
	cr     bool // the byte before is a carriage return
}

type scanState uint8

const (
	outside     scanState = iota // where a string may begin
	inString                     // a name or a value that is no secret
	afterString                  // a colon would make the string a name
	beforeValue                  // behind a colon
	inSecret                     // a string that is masked
	inScalar                     // a number or a word that is masked
	inNested                     // an object or a list that is masked
	inNestedString
)

const maxKey = 256

// mask returns p masked: p itself if nothing in it is.
func (s *scanner) mask(p []byte) []byte {
	out := p
	for i, c := range p {
		if s.stream && s.skips(c) {
			continue
		}
		if s.hides(c) {
			if &out[0] == &p[0] {
				out = append([]byte(nil), p...)
			}
			out[i] = '*'
		}
	}
	return out
}

// skips follows the lines of a stream, and tells whether c is no part of data.
func (s *scanner) skips(c byte) bool {
	const field = "data:"
	if c == '\n' && s.cr {
		s.cr = false
		return true
	}
	s.cr = c == '\r'
	if c == '\n' || c == '\r' {
		if s.line == 0 {
			s.reset() // the end of the event
		} else if s.state == inScalar {
			s.state = outside
		}
		s.line, s.within, s.prefix = 0, false, true
		return true
	}
	at := s.line
	s.line++
	switch {
	case s.within:
		return false
	case at == 0:
		s.prefix = true
		fallthrough
	default:
		if s.prefix && at < len(field) && c == field[at] {
			s.within = at == len(field)-1
			return true
		}
		s.prefix, s.within = false, true // a line of another field, or of none
		return false
	}
}

func (s *scanner) reset() {
	s.state, s.escape, s.depth, s.key = outside, false, 0, s.key[:0]
}

// hides takes the next byte, and tells whether it is to be masked.
func (s *scanner) hides(c byte) bool {
	blank := c == ' ' || c == '\t' || c == '\n' || c == '\r'
	switch s.state {
	case outside:
		if c == '"' {
			s.state, s.key = inString, s.key[:0]
		}
	case inString:
		switch {
		case s.escape:
			s.escape = false
		case c == '\\':
			s.escape = true
		case c == '"':
			s.state = afterString
			return false
		}
		if len(s.key) < maxKey {
			s.key = append(s.key, c)
		}
	case afterString:
		switch {
		case c == ':' && s.named():
			s.state = beforeValue
		case c == '"':
			s.state, s.key = inString, s.key[:0]
		case !blank:
			s.state = outside
		}
	case beforeValue:
		switch {
		case blank:
		case c == '"':
			s.state = inSecret
		case c == '{', c == '[':
			s.state, s.depth = inNested, 1
		case c == ',', c == '}', c == ']': // no JSON
			s.state = outside
		default:
			s.state = inScalar
			return true
		}
	case inSecret, inNestedString:
		switch {
		case s.escape:
			s.escape = false
		case c == '\\':
			s.escape = true
		case c == '"':
			if s.state == inSecret {
				s.state = outside
			} else {
				s.state = inNested
			}
			return false
		}
		return true
	case inScalar:
		if blank || c == ',' || c == '}' || c == ']' {
			s.state = outside
			return false
		}
		return true
	case inNested:
		switch {
		case c == '"':
			s.state = inNestedString
		case c == '{', c == '[':
			s.depth++
		case c == '}', c == ']':
			if s.depth--; s.depth == 0 {
				s.state = outside
			}
		case !blank && c != ',' && c != ':':
			return true
		}
	}
	return false
}

// named tells whether the string just read is one of the names.
func (s *scanner) named() bool {
	key := string(s.key)
	if strings.Contains(key, `\`) {
		var plain string
		if json.Unmarshal([]byte(`"`+key+`"`), &plain) == nil {
			key = plain
		}
	}
	return s.names[strings.ToLower(key)]
}
