package judge

import (
	"bytes"
	"fmt"
	"unicode"
)

// jsonFindings are about payloads that are JSON, or were meant to be.
func jsonFindings() []finding {
	dataAt := func(s *stream) ([]byte, int64) { return s.block.data, s.block.offset }
	// flawed finds a flaw in an event whose lines are all fields, so it is not the
	// consequence of another fault.
	flawed := func(f flaw) func(*stream) bool {
		return func(s *stream) bool { return s.isFlawed(f) }
	}
	flawSeen := func(s *stream) string { return s.spot(s.payload.json.flawAt) }
	json := func(code, source string, fires, silent Example, is func(*stream) bool, seen func(*stream) string) finding {
		return finding{
			finding: Finding{Code: code, Severity: Advice, Source: source, Fires: fires, Silent: silent},
			at:      atPayload, is: is, seen: seen, where: dataAt,
		}
	}
	// amiss finds a flaw where most payloads are JSON.
	amiss := func(code, source string, fires, silent Example, f flaw) finding {
		return finding{
			finding: Finding{Code: code, Severity: Advice, Source: source, Fires: fires, Silent: silent},
			at:      atFlaw,
			is:      func(s *stream) bool { return s.flawed.flaw == f },
			seen:    func(s *stream) string { return s.flawed.seen },
			where:   func(s *stream) ([]byte, int64) { return s.flawed.data, s.flawed.at },
		}
	}
	list := []finding{
		json("object_object", "ECMAScript, 20.1.3.6 (Object.prototype.toString)",
			Example{"data: [object Object]\n\n"},
			Example{`data: ["object Object"]` + "\n\n"},
			func(s *stream) bool { return s.objectText() != "" }, (*stream).objectText),
		json("json_trailing_comma", "RFC 8259, 4 and 5",
			Example{`data: {"n":1,}` + "\n\n"},
			Example{`data: {"n":",}"}` + "\n\n"},
			flawed(flawComma), flawSeen),
		json("json_nan", "RFC 8259, 6: \"Numeric values that cannot be represented in the grammar (such as Infinity and NaN) are not permitted.\"",
			Example{`data: {"p":NaN}` + "\n\n"},
			Example{`data: {"p":"NaN"}` + "\n\n", "data: NaN\n\n"},
			flawed(flawNaN), flawSeen),
		json("json_of_another_language", "RFC 8259, 3 and 7",
			Example{`data: {'ok': True}` + "\n\n"},
			Example{`data: {"ok": "'True'"}` + "\n\n", "data: 'True'\n\n"},
			flawed(flawLanguage), flawSeen),
		json("json_bom", "RFC 8259, 8.1: implementations must not add a byte order mark",
			Example{"data: \uFEFF{\"n\":1}\n\n"},
			Example{"data: {\"n\":\"\uFEFF\"}\n\n", "data: \uFEFFa\n\n"},
			func(s *stream) bool {
				p := &s.payload
				return p.marked && p.json.flaw == flawNone && (p.json.top == '{' || p.json.top == '[')
			},
			func(s *stream) string { return quote(s.block.value()) }),
		json("json_in_string", "RFC 8259, 7",
			Example{`data: "{\"n\":1}"` + "\n\n"},
			Example{`data: "n: 1"` + "\n\n", `data: {"a":"{}"}` + "\n\n"},
			func(s *stream) bool {
				shape := s.event.shape
				return s.payload.json.inString && s.payload.json.flaw == flawNone && 2*shape.nested > shape.quoted
			},
			func(s *stream) string { return quote(s.block.value()) }),
		json("json_integer_large", "RFC 8259, 6: integers in the range [-(2**53)+1, (2**53)-1] are interoperable",
			Example{`data: {"id":9007199254740993}` + "\n\n"},
			Example{`data: {"id":"9007199254740993"}` + "\n\n", `data: {"id":9007199254740992}` + "\n\n"},
			func(s *stream) bool { return s.payload.json.flaw == flawNone && s.payload.json.largeAt >= 0 },
			func(s *stream) string { return s.payload.json.large }),
		json("json_half_character", "RFC 8259, 8.2",
			Example{`data: {"t":"\ud83d"}` + "\n\n"},
			Example{`data: {"t":"\ud83d\ude00"}` + "\n\n"},
			func(s *stream) bool { return s.payload.json.flaw == flawNone && s.payload.json.halfAt >= 0 },
			func(s *stream) string { return s.spot(s.payload.json.halfAt) }),
		json("error_in_data", "HTML, 9.2.3: only the end or the failure of a connection fires error",
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"error\":\"no room left\"}\n\n"},
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"error\":null}\n\n"},
			func(s *stream) bool {
				return s.payload.json.flaw == flawNone && s.payload.json.fields.isError && s.event.shape.mostly()
			},
			func(s *stream) string { return quote(s.block.value()) }),
		json("sequence_gap", "the stream's own numbers",
			Example{"data: {\"seq\":1}\n\ndata: {\"seq\":2}\n\ndata: {\"seq\":3}\n\n", "data: {\"seq\":7}\n\ndata: {\"seq\":8}\n\n"},
			Example{"data: {\"seq\":1}\n\ndata: {\"seq\":2}\n\ndata: {\"seq\":5}\n\n", "data: {\"seq\":7}\n\ndata: {\"seq\":8}\n\n"},
			func(s *stream) bool { return s.counter.verdict == gap },
			func(s *stream) string { return fmt.Sprintf("%d → %d", s.counter.from, s.counter.n-1) }),
		json("sequence_backwards", "the stream's own numbers",
			Example{"data: {\"seq\":1}\n\ndata: {\"seq\":2}\n\ndata: {\"seq\":3}\n\n", "data: {\"seq\":5}\n\ndata: {\"seq\":4}\n\n"},
			Example{"data: {\"seq\":1}\n\ndata: {\"seq\":2}\n\ndata: {\"seq\":3}\n\n", "data: {\"seq\":1}\n\ndata: {\"seq\":2}\n\n"},
			func(s *stream) bool { return s.counter.verdict == backwards },
			func(s *stream) string { return fmt.Sprintf("%d → %d", s.counter.from, s.counter.n) }),
	}
	return append(list,
		amiss("json_invalid", "RFC 8259, 2",
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"n\":3 \"m\":4}\n\n"},
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"n\":3, \"m\":4}\n\n"}, flawOther),
		amiss("json_two", "RFC 8259, 2: JSON-text = ws value ws",
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"n\":3}{\"n\":4}\n\n"},
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: [{\"n\":3},{\"n\":4}]\n\n"}, flawSecond),
		amiss("json_cut", "RFC 8259, 2",
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\"n\":3\n\n"},
			Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: {\ndata: \"n\":3}\n\n"}, flawCut),
		finding{
			finding: Finding{
				Code:     "json_and_text",
				Severity: Advice,
				Source:   "RFC 8259, 2",
				Fires:    Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: ping\n\n", "data: {\"n\":3}\n\n"},
				Silent:   Example{"data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "event: ping\ndata: ping\n\n", "data: {\"n\":3}\n\n", "data: [DONE]\n\n"},
			},
			at: atText, is: always,
			seen:  func(s *stream) string { return quote(s.event.shape.oddText) },
			where: func(s *stream) ([]byte, int64) { return s.event.shape.oddText, s.event.shape.oddAt },
		},
		finding{
			finding: Finding{
				Code:     "answer_unfinished",
				Severity: Advice,
				Source:   "the API references of OpenAI (finish_reason, [DONE]), Gemini (finishReason), Anthropic (message_stop) and Ollama (done)",
				Fires:    Example{"data: {\"t\":\"a\",\"finish_reason\":null}\n\n", "data: {\"t\":\"b\",\"finish_reason\":null}\n\n", "@end"},
				Silent:   Example{"data: {\"t\":\"a\",\"finish_reason\":null}\n\n", "data: {\"t\":\"b\",\"finish_reason\":\"stop\"}\n\n", "data: {\"usage\":3}\n\n", "@end"},
			},
			at: atEnd,
			is: func(s *stream) bool { return s.answers > 1 && !s.ended },
		})
}

