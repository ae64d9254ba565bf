package judge

import (
	"bytes"
	"strings"
	"time"

	"sseconsole/client/eventstream"
)

const slowComment = 4 * time.Second // after the bytes before the comment

// block is the current, unfinished block.
type block struct {
	id       []byte // the value of its last valid id field
	idOffset int64  // of that line
	hasID    bool
	typ      []byte // the beginning of the value of its last event field
	typAt    int64  // offset of that line
	typLine  []byte // that line
	hasType  bool
	data     []byte // the beginning of its first data line
	from     int    // where its value begins
	offset   int64  // of that line
	hasData  bool

	idSet, typSet fieldTwice
	merged        bool // it seems to be two events
	torn          bool // a line of it was discarded
	comment       bool // it has a comment

	since     time.Time // arrival of its first data line
	dataLines int
	pauses    int // between its lines
}

// fieldTwice detects a field that is repeated after data and followed by more data.
type fieldTwice struct{ set, data, again bool }

func (f *fieldTwice) field() { f.again, f.set = f.again || f.data, true }

// line notes a data line and reports whether the block is two events.
func (f *fieldTwice) line() bool {
	f.data = f.data || f.set
	return f.again
}

// takeLine judges a line. It must not retain l.head.
func (s *stream) takeLine(l *line) {
	if s.alien {
		return
	}
	s.line = l
	if l.offset == 0 {
		s.line.head = bytes.TrimPrefix(s.line.head, []byte(bom))
	}
	if !s.spoken && len(s.line.head) > 0 {
		if s.begins(); s.alien {
			return
		}
	}
	misplaced := bytes.HasPrefix(s.line.head, []byte(bom))
	comment := len(s.line.head) > 0 && s.line.head[0] == ':'
	if len(s.line.head) > 0 && !comment {
		if s.split(); s.name == "" && !misplaced && s.takeForeign() {
			return
		}
	}
	if l.cr || l.bad >= 0 || misplaced {
		s.look(atOddLine)
	}
	switch {
	case misplaced: // therefore it has no known field
		s.block.torn = true
	case len(s.line.head) == 0:
		s.endBlock()
	case comment:
		s.takeComment()
	case s.name == "":
		s.look(atOtherLine)
	default:
		s.takeField()
		s.takeValue()
	}
	s.long = false
}

// begins judges the beginning of the body, which is in the current line.
func (s *stream) begins() {
	s.spoken = true
	if s.look(atCode); s.alien {
		return
	}
	if s.compressed() && codingOf(s.line.head) != "" {
		s.alien = true // still compressed; another finding says so
		return
	}
	if !s.isStream() {
		s.look(atBeginning)
		s.alien = true
	}
}

// takeValue judges a line with one of the four fields.
func (s *stream) takeValue() {
	b := &s.block
	switch s.name {
	case "data":
		if !b.indents() && s.spaces.lost(s.line.head) {
			s.look(atData)
		}
		if s.long { // takeOver has read it
			s.long = false
		} else {
			s.takeData()
		}
		if len(s.line.rest) > 0 {
			s.payload.write(s.line.rest, s.line.offset+headSize)
		}
		s.addData()
		b.dataLines++
	case "event":
		b.typSet.field()
		b.hasType, b.typAt = true, s.line.offset
		b.typ = append(b.typ[:0], s.value[:min(len(s.value), maxRaw)]...)
		b.typLine = append(b.typLine[:0], s.line.head[:min(len(s.line.head), maxRaw)]...)
	case "id":
		if bytes.IndexByte(s.value, 0) >= 0 {
			s.look(atBadID)
			return
		}
		if !b.hasID || !bytes.Equal(b.id, s.value) {
			b.idSet.field()
		}
		b.hasID, b.idOffset = true, s.line.offset
		b.id = append(b.id[:0], s.value...)
	case "retry":
		s.look(atRetry)
	}
}

// takeData reads the head of a data line, after split.
func (s *stream) takeData() {
	b, p := &s.block, &s.payload
	at := s.line.offset + int64(len(s.line.head)-len(s.value))
	if !b.hasData {
		p.begin(s.value, at)
		b.since = s.now
	}
	merged, again := b.idSet.line(), b.typSet.line()
	b.merged = b.merged || merged || again
	p.line(s.value, at, b.hasID || s.ids.any)
}

// takeOver reads bytes that follow the head of an unfinished line.
func (s *stream) takeOver(p []byte, at int64) {
	if s.alien || !s.isStream() {
		return
	}
	if !s.long {
		s.line = &line{head: s.lines.head, offset: s.lines.offset}
		if s.line.offset == 0 {
			s.line.head = bytes.TrimPrefix(s.line.head, []byte(bom))
		}
		if s.split(); s.name != "data" {
			return
		}
		s.long = true
		s.takeData()
		s.addData()
	}
	s.payload.write(p, at)
}

// takeComment judges a comment.
func (s *stream) takeComment() {
	s.block.comment = true
	s.comments++
	text := bytes.TrimLeft(s.line.head[1:], " ")
	if s.events > 0 {
		return
	}
	switch {
	case bytes.HasPrefix(text, []byte("data:")):
		s.commented += 3
	case isField(text): // perhaps it tells about the connection
		s.commented++
	case bytes.HasPrefix(text, []byte(`{"`)) && s.gap < slowComment: // a slow one may be a heartbeat
		s.commented++
	default:
		return
	}
	if s.commented > sure {
		s.look(atComment)
	}
}

