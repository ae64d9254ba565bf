package export

import "sseconsole/client/mask"

// scanner replaces the bytes of the values that json finds with *, in bytes that
// arrive in pieces. In a stream it ignores what precedes the data of a line.
type scanner struct {
	json   mask.Scanner
	stream bool // lines begin with data:, and an empty line ends an event

	line   int  // number of bytes of this line so far
	prefix bool // this line so far is a prefix of data:
	within bool // the line's value has begun
	cr     bool // the previous byte is a carriage return
}

// mask returns p masked, or p itself if it has nothing to mask.
func (s *scanner) mask(p []byte) []byte {
	out := p
	for i, c := range p {
		if s.stream && s.skips(c) {
			continue
		}
		if s.json.Hides(c) {
			if &out[0] == &p[0] {
				out = append([]byte(nil), p...)
			}
			out[i] = '*'
		}
	}
	return out
}

// skips tracks the lines of a stream and reports whether c is not part of data.
func (s *scanner) skips(c byte) bool {
	const field = "data:"
	if c == '\n' && s.cr {
		s.cr = false
		return true
	}
	s.cr = c == '\r'
	if c == '\n' || c == '\r' {
		if s.line == 0 {
			s.json.Reset() // the end of the event
		} else {
			s.json.EndNumber()
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
		s.prefix, s.within = false, true // not a data line
		return false
	}
}
