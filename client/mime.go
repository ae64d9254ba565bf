package client

import "strings"

const whitespace = " \t\r\n" // HTTP whitespace of the Fetch standard

// isEventStream reports whether Content-Type headers say text/event-stream, by
// the Fetch standard's "extract a MIME type": of several values the last valid
// one counts, case does not, parameters do not.
func isEventStream(contentTypes []string) bool {
	essence := ""
	for _, value := range splitQuoted(strings.Join(contentTypes, ",")) {
		typ, _, _ := strings.Cut(value, ";")
		typ = strings.ToLower(strings.Trim(typ, whitespace))
		main, sub, _ := strings.Cut(typ, "/")
		if isToken(main) && isToken(sub) && typ != "*/*" {
			essence = typ
		}
	}
	return essence == "text/event-stream"
}

// splitQuoted splits at the commas that do not stand in a quoted string.
func splitQuoted(s string) (values []string) {
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == ',' && !quoted:
			values = append(values, s[start:i])
			start = i + 1
		}
	}
	return append(values, s[start:])
}

// isToken reports whether s is an HTTP token (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for _, c := range []byte(s) {
		alphanumeric := '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
		if !alphanumeric && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}
