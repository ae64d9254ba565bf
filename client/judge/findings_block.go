package judge

import (
	"bytes"
	"strings"
	"unicode"

	"sseconsole/client/visible"
)

// blockFindings are about the lines of one block together.
func blockFindings() []finding {
	typeAt := func(s *stream) ([]byte, int64) { return s.block.typLine, s.block.typAt }
	typeSeen := func(s *stream) string { return quote(s.block.typ) }
	idAt := func(s *stream) ([]byte, int64) { return s.block.id, s.block.idOffset }
	dataAt := func(s *stream) ([]byte, int64) { return s.block.data, s.block.offset }
	dataSeen := func(s *stream) string { return quote(s.block.value()) }
	return []finding{
		{
			finding: Finding{
				Code:     "event_without_data",
				Severity: Warning,
				Source:   "HTML, 9.2.6 (dispatch the event): \"If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and return.\"",
				Fires:    Example{"event: full\n\n"},
				Silent:   Example{"event: full\ndata\n\n", ": keep-alive\nevent: ping\n\n", "event: done\n\n", "@end"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				b := &s.block
				return !b.hasData && len(b.typ) > 0 && !b.oneLine() && !b.torn && !b.comment
			},
			seen: typeSeen, where: typeAt,
		},
		{
			finding: Finding{
				Code:     "one_line_event",
				Severity: Error,
				Source:   "HTML, 9.2.6: the value is all after the first colon of a line",
				Fires:    Example{"event: tick data: a\n\n"},
				Silent:   Example{"event: tick\ndata: b data: a\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool { return !s.block.hasData && s.block.oneLine() || s.fieldBehindJSON() },
			seen: func(s *stream) string {
				if s.block.hasData {
					return dataSeen(s)
				}
				if inLine(s.block.typ) {
					return quote(s.block.typ)
				}
				return quote(s.block.id)
			},
			where: func(s *stream) ([]byte, int64) {
				if s.block.hasData {
					return dataAt(s)
				}
				if inLine(s.block.typ) {
					return typeAt(s)
				}
				return idAt(s)
			},
		},
		{
			finding: Finding{
				Code:     "events_merged",
				Severity: Error,
				Source:   "HTML, 9.2.6: data fields are joined with U+000A; id and event fields overwrite what was set",
				Fires:    Example{"id: 1\ndata: a\nid: 2\ndata: b\n\n"},
				Silent:   Example{"id: 1\nevent: tick\ndata: a\ndata: b\nid: 1\nevent: tick\n\n"},
			},
			at:   atBlock,
			is:   func(s *stream) bool { return s.block.hasData && (s.block.merged || s.twoTexts()) },
			seen: dataSeen, where: dataAt,
		},
		{
			finding: Finding{
				Code:     "framed_twice",
				Severity: Warning,
				Source:   "HTML, 9.2.6: the value is all after the first colon of a line",
				Fires:    Example{"data: data: a\n\n", "data: data: b\n\n"},
				Silent:   Example{"data: id: 5 is paid\n\n", "data: id: 6 is paid\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				return s.block.hasData && (s.framing.twice() || s.framing.now == framedField && isFramedDone(s.block.value()))
			},
			seen: dataSeen, where: dataAt,
		},
		{
			finding: Finding{
				Code:     "comment_as_data",
				Severity: Advice,
				Source:   "HTML, 9.2.6: the value is all after the first colon of a line",
				Fires:    Example{"data: : waiting\n\n", "data: : waiting\n\n"},
				Silent:   Example{": waiting\n\n", "data: :)\n\n", "data: :-)\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				return s.block.hasData && s.framing.now == framedComment && s.framing.comments > 1
			},
			seen: dataSeen, where: dataAt,
		},
		{
			finding: Finding{
				Code:     "type_of_eventsource",
				Severity: Advice,
				Source:   "HTML, 9.2.2: onopen and onerror handle events of type open and error, whoever dispatches them",
				Fires:    Example{"event: error\ndata: full\n\n"},
				Silent:   Example{"event: failure\ndata: error\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				typ := string(s.block.typ)
				return s.block.hasData && (typ == "error" || typ == "open")
			},
			seen: func(s *stream) string { return string(s.block.typ) }, where: typeAt,
		},
		{
			finding: Finding{
				Code:     "type_with_blank",
				Severity: Warning,
				Source:   "HTML, 9.2.6: only one U+0020 SPACE after the colon is removed from a value",
				Fires:    Example{"event: price \ndata: a\n\n"},
				Silent:   Example{"event: best price\ndata: a\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				typ := s.block.typ
				return s.block.hasData && len(bytes.TrimFunc(typ, isBlank)) < len(typ)
			},
			seen: typeSeen, where: typeAt,
		},
		{
			finding: Finding{
				Code:     "id_emptied",
				Severity: Advice,
				Source:   "HTML, 9.2.6: an id field sets the last event ID buffer, an empty one too; 9.2.3: no header is sent for an empty one",
				Fires:    Example{"id: 1\ndata: a\n\n", "id:\ndata: b\n\n"},
				Silent:   Example{"id\ndata: a\n\n", "id: 1\ndata: b\n\n"},
			},
			at: atBlock,
			is: func(s *stream) bool {
				return s.block.hasData && s.block.hasID && len(s.block.id) == 0 && len(s.ids.previous) > 0
			},
			seen: func(s *stream) string { return show(s.ids.previous) }, where: dataAt,
		},
		{
			finding: Finding{
				Code:     "id_of_nothing",
				Severity: Advice,
				Source:   "HTML, 9.2.3: the last event ID string is sent as it is",
				Fires:    Example{"id: undefined\ndata: a\n\n", "id: undefined\ndata: b\n\n"},
				Silent:   Example{"id: a-undefined\ndata: a\n\n", "id: b-undefined\ndata: undefined\n\n"},
			},
			at:   atBlock,
			is:   func(s *stream) bool { return s.block.hasData && s.block.hasID && isNothing(string(s.block.id)) },
			seen: func(s *stream) string { return show(s.block.id) }, where: idAt,
		},
	}
}

// isBlank reports whether a character is invisible.
func isBlank(r rune) bool { return unicode.IsSpace(r) || visible.Hidden(r) }

// oneLine reports whether the block has a data field on the line of another field.
func (b *block) oneLine() bool { return b.hasType && inLine(b.typ) || b.hasID && inLine(b.id) }

// fieldBehindJSON reports whether a field follows the JSON on a data line.
func (s *stream) fieldBehindJSON() bool {
	value, at := s.block.value(), s.payload.json.flawAt-s.payload.at
	return s.block.hasData && s.payload.json.flaw == flawSecond && s.payload.lines == 1 && 0 < at && at < int64(len(value)) && isField(value[at:])
}

// inLine reports whether a value contains a data field.
func inLine(value []byte) bool {
	i := bytes.Index(value, []byte("data:"))
	return i > 0 && strings.IndexByte(" \t,;", value[i-1]) >= 0
}

// twoTexts reports whether the payload is two JSON texts where others are one.
func (s *stream) twoTexts() bool {
	shape := s.event.shape
	return s.payload.apart && s.event.whole && shape.mostly() && shape.batches < shape.json
}

// isNothing reports whether an id is what a program prints for a missing value.
func isNothing(id string) bool {
	switch id {
	case "undefined", "null", "NaN", "None", "nil", "<nil>", "[object Object]":
		return true
	}
	return false
}

// framing counts events whose data is framed a second time.
type framing struct {
	now                      framed
	events, fields, comments int
	data                     int // of fields, those with a line that is data
	texts                    int // events that are neither, nor empty
}

// isFramedDone reports whether data is itself a data line that ends an answer, which
// no user writes.
func isFramedDone(data []byte) bool {
	value, ok := bytes.CutPrefix(data, []byte("data:"))
	return ok && string(bytes.TrimSpace(value)) == "[DONE]"
}

type framed uint8

const (
	framedNot framed = iota
	framedField
	framedComment
)

// takeFraming checks whether the current event's data is itself a field or a comment.
func (s *stream) takeFraming() {
	f, value := &s.framing, s.block.value()
	f.events++
	switch f.now = framedNot; {
	case isField(value):
		f.now = framedField
		f.fields++
		if s.payload.framed {
			f.data++
		}
	case len(value) > 1 && value[0] == ':' && value[1] == ' ':
		f.now = framedComment
		f.comments++
	case len(value) > 0:
		f.texts++
	}
}

// twice reports whether the current event's data is a field, as most are. Lines
// such as "id: 5" are in many texts: most events must be whole ones within, or all
// be a line of one.
func (f *framing) twice() bool {
	return f.now == framedField && f.fields > 1 && f.data > 0 && 2*f.fields > f.events && (2*f.data > f.events || f.texts == 0)
}