// isFlawed reports whether the payload has a flaw of its own.
func (s *stream) isFlawed(f flaw) bool {
	return s.payload.json.flaw == f && s.event.whole && !s.isObjectObject() && !s.event.shape.prose()
}

// isObjectObject reports whether the payload is what JavaScript prints for an object.
func (s *stream) isObjectObject() bool {
	return string(s.block.value()) == "[object Object]"
}

// spot returns the payload around an offset of the stream, or its beginning, and the
// offset.
// objectText returns the text of an object that was written as text, or "".
func (s *stream) objectText() string {
	_, rest, found := bytes.Cut(s.block.value(), []byte("[object "))
	name, _, closed := bytes.Cut(rest, []byte("]"))
	if !found || !closed || len(name) == 0 || name[0] < 'A' || name[0] > 'Z' || bytes.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return ""
	}
	return "[object " + string(name) + "]"
}

func (s *stream) spot(at int64) string {
	const around = 24
	value := s.block.value()
	i := at - s.payload.at
	if i < 0 || i > int64(len(value)) || s.payload.lines > 1 {
		return fmt.Sprintf("%s @ %d", quote(value), at)
	}
	from, to := max(0, int(i)-around), min(len(value), int(i)+around)
	return fmt.Sprintf("%s @ %d", quote(value[from:to]), at)
}
