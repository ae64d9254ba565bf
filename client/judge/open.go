package judge

import (
	"bytes"
	"strings"
	"time"
)

const (
	patience = 1500 * time.Millisecond // from the first byte until a missing event is reported
	breath   = 50 * time.Millisecond   // a gap from which on lines were not written at once
	manyData = 3                       // data lines without a blank line
	noBlank  = 3 * time.Second         // without a byte, after data that lacks nothing but it

	manyFields = 2 // further fields in an unfinished line
)

// waited notes that bytes arrived after a gap of d.
func (s *stream) waited(d time.Duration) {
	if s.began.IsZero() {
		s.began = s.now
	}
	if d >= breath && s.block.hasData && !s.lines.unfinished() {
		s.block.pauses++
	}
}

// stuck looks for bytes that never become an event; over is true if the server has
// ended the stream.
func (s *stream) stuck(over bool) {
	if !s.open || s.alien || s.began.IsZero() {
		return
	}
	quiet := s.now.Sub(s.quietSince) >= pause
	if over || quiet {
		s.flushSize()
	}
	if !over && quiet {
		s.flushEnd()
	}
	if s.events > 0 {
		if !over && s.now.Sub(s.dispatched) >= patience {
			s.look(atOpen)
		}
		return
	}
	if s.now.Sub(s.began) < patience && !over {
		return
	}
	if !s.spoken && len(s.lines.head) >= minCoded {
		s.line = &line{head: s.lines.head, offset: s.lines.offset}
		if s.look(atCode); s.alien {
			return
		}
	}
	s.look(atOpen)
	if over || quiet {
		s.decide()
	}
}

// escaped returns a line whose line ends seem to be written as two characters.
func (s *stream) escaped() (head []byte, offset int64) {
	if head := s.lines.head; s.lines.unfinished() && isField(head) && hasEscapedEnd(head) {
		if s.events > 0 && fieldsWithin(head) == 0 {
			return nil, 0 // the rest of a payload may follow
		}
		return head, s.lines.offset
	}
	switch b := &s.block; {
	case b.hasData && hasEscapedEnd(b.data):
		return b.data, b.offset
	case b.hasID && hasEscapedEnd(b.id):
		return b.id, b.idOffset
	case b.hasType && hasEscapedEnd(b.typ):
		return b.typ, b.typAt
	}
	return nil, 0
}

// endless returns the first line if it has no end and cannot become a field.
func (s *stream) endless() (head []byte, offset int64) {
	head = bytes.TrimPrefix(s.lines.head, []byte(bom))
	if s.lines.offset > 0 || !s.lines.unfinished() || len(head) < len("event:") || isField(head) || head[0] == ':' || strings.IndexByte("<{[", head[0]) >= 0 {
		return nil, 0
	}
	return head, 0
}

// endlessField returns the unfinished line if it contains further fields: the text
// between them does not end a line.
func (s *stream) endlessField() (head []byte, offset int64) {
	head = s.lines.head
	if !s.lines.unfinished() || !isField(head) || fieldsWithin(head) < manyFields {
		return nil, 0
	}
	return head, s.lines.offset
}

// fieldsWithin counts the data fields after the beginning of a line.
func fieldsWithin(line []byte) (n int) {
	for _, before := range bytes.SplitAfter(line, []byte("data:")) {
		if name, ok := bytes.CutSuffix(before, []byte("data:")); ok && len(name) > 0 && name[len(name)-1] != '"' {
			n++
		}
	}
	return n
}

// unseparated reports whether data lines arrived one after the other without a blank
// line, or with none after the first of the stream.
func (s *stream) unseparated() bool {
	b := &s.block
	if s.events == 0 && s.pending() && s.now.Sub(s.quietSince) >= noBlank {
		return true
	}
	return b.hasData && b.dataLines >= manyData && b.pauses >= manyData-1 && s.now.Sub(b.since) >= patience
}
