package mask

import (
	"encoding/json"
	"strings"
)

// Scanner finds the values of secret fields in JSON that arrives byte by byte.
// It reads no more of the syntax than it needs, so it also works on JSON that is
// broken or cut off, and on several values in a row.
type Scanner struct {
	Secret func(name string) bool // called once for the name of each field

	state  scanState
	key    []byte // the string being read, or the name of the secret; cut at maxKey
	escape bool   // the byte before is a backslash
	depth  int    // nesting of objects and lists within a secret value
}

type scanState uint8

const (
	outside     scanState = iota // where a string may begin
	inString                     // a name, or a value that is not a secret
	afterString                  // a colon makes the string a name
	beforeValue                  // after a colon
	inSecret                     // a string
	inScalar                     // a number or a word
	inNested                     // an object or a list
	inNestedString
)

const maxKey = 256

// Reset prepares the scanner for a new text.
func (s *Scanner) Reset() {
	s.state, s.escape, s.depth, s.key = outside, false, 0, s.key[:0]
}

// EndNumber ends a secret that has no quotes, as white space would.
func (s *Scanner) EndNumber() {
	if s.state == inScalar {
		s.state = outside
	}
}

// Hides takes the next byte and reports whether it is part of a secret: of the
// text within the quotes of a string, or of a number or a word. In an object or a
// list that is a secret, every string, number and word counts, names included.
func (s *Scanner) Hides(c byte) bool {
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
		case c == ':' && s.Secret(s.name()):
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
		case c == ',', c == '}', c == ']': // not JSON
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

// name returns the last string read, with its escapes decoded.
func (s *Scanner) name() string {
	key := string(s.key)
	if strings.Contains(key, `\`) {
		var plain string // declared here so that plain names allocate nothing
		if json.Unmarshal([]byte(`"`+key+`"`), &plain) == nil {
			return plain
		}
	}
	return key
}

// ReplaceJSON returns JSON in which each string and number that is a secret, or
// is within an object or a list that is one, is replaced by what replace returns
// for it. The Form of the value is Quoted or Bare. Empty strings, true, false and
// null stay, and so does everything that is not JSON.
func ReplaceJSON(text string, replace func(Value) string) string {
	var b strings.Builder
	s := Scanner{Secret: JSON.Secret}
	written, start := 0, -1
	form := Quoted
	flush := func(end int) {
		v := Value{s.name(), text[start:end], form}
		isName := form == Quoted && s.state == inNested && strings.HasPrefix(strings.TrimLeft(text[end:min(end+longestGap, len(text))], "\" \t\r\n"), ":")
		word := form == Bare && (v.Text == "true" || v.Text == "false" || v.Text == "null")
		if !isName && !word {
			b.WriteString(text[written:start])
			b.WriteString(replace(v))
			written = end
		}
		start = -1
	}
	for i := range len(text) {
		switch hides := s.Hides(text[i]); {
		case hides && start < 0:
			start, form = i, Quoted
			if s.state == inScalar || s.state == inNested {
				form = Bare
			}
		case !hides && start >= 0:
			flush(i)
		}
	}
	if start >= 0 {
		flush(len(text))
	}
	if written == 0 {
		return text
	}
	b.WriteString(text[written:])
	return b.String()
}

// longestGap is how far after a name its colon is looked for, in bytes.
const longestGap = 64
