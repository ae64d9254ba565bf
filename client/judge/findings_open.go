package judge

import "bytes"

const minCoded = 4 // bytes that identify a coding

// openFindings are about bytes that never become an event.
func openFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "utf16",
				Severity: Error,
				Source:   "HTML, 9.2.5: event streams are always decoded as UTF-8",
				Fires:    Example{"\xff\xfed\x00a\x00t\x00a\x00:\x00a\x00\n\x00\n\x00"},
				Silent:   Example{"data: \xc3\xbf\xc3\xbe\n\n"},
			},
			at: atCode, is: func(s *stream) bool { return isUTF16(s.line.head) }, seen: lineSeen,
		},
		{
			finding: Finding{
				Code:     "compressed_undeclared",
				Severity: Error,
				Source:   "RFC 1952, 2.3.1 (gzip: 1F 8B), RFC 8878, 3.1.1 (zstd: 28 B5 2F FD); RFC 9110, 8.4",
				Fires:    Example{"\x1f\x8b\x08\x00\x00\x00\x00\x00\n"},
				Silent:   Example{"@header Content-Encoding: none", "data: gzip\n\n"},
			},
			at: atCode, is: func(s *stream) bool { return !s.compressed() && codingOf(s.line.head) != "" },
			seen: func(s *stream) string { return codingOf(s.line.head) },
		},
		{
			finding: Finding{
				Code:     "line_feed_escaped",
				Severity: Error,
				Source:   "HTML, 9.2.5: end-of-line = ( cr lf / cr / lf )",
				Fires:    Example{`data: a\n\n`, "@wait 2s"},
				Silent:   Example{`data: a\n\n` + "\n\n", "@wait 2s"},
			},
			at:    atOpen,
			is:    func(s *stream) bool { head, _ := s.escaped(); return head != nil },
			seen:  func(s *stream) string { head, _ := s.escaped(); return quote(head) },
			where: (*stream).escaped,
		},
		{
			finding: Finding{
				Code:     "no_line_end",
				Severity: Error,
				Source:   "HTML, 9.2.5: end-of-line; the protocol of Engine.IO, \"packet types\"",
				Fires:    Example{`0{"sid":"k7"}`, "@wait 2s"},
				Silent:   Example{`data: {"sid"`, "@wait 2s"},
			},
			at:    atOpen,
			is:    func(s *stream) bool { head, _ := s.endless(); return head != nil },
			seen:  func(s *stream) string { head, _ := s.endless(); return quote(head) },
			where: (*stream).endless,
		},
		{
			finding: Finding{
				Code:     "no_line_feed",
				Severity: Error,
				Source:   "HTML, 9.2.5: end-of-line = ( cr lf / cr / lf )",
				Fires:    Example{"data: a<br><br>data: b<br><br>data: c<br><br>", "@wait 2s"},
				Silent:   Example{"data: a<br><br>data: b<br><br>data: c\n\n", "@wait 2s"},
			},
			at: atOpen,
			is: func(s *stream) bool {
				escaped, _ := s.escaped()
				head, _ := s.endlessField()
				return escaped == nil && head != nil
			},
			seen:  func(s *stream) string { head, _ := s.endlessField(); return quote(head) },
			where: (*stream).endlessField,
		},
		{
			finding: Finding{
				Code:     "no_blank_line",
				Severity: Error,
				Source:   "HTML, 9.2.6: \"If the line is empty (a blank line): Dispatch the event\"",
				Fires:    Example{"data: a\n", "@wait 1s", "data: b\n", "@wait 1s", "data: c\n", "@wait 1s"},
				Silent:   Example{"data: a\n", "data: b\n", "data: c\n", "@wait 2s", "\n"},
			},
			at: atOpen,
			is: func(s *stream) bool {
				head, _ := s.escaped()
				return head == nil && s.unseparated() && s.foreign.blanks == 0
			},
			seen:  func(s *stream) string { return quote(s.block.data) },
			where: func(s *stream) ([]byte, int64) { return s.block.data, s.block.offset },
		},
	}
}

// isUTF32 reports whether four bytes are an ASCII character in UTF-32.
func isUTF32(head []byte) bool {
	return head[0] == 0 && head[1] == 0 && head[2] == 0 && head[3] >= ' ' || head[0] >= ' ' && head[1] == 0 && head[2] == 0 && head[3] == 0
}

// isUTF16 reports whether a body that begins with head is UTF-16 or UTF-32.
func isUTF16(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	if len(head) < minCoded {
		return false
	}
	if isUTF32(head) {
		return true
	}
	return head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0 || head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0
}

// codingOf returns the compression that the beginning of a body shows, or "".
func codingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return "gzip"
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return "zstd"
	}
	return ""
}