// split sets name and value to those of the line's field.
func (s *stream) split() {
	var field []byte
	field, s.value = eventstream.Field(s.line.head)
	switch string(field) {
	case "data":
		s.name = "data"
	case "event":
		s.name = "event"
	case "id":
		s.name = "id"
	case "retry":
		s.name = "retry"
	default:
		s.name = ""
	}
}

func (s *stream) endBlock() {
	b := &s.block
	if !b.hasData && !b.hasID && !b.hasType {
		b.clear()
		return
	}
	if b.hasData {
		s.takePayload()
	}
	s.takeIDs()
	s.ids.any = s.ids.any || b.hasID
	s.flushEnd()
	if !b.hasData && isEndMark(b.typ) {
		s.finished, s.ended = true, true
		s.unheard = unheard{append(s.unheard.typ[:0], b.typ...), append(s.unheard.line[:0], b.typLine...), b.typAt}
		b.clear()
		return
	}
	if b.hasType || b.merged || s.payload.apart || s.framing.now != framedNot || s.fieldBehindJSON() || b.hasID && (len(b.id) == 0 || isNothing(string(b.id)) || inLine(b.id)) {
		s.look(atBlock)
	}
	if b.hasData {
		s.events++
		s.dispatched = s.now
		if s.events == 1 {
			s.awaited = s.now.Sub(s.answer.Time) >= together
		}
		s.rhythm.times.add(b.data)
	}
	b.clear()
}

// unheard is the type of a block without data that was meant to announce the end of
// the stream. If the server then ends the stream, nothing was missed.
type unheard struct {
	typ, line []byte
	at        int64
}

// flushEnd judges such a block: the stream continues or stays open after it.
func (s *stream) flushEnd() {
	u := &s.unheard
	if len(u.typ) == 0 {
		return
	}
	present := s.block
	s.block = block{hasType: true, typ: u.typ, typLine: u.line, typAt: u.at}
	s.look(atBlock)
	s.block = present
	u.typ = u.typ[:0]
}

// takeIDs judges the identity of a block.
func (s *stream) takeIDs() {
	b := &s.block
	content := s.payload.content
	switch {
	case b.hasData && b.hasID:
		if s.ids.take(b.id, content, s.sent != ""); s.ids.verdict != fine {
			s.look(atID)
		}
	case b.hasID:
		s.ids.pass(b.id)
	case b.hasData && s.ids.any && s.ids.tail.take(content):
		s.ids.verdict = doubled
		s.look(atID)
	}
}

// takeUnfinished judges a last line without a line end.
func (s *stream) takeUnfinished() {
	s.line = &line{head: s.lines.head, offset: s.lines.offset}
	if !s.spoken {
		if s.begins(); s.alien {
			return
		}
	}
	switch s.split(); {
	case s.name == "data":
		s.addData()
	case s.name == "" && len(s.line.head) > 0 && s.line.head[0] != ':':
		if !s.takeForeign() && s.foreign.kind == jsonLine {
			s.look(atOtherLine)
		}
	}
}

// addData saves the beginning of the block's first data line.
func (s *stream) addData() {
	b, head := &s.block, s.line.head
	if !b.hasData {
		b.hasData, b.offset = true, s.line.offset
		b.data = append(b.data[:0], head[:min(len(head), maxRaw)]...)
		b.from = min(len(head)-len(s.value), len(b.data))
	}
}

// indents reports whether the next data line is within JSON or markup, where leading
// space does not matter.
func (b *block) indents() bool {
	value := b.value()
	return len(value) > 0 && strings.IndexByte("<{[", value[0]) >= 0
}

// value returns the beginning of the value of the block's first data line.
func (b *block) value() []byte {
	if !b.hasData {
		return nil
	}
	return b.data[b.from:]
}

func (b *block) clear() {
	b.hasID, b.hasType, b.hasData, b.merged, b.torn, b.comment = false, false, false, false, false, false
	b.idSet, b.typSet = fieldTwice{}, fieldTwice{}
	b.typ = b.typ[:0]
	b.dataLines, b.pauses = 0, 0
}

// spaces counts the data lines with a space after the colon, and those that begin
// with text there. Before JSON, markup or a number a space does not matter.
type spaces struct{ with, without int }

// lost reports whether the space after a line's colon belongs to the payload,
// because the server writes none itself.
func (s *spaces) lost(line []byte) bool {
	if len(line) <= len("data:") {
		return false
	}
	rest := line[len("data:"):]
	spaced := rest[0] == ' '
	if spaced && s.without <= s.with {
		s.with++
		return false
	}
	text := bytes.TrimLeft(rest, " ")
	switch {
	case len(text) == 0 || strings.IndexByte("<{[\"", text[0]) >= 0 || isDigit(text[0]):
		return false // unknown
	case !spaced:
		s.without++
		return false
	}
	s.with++
	return s.without >= s.with
}
