package http1

import "strings"

const whitespace = " \t\r\n" // HTTP whitespace of the Fetch standard

// MediaType returns the type, in lower case, and the charset of Content-Type headers
// as Chromium reads them. The last valid value counts; without a charset it takes
// that of the value before it if the type is the same. The type ends at whitespace.
func MediaType(contentTypes []string) (essence, charset string) {
	for _, value := range splitQuoted(strings.Join(contentTypes, ","), ',') {
		value = strings.Trim(value, whitespace)
		end := strings.IndexAny(value, whitespace+";(")
		if end < 0 {
			end = len(value)
		}
		typ := strings.ToLower(value[:end])
		if !strings.Contains(typ, "/") || typ == "*/*" {
			continue
		}
		named := ""
		if _, params, ok := strings.Cut(value[end:], ";"); ok {
			named = charsetOf(params)
		}
		if named != "" || typ != essence {
			charset = named
		}
		essence = typ
	}
	return essence, charset
}

// charsetOf returns the first charset in the parameters of a type.
func charsetOf(params string) string {
	for _, param := range splitQuoted(params, ';') {
		name, value, _ := strings.Cut(param, "=")
		if value = strings.Trim(value, whitespace); strings.EqualFold(strings.Trim(name, whitespace), "charset") && value != "" {
			return unquote(value)
		}
	}
	return ""
}

// unquote returns the text of a quoted string, whose closing quote may be missing,
// and any other value unchanged.
func unquote(value string) string {
	rest, quoted := strings.CutPrefix(value, `"`)
	if !quoted {
		return value
	}
	var b strings.Builder
	for i := 0; i < len(rest) && rest[i] != '"'; i++ {
		if rest[i] == '\\' && i+1 < len(rest) {
			i++
		}
		b.WriteByte(rest[i])
	}
	return b.String()
}

// splitQuoted splits s at the separators outside quoted strings.
func splitQuoted(s string, separator byte) (values []string) {
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == separator && !quoted:
			values = append(values, s[start:i])
			start = i + 1
		}
	}
	return append(values, s[start:])
}
