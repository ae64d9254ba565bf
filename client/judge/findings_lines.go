package judge

import (
	"bytes"
	"fmt"
	"strings"

	"sseconsole/client/visible"
)

const (
	notAStream = "not_a_stream"

	bom     = "\uFEFF"
	maxSeen = 80 // bytes of a line that are shown

	shortRetry = 100            // milliseconds; less is probably meant as seconds
	longRetry  = 60 * 60 * 1000 // milliseconds
)

// lineFindings are about the bytes of one line.
func lineFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     notAStream,
				Severity: Error,
				Source:   "HTML, 9.2.6: a field that is none of the four is ignored",
				Fires:    Example{`{"code":500,"msg":"fail"}`, "@end"},
				Silent:   Example{": <hello>\n", `data: {"code":500}` + "\n\n"},
			},
			at: atBeginning,
			is: func(s *stream) bool {
				head := s.line.head
				return len(head) > 0 && strings.IndexByte("<{[", head[0]) >= 0 && s.jsonLines() < 2
			},
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "json_lines",
				Severity: Error,
				Source:   "HTML, 9.2.6: a field that is none of the four is ignored",
				Fires:    Example{"{\"n\":1}\n", "{\"n\":2}\n"},
				Silent:   Example{"data: {\"n\":1}\ndata: {\"n\":2}\n\n"},
			},
			at:   atBeginning,
			is:   func(s *stream) bool { return s.jsonLines() >= 2 },
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "leading_space_lost",
				Severity: Warning,
				Source:   "HTML, 9.2.6: \"If value starts with a U+0020 SPACE character, remove it from value.\"",
				Fires:    Example{"data:a\n\n", "data: b\n\n"},
				Silent:   Example{"data: a\n\n", "data:  b\n\n"},
			},
			at:   atData,
			is:   always,
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "invalid_utf8",
				Severity: Error,
				Source:   "HTML, 9.2.5; Encoding (UTF-8 decode: U+FFFD for errors)",
				Fires:    Example{"data: caf\xe9\n\n"},
				Silent:   Example{"data: caf\xc3", "\xa9\n\n"},
			},
			at: atOddLine,
			is: func(s *stream) bool { return s.line.bad >= 0 },
			seen: func(s *stream) string {
				return fmt.Sprintf("0x%02X @ %d", s.line.badByte, s.line.offset+s.line.bad)
			},
		},
		{
			finding: Finding{
				Code:     "bom_misplaced",
				Severity: Error,
				Source:   "Encoding (UTF-8 decode strips one BOM at the start)",
				Fires:    Example{"data: a\n\n", "\uFEFFdata: b\n\n"},
				Silent:   Example{"\uFEFFdata: a\n\n", "data: \uFEFFb\n\n"},
			},
			at:   atOddLine,
			is:   func(s *stream) bool { return bytes.HasPrefix(s.line.head, []byte(bom)) },
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "cr_only",
				Severity: Warning,
				Source:   "HTML, 9.2.5: end-of-line = ( cr lf / cr / lf )",
				Fires:    Example{"data: a\r\r"},
				Silent:   Example{"data: a\r", "\n\r\n"},
			},
			at:   atOddLine,
			is:   func(s *stream) bool { return s.line.cr },
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "retry_not_a_number",
				Severity: Warning,
				Source:   "HTML, 9.2.6: \"If the field value consists of only ASCII digits\"",
				Fires:    Example{"retry: 3s\n\n"},
				Silent:   Example{"retry: 3000\n\n"},
			},
			at:   atRetry,
			is:   func(s *stream) bool { _, ok := milliseconds(s.value); return !ok && len(s.value) > 0 },
			seen: valueSeen,
		},
		{
			finding: Finding{
				Code:     "retry_empty",
				Severity: Advice,
				Source:   "Chromium, event_source_parser.cc (an empty value sets the default of 3 s); Firefox, EventSource.cpp (MIN_RECONNECTION_TIME_VALUE is 500 ms)",
				Fires:    Example{"retry:\n\n"},
				Silent:   Example{"retry: 3000\n\n"},
			},
			at: atRetry,
			is: func(s *stream) bool { return len(s.value) == 0 },
		},
		{
			finding: Finding{
				Code:     "retry_in_seconds",
				Severity: Warning,
				Source:   "HTML, 9.2.6: retry is in milliseconds; Firefox, EventSource.cpp (MIN_RECONNECTION_TIME_VALUE is 500 ms)",
				Fires:    Example{"retry: 5\n\n"},
				Silent:   Example{"retry: 5000\n\n"},
			},
			at:   atRetry,
			is:   func(s *stream) bool { ms, ok := milliseconds(s.value); return ok && 0 < ms && ms < shortRetry },
			seen: func(s *stream) string { return show(s.value) + " ms" },
		},
		{
			finding: Finding{
				Code:     "retry_extreme",
				Severity: Warning,
				Source:   "HTML, 9.2.6 and 9.2.3: the user agent waits the reconnection time; Firefox, EventSource.cpp (MIN_RECONNECTION_TIME_VALUE is 500 ms)",
				Fires:    Example{"retry: 0\n\n"},
				Silent:   Example{"retry: 3600000\n\n"},
			},
			at:   atRetry,
			is:   func(s *stream) bool { ms, ok := milliseconds(s.value); return ok && (ms == 0 || ms > longRetry) },
			seen: func(s *stream) string { return show(s.value) + " ms" },
		},
		{
			finding: Finding{
				Code:     "id_with_nul",
				Severity: Error,
				Source:   "HTML, 9.2.6: \"If the field value does not contain U+0000 NULL\"",
				Fires:    Example{"id: 1\x002\ndata: a\n\n"},
				Silent:   Example{"id: 12\ndata: \x00\n\n"},
			},
			at:   atBadID,
			is:   always,
			seen: valueSeen,
		},
		{
			finding: Finding{
				Code:     "data_lost_at_end",
				Severity: Error,
				Source:   "HTML, 9.2.6: \"any pending data must be discarded\"",
				Fires:    Example{"data: a\n\n", "data: b\n", "@end"},
				Silent:   Example{"data: a\n\n", ": b", "@end"},
			},
			at:   atEnd,
			is:   func(s *stream) bool { return s.block.hasData && !s.alien },
			seen: func(s *stream) string { return quote(s.block.data) },
		},
	}
}

