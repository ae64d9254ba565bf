package eventstream

import "bytes"

// LineEnds finds the ends of the lines of one text, one after the other. Each
// of LF and CR is searched for again only once it was passed, so that a text with one
// kind of line end is not searched for the other in every line.
type LineEnds struct{ lf, cr int }

// NoLineEnds returns a LineEnds that has found none yet.
func NoLineEnds() LineEnds { return LineEnds{-1, -1} }

// Next returns where the first LF or CR at or after from is in text, which is
// the same at every call, len(text) if there is none. from never falls.
func (e *LineEnds) Next(text []byte, from int) int {
	if e.lf < from || e.cr < from {
		e.search(text, from)
	}
	return min(e.lf, e.cr)
}

// search is apart from Next, which is so small that it costs no call.
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

// Field splits a line, without its end, into the name of a field and its value
// (HTML standard, 9.2.6). A line that is not empty and has no name is a comment;
// one without a colon is a name alone.
func Field(line []byte) (name, value []byte) {
	at := len("data")
	if len(line) <= at || string(line[:at+1]) != "data:" { // nearly every line is one
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
