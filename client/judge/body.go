package judge

import (
	"bytes"

	"sseconsole/client/eventstream"
)

// block is the unfinished block.
type block struct {
	id       []byte // the value of its last good id field
	idOffset int64  // of that line
	hasID    bool
	data     []byte // the beginning of its first data line
	offset   int64  // of that line
	hasData  bool
}

// takeLine judges a line. It must not keep l.head.
func (s *stream) takeLine(l line) {
	if s.alien {
		return
	}
	s.line = l
	if l.offset == 0 {
		s.line.head = bytes.TrimPrefix(s.line.head, []byte(bom))
	}
	misplaced := bytes.HasPrefix(s.line.head, []byte(bom))
	if !s.spoken && len(s.line.head) > 0 {
		s.spoken = true
		s.look(atBeginning)
		if s.alien = s.alien || !s.isStream(); s.alien {
			return
		}
	}
	if l.cr || l.bad >= 0 || misplaced {
		s.look(atOddLine)
	}
	if misplaced {
		return // that it has no known field is a consequence
	}
	if len(s.line.head) == 0 {
		s.endBlock()
		return
	}
	if s.line.head[0] == ':' {
		return
	}
	s.split()
	switch s.name {
	case "data":
		if s.spaces.lost(s.line.head) {
			s.look(atData)
		}
		s.block.addData(s.line)
	case "id":
		if bytes.IndexByte(s.value, 0) >= 0 {
			s.look(atBadID)
			return
		}
		b := &s.block
		b.hasID, b.idOffset = true, l.offset
		b.id = append(b.id[:0], s.value...)
	case "retry":
		s.look(atRetry)
	case "":
		s.look(atOtherLine)
	}
}

// split finds the line's field and its value.
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
	switch {
	case b.hasData && b.hasID:
		if s.ids.take(b.id, s.sent != ""); s.ids.verdict != fine {
			s.look(atID)
		}
	case b.hasID:
		s.ids.pass(b.id)
	}
	if b.hasData {
		s.events++
	}
	s.ids.any = s.ids.any || b.hasID
	b.clear()
}

// takeUnfinished judges what the last line lacks: its end.
func (s *stream) takeUnfinished() {
	s.line = line{head: s.lines.head, offset: s.lines.offset}
	if !s.spoken {
		s.spoken = true
		s.look(atBeginning)
	}
	if s.split(); s.name == "data" {
		s.block.addData(s.line)
	}
}

// addData keeps the beginning of the block's first data line.
func (b *block) addData(l line) {
	if !b.hasData {
		b.hasData, b.offset = true, l.offset
		b.data = append(b.data[:0], l.head[:min(len(l.head), maxRaw)]...)
	}
}

func (b *block) clear() { b.hasID, b.hasData = false, false }

// spaces counts the data lines that have a space after their colon, and those
// that have text.
type spaces struct{ with, without int }

// lost reports whether a data line has a space that a server which sets none
// took from the person's text.
func (s *spaces) lost(line []byte) bool {
	switch rest := line[min(len(line), len("data:")):]; {
	case len(rest) == 0 || len(rest) == 1 && rest[0] == ' ':
		return false // not known
	case rest[0] != ' ':
		s.without++
		return false
	}
	s.with++
	return s.without >= s.with
}