func lineSeen(s *stream) string  { return quote(s.line.head) }
func valueSeen(s *stream) string { return quote(s.value) }

// quote returns the beginning of b in quotes.
func quote(b []byte) string {
	if len(b) <= maxSeen {
		return visible.Quote(string(b))
	}
	b = b[:maxSeen]
	for n := 1; n < 4 && b[len(b)-n] >= 0x80; n++ {
		if b[len(b)-n] >= 0xC0 { // a character may be cut
			b = b[:len(b)-n]
			break
		}
	}
	return visible.Quote(string(b)) + "…"
}

// show returns the beginning of a text without quotes around it.
func show(b []byte) string {
	text := quote(b)
	more := strings.HasSuffix(text, "…")
	text = strings.TrimSuffix(text, "…")
	text = strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
	if more {
		text += "…"
	}
	return text
}

// milliseconds parses a retry value like a browser: only ASCII digits. All values
// over an hour are the same.
func milliseconds(value []byte) (ms int, ok bool) {
	for _, c := range value {
		if c < '0' || c > '9' {
			return 0, false
		}
		ms = min(ms*10+int(c-'0'), longRetry+1)
	}
	return ms, len(value) > 0
}

// jsonLines returns how many of the first lines of a body that is not a stream are
// JSON objects.
func (s *stream) jsonLines() int {
	if s.foreign.suspect.lines > 0 {
		return s.foreign.suspect.values
	}
	n := 0
	for line := range strings.Lines(s.answer.Data) {
		if !isStructure([]byte(line)) {
			break
		}
		n++
	}
	return n
}

// firstLine returns the first line of a body that is not blank.
func firstLine(body string) []byte {
	body = strings.TrimSpace(strings.TrimPrefix(body, bom))
	first, _, _ := strings.Cut(body, "\n")
	return []byte(first)
}
