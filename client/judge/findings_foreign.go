package judge

import "bytes"

// foreignFindings are about lines that have none of the four fields but show what
// they were meant to be.
func foreignFindings() []finding {
	is := func(kind foreign) func(*stream) bool {
		return func(s *stream) bool { return s.foreign.kind == kind }
	}
	return []finding{
		{
			finding: Finding{
				Code:     "html_in_stream",
				Severity: Error,
				Source:   "HTML, 9.2.6: a field that is none of the four is ignored",
				Fires:    Example{"data: a\n\n", "<br />\n<b>Notice</b>: out of tin<br />\n", "data: b\n\n"},
				Silent:   Example{"data: a\n\n", "data: <br />\ndata: <b>bold</b>\n\n"},
			},
			at: atOtherLine, is: is(htmlLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "json_in_stream",
				Severity: Error,
				Source:   "HTML, 9.2.6: a field that is none of the four is ignored",
				Fires:    Example{"data: a\n\n", `{"error":"no room left"}` + "\n\n"},
				Silent:   Example{"data: a\n\n", `data: {"error":"no room left"}` + "\n\n"},
			},
			at: atOtherLine, is: is(jsonLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "hash_comment",
				Severity: Warning,
				Source:   "HTML, 9.2.6: a line that starts with U+003A COLON is ignored; 9.2.5: comment = colon *any-char end-of-line",
				Fires:    Example{"# keepalive\n", "data: a\n\n"},
				Silent:   Example{": # keepalive\n", "data: #1\n\n"},
			},
			at: atOtherLine, is: is(hashLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "head_in_body",
				Severity: Warning,
				Source:   "RFC 9112, 2.1 (Message Format); RFC 3875, 6.2 (CGI responses)",
				Fires:    Example{"Cache-Control: no-store\r\n\r\n", "data: a\n\n"},
				Silent:   Example{"data: Cache-Control: no-store\n\n"},
			},
			at: atOtherLine, is: is(headerLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "chunk_size_in_body",
				Severity: Warning,
				Source:   "RFC 9112, 7.1 (Chunked Transfer Coding)",
				Fires:    Example{"9\r\ndata: a\n\n\r\n", "9\r\ndata: b\n\n\r\n"},
				Silent:   Example{"data: 9\n\n", "data: 9\n\n"},
			},
			at: atOtherLine, is: is(sizeLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "equals_sign",
				Severity: Error,
				Source:   "HTML, 9.2.6: a line without U+003A COLON is the name of a field",
				Fires:    Example{"data=a\n\n"},
				Silent:   Example{"data: x=a\n\n"},
			},
			at: atOtherLine, is: is(equalsLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "full_width_colon",
				Severity: Error,
				Source:   "HTML, 9.2.5: colon = %x003A",
				Fires:    Example{"data：a\n\n"},
				Silent:   Example{"data:：a\n\n"},
			},
			at: atOtherLine, is: is(colonLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "blank_line_with_blanks",
				Severity: Error,
				Source:   "HTML, 9.2.6: \"If the line is empty (a blank line): Dispatch the event\"",
				Fires:    Example{"data: a\n \n", "data: b\n \n"},
				Silent:   Example{"data: a\n\n", "data: \ndata: b\n\n"},
			},
			at: atOtherLine, is: is(blankLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "payload_line_lost",
				Severity: Error,
				Source:   "HTML, 9.2.6: a field that is none of the four is ignored",
				Fires:    Example{"data: {\n  \"n\": 1\n}\n\n"},
				Silent:   Example{"data: {\ndata:   \"n\": 1\ndata: }\n\n"},
			},
			at: atOtherLine, is: is(payloadLine), seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "no_field",
				Severity: Error,
				Source:   "HTML, 9.2.6: a line without U+003A COLON is the name of a field; a field that is none of the four is ignored",
				Fires:    Example{"data: first\nsecond\n\n"},
				Silent:   Example{"data: first\ndata\n\n"},
			},
			at:   atOtherLine,
			is:   func(s *stream) bool { return s.foreign.plain() && bytes.IndexByte(s.line.head, ':') < 0 },
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "unknown_field",
				Severity: Error,
				Source:   "HTML, 9.2.6: field names are compared literally, with no case folding; one that is none of the four is ignored",
				Fires:    Example{"Data: a\n\n"},
				Silent:   Example{": Data: a\nevent:Data\ndata: a\n\n"},
			},
			at:   atOtherLine,
			is:   func(s *stream) bool { return s.foreign.plain() && bytes.IndexByte(s.line.head, ':') >= 0 },
			seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "payload_in_comments",
				Severity: Error,
				Source:   "HTML, 9.2.6: a line that starts with U+003A COLON is ignored",
				Fires:    Example{":data: a\n\n", ":data: b\n\n"},
				Silent:   Example{":data\n\n", ": b\n\n"},
			},
			at: atComment, is: always, seen: lineSeen,
		},
	}
}

// plain reports whether nothing more is known of the line.
func (f *foreignLines) plain() bool { return f.kind == someLine }
