package judge

import (
	"unicode/utf8"

	"sseconsole/client/eventstream"
)

// headSize is how much of a line is judged; its UTF-8 is checked to the end, and
// data as JSON.
const headSize = 1 << 10

// line is one line of a stream.
type line struct {
	head    []byte // its first KiB without the line end; valid until the next line
	rest    []byte // what follows, unless lines.over got it; valid as long
	offset  int64  // of its first byte in the connection
	next    int64  // of the next line
	cr      bool   // a CR alone ends it
	bad     int64  // index of the first byte that is not UTF-8; -1 if all are
	badByte byte   // that byte
}

// lines splits the bytes of a connection into lines, independent of how the bytes
// arrive. It buffers only the head of an unfinished line.
type lines struct {
	take func(*line)
	over func(p []byte, at int64) // gets bytes at offset at that follow the head of the unfinished line

	offset int64 // of the unfinished line
	size   int64 // bytes of it so far
	head   []byte
	text   checker
	cr     bool // a CR ended it, and an LF may follow

	whole line // passed to take
}

// startAt starts again with the byte at offset.
func (l *lines) startAt(offset int64) {
	l.offset, l.size, l.head, l.text, l.cr = offset, 0, l.head[:0], checker{}, false
}

// next returns the offset of the byte expected next.
func (l *lines) next() int64 {
	if l.cr {
		return l.offset + l.size + 1
	}
	return l.offset + l.size
}

// unfinished reports whether there are bytes after the last line end.
func (l *lines) unfinished() bool { return l.size > 0 && !l.cr }

// finish emits the line that a CR at the very end has finished.
func (l *lines) finish() {
	if l.cr {
		l.emit(1)
	}
}

func (l *lines) write(p []byte) {
	if l.cr && len(p) > 0 {
		if p[0] == '\n' {
			p = p[1:]
			l.emit(2)
		} else {
			l.emit(1)
		}
	}
	valid := utf8.Valid(p)
	ends := eventstream.NoLineEnds()
	start := 0
	for {
		end := ends.Next(p, start)
		cr := end < len(p) && p[end] == '\r'
		if l.size > 0 || end == len(p) || cr && end+1 == len(p) {
			l.add(p[start:end])
			if end == len(p) {
				return
			}
			if cr && end+1 == len(p) {
				l.cr = true
				return
			}
		}
		width := 1
		if cr && p[end+1] == '\n' {
			width = 2
		}
		if l.size > 0 {
			l.cr = cr
			l.emit(width)
		} else {
			head := min(end, start+headSize)
			whole := &l.whole
			whole.head, whole.rest = p[start:head], p[head:end]
			whole.offset, whole.next = l.offset, l.offset+int64(end-start+width)
			whole.cr, whole.bad = cr && width == 1, -1
			if !valid {
				var c checker
				c.write(p[start:end])
				whole.bad, whole.badByte = c.result()
			}
			l.take(whole)
			l.offset = whole.next
		}
		start = end + width
	}
}

// add adds bytes to the unfinished line.
func (l *lines) add(p []byte) {
	l.text.write(p)
	n := min(len(p), headSize-len(l.head))
	l.head = append(l.head, p[:n]...)
	if n < len(p) {
		l.over(p[n:], l.offset+l.size+int64(n))
	}
	l.size += int64(len(p))
}

// emit emits the buffered line, whose line end has width bytes.
func (l *lines) emit(width int) {
	whole := &l.whole
	*whole = line{head: l.head, offset: l.offset, next: l.offset + l.size + int64(width), cr: l.cr && width == 1}
	whole.bad, whole.badByte = l.text.result()
	l.take(whole)
	l.startAt(whole.next)
}

// checker finds the first byte of a line that is not UTF-8. The zero value is at the
// beginning of a line.
type checker struct {
	found bool
	bad   byte
	at    int64             // bytes before the bad one, or valid bytes so far
	part  [utf8.UTFMax]byte // an incomplete character
	n     int
}

func (c *checker) write(p []byte) {
	for len(p) > 0 && !c.found {
		if c.n == 0 {
			good := goodUntil(p)
			c.at += int64(good)
			if p = p[good:]; len(p) == 0 {
				return
			}
		}
		c.part[c.n] = p[0]
		c.n++
		p = p[1:]
		part := c.part[:c.n]
		switch r, size := utf8.DecodeRune(part); {
		case !utf8.FullRune(part):
		case r == utf8.RuneError && size == 1:
			c.found, c.bad = true, part[0]
		default:
			c.at += int64(c.n)
			c.n = 0
		}
	}
}

// result returns the first bad byte of a finished line and its index, -1 if there is
// none.
func (c *checker) result() (at int64, bad byte) {
	switch {
	case c.found:
		return c.at, c.bad
	case c.n > 0:
		return c.at, c.part[0]
	}
	return -1, 0
}

// goodUntil returns the length of the longest valid beginning of p.
func goodUntil(p []byte) int {
	if utf8.Valid(p) {
		return len(p)
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}
