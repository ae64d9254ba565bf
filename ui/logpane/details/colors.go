package details

import (
	"strings"

	"sseconsole/client/inside"
	"sseconsole/client/pretty"
	"sseconsole/ui/widgets"
)

// mostSpans bounds the coloured parts of a line.
const mostSpans = 1 << 10

// styleOf returns how a text of a syntax looks that pretty has laid out. What is before
// from or after to has no colours.
func styleOf(syntax pretty.Syntax, from, to int) widgets.Style {
	spans := jsonSpans
	switch syntax {
	case pretty.Plain:
		return widgets.Style{}
	case pretty.Markup:
		spans = markupSpans
	}
	return widgets.Style{Outline: true, Spans: func(line string, begin int) []widgets.Span {
		if begin < from || begin >= to {
			return nil
		}
		return spans(line)
	}}
}

// brokenAt returns the style of a text that marks the character at an offset.
func brokenAt(offset int) widgets.Style {
	return widgets.Style{Spans: func(line string, begin int) []widgets.Span {
		if at := offset - begin; at >= 0 && at <= len(line) {
			return []widgets.Span{{From: at, To: at + 1, Role: widgets.Bad, Link: true}}
		}
		return nil
	}}
}

// jsonSpans returns the coloured parts of a line of JSON.
func jsonSpans(line string) (spans []widgets.Span) {
	at := len(line) - len(strings.TrimLeft(line, " "))
	if at == len(line) {
		return nil
	}
	if line[at] == '"' {
		if end := at + pretty.StringEnd(line[at:]); strings.HasPrefix(line[end:], ": ") {
			spans = append(spans, widgets.Span{From: at, To: end, Role: widgets.Name})
			at = end + len(": ")
		}
	}
	if at == len(line) {
		return spans
	}
	end := len(strings.TrimSuffix(line, ","))
	switch c := line[at]; {
	case c == '"':
		spans = append(spans, widgets.Span{From: at, To: end, Role: widgets.String, Link: end-at > 2 && isInside(line[at+1:end-1])})
	case c == '-' || c >= '0' && c <= '9':
		spans = append(spans, widgets.Span{From: at, To: end, Role: widgets.Number})
	case c >= 'a' && c <= 'z':
		spans = append(spans, widgets.Span{From: at, To: end, Role: widgets.Literal})
	}
	return spans
}

// isInside reports whether the content of a string of JSON may be decoded. JSON may have a
// backslash before each slash.
func isInside(s string) bool {
	return inside.IsPicture(strings.ReplaceAll(s[:min(len(s), 32)], `\/`, "/")) || inside.IsToken(s)
}

// markupSpans returns the coloured parts of a line of XML or HTML.
func markupSpans(line string) (spans []widgets.Span) {
	add := func(from, to int, role widgets.Role) {
		if from < to {
			spans = append(spans, widgets.Span{From: from, To: to, Role: role})
		}
	}
	for at := 0; at < len(line) && len(spans) < mostSpans; {
		begin := strings.IndexByte(line[at:], '<')
		if begin < 0 {
			break
		}
		begin += at
		if rest := line[begin:]; strings.HasPrefix(rest, "<!") || strings.HasPrefix(rest, "<?") {
			add(begin, len(line), widgets.Muted)
			break
		}
		at = begin + 1
		name := strings.IndexAny(line[at:], " />")
		if name == 0 && line[at] == '/' {
			if name = strings.IndexAny(line[at+1:], " />"); name >= 0 {
				name++
			}
		}
		if name < 0 {
			name = len(line) - at
		}
		add(begin, at+name, widgets.Literal)
		at = attributes(line, at+name, add)
	}
	return spans
}

// attributes colours the attributes of a tag and its end, and returns what follows.
func attributes(line string, at int, add func(from, to int, role widgets.Role)) int {
	for n := 0; at < len(line) && n < mostSpans; n++ {
		switch c := line[at]; c {
		case ' ', '=':
			at++
		case '>', '/':
			end := at + 1
			if c == '/' && end < len(line) && line[end] == '>' {
				end++
			}
			add(at, end, widgets.Literal)
			if line[end-1] == '>' {
				return end
			}
			at = end
		case '"', '\'':
			end := strings.IndexByte(line[at+1:], c)
			if end < 0 {
				end = len(line) - at - 2
			}
			add(at, at+end+2, widgets.String)
			at += end + 2
		default:
			end := strings.IndexAny(line[at:], " =/>\"'")
			if end < 0 {
				end = len(line) - at
			}
			add(at, at+end, widgets.Name)
			at += end
		}
	}
	return at
}
