package eventstream

import "bytes"

// LineEnds finds the ends of the lines of one text, one after another. It searches
// for LF and CR separately, and for each again only after passing it, so a text
// with one kind of line end is not searched for the other in every line.
type LineEnds struct{ lf, cr int }

// NoLineEnds returns a LineEnds that has not searched yet.
func NoLineEnds() LineEnds { return LineEnds{-1, -1} }

// Next returns the index of the first LF or CR in text at or after from, or
// len(text). The text must be the same at every call, and from must not decrease.
func (e *LineEnds) Next(text []byte, from int) int {
	if e.lf < from || e.cr < from {
		e.search(text, from)
	}
	return min(e.lf, e.cr)
}

// search is separate from Next so that Next can be inlined.
func (e *LineEnds) search(text []byte, from int) {
	rest := text[from:]
	if e.lf < from {
		e.lf = len(text)
		if len(rest) > 0 && rest[0] == '\n' {
			e.lf = from
		} else if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			e.lf = from + i
		}
	}
	if e.cr < from {
		e.cr = len(text)
		if i := bytes.IndexByte(rest, '\r'); i >= 0 {
			e.cr = from + i
		}
	}
}

// Field splits a line without its end into the name and the value of a field (HTML
// standard, 9.2.6). A non-empty line with an empty name is a comment; a line
// without a colon is a name without a value.
func Field(line []byte) (name, value []byte) {
	at := len("data")
	if len(line) <= at || string(line[:at+1]) != "data:" { // the common case, checked first
		at = bytes.IndexByte(line, ':')
	}
	if at < 0 {
		return line, line[len(line):]
	}
	name, value = line[:at], line[at+1:]
	if len(value) > 0 && value[0] == ' ' {
		value = value[1:]
	}
	return name, value
}
