package pretty

import (
	"slices"
	"strings"
)

// markup lays out XML or HTML: every tag and every line of text is on a line of its own,
// an element with nothing but a short text on one. Entities are not expanded, and nothing
// is fetched. Tags that do not match, as in HTML, are no error.
func (l *layout) markup(text string) error {
	var open []string // names of the elements
	for rest := strings.TrimPrefix(text, "\ufeff"); rest != ""; {
		if err := l.goOn(); err != nil {
			return err
		}
		n := tokenLength(rest)
		token := rest[:n]
		rest = rest[n:]
		switch name := tagName(token); {
		case strings.HasPrefix(token, "</") && name != "":
			if i := lastFold(open, name); i >= 0 {
				open = open[:i]
			}
			l.item(len(open), spaced(token))
		case name != "":
			if last := len(open) - 1; last >= 0 && endsItself(name) && strings.EqualFold(open[last], name) {
				open = open[:last]
			}
			l.item(len(open), spaced(token))
			if n := shortElement(name, rest); n > 0 {
				l.out.WriteString(rest[:n])
				rest = rest[n:]
				continue
			}
			if strings.HasSuffix(token, "/>") || isVoid(name) {
				continue
			}
			if len(open) == MaxDepth {
				return ErrTooDeep
			}
			open = append(open, name)
			if raw := rawText(name, rest); raw > 0 {
				l.lines(len(open), rest[:raw])
				rest = rest[raw:]
			}
		default:
			l.lines(len(open), token)
		}
	}
	return nil
}

// item writes a line.
func (l *layout) item(level int, text string) {
	if l.out.Len() > 0 {
		l.line(level)
	}
	l.out.WriteString(text)
}

// lines writes the lines of text that are not empty.
func (l *layout) lines(level int, text string) {
	for line := range strings.Lines(text) {
		if line = strings.Trim(line, space); line != "" && l.out.Len() <= l.most {
			l.item(level, line)
		}
	}
}

// tokenLength returns the length of the first token of text: a tag, a comment, a section,
// a declaration, or the text up to the next of these.
func tokenLength(text string) int {
	for _, t := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if strings.HasPrefix(text, t[0]) {
			if end := strings.Index(text[len(t[0]):], t[1]); end >= 0 {
				return len(t[0]) + end + len(t[1])
			}
			return len(text)
		}
	}
	if text[0] != '<' {
		if end := strings.IndexByte(text, '<'); end >= 0 {
			return end
		}
		return len(text)
	}
	quote := byte(0)
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		case c == '<' && !strings.HasPrefix(text, "<!"): // the first < was text
			return i
		}
	}
	return len(text)
}

// tagName returns the name of a tag, or "" if token is none.
func tagName(token string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(token, "<"), "/")
	if token[0] != '<' || name == "" || !isLetter(name[0]) && name[0] != '_' && name[0] < 0x80 || token[len(token)-1] != '>' {
		return ""
	}
	if end := strings.IndexAny(name, space+"/>"); end > 0 {
		name = name[:end]
	}
	return name
}

// lastFold returns the index of the last name that is equal except for its case, or -1.
func lastFold(names []string, name string) int {
	for i, open := range slices.Backward(names) {
		if len(open) == len(name) && strings.EqualFold(open, name) {
			return i
		}
	}
	return -1
}

// shortest is the length up to which a text stays on the line of its element.
const shortest = 80

// shortElement returns the length of the short text and the end tag that follow a start
// tag, or 0 if something else follows.
func shortElement(name, rest string) int {
	text := strings.IndexByte(rest[:min(len(rest), shortest)], '<')
	if text < 0 || strings.ContainsAny(rest[:text], "\r\n") || !strings.HasPrefix(rest[text:], "</") {
		return 0
	}
	end := strings.IndexByte(rest[text:min(len(rest), text+len(name)+shortest)], '>')
	if end < 0 || !strings.EqualFold(strings.TrimRight(rest[text+2:text+end], space), name) {
		return 0
	}
	return text + end + 1
}

// rawText returns the length of the text of a script or style element, in which tags mean
// nothing.
func rawText(name, rest string) int {
	if !strings.EqualFold(name, "script") && !strings.EqualFold(name, "style") {
		return 0
	}
	for at := 0; ; {
		end := strings.Index(rest[at:], "</")
		if end < 0 {
			return len(rest)
		}
		at += end
		if tail := rest[at+2:]; len(tail) >= len(name) && strings.EqualFold(tail[:len(name)], name) {
			return at
		}
		at += 2
	}
}

// isVoid reports whether an element of HTML never has an end tag.
func isVoid(name string) bool {
	return slices.Contains([]string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}, strings.ToLower(name))
}

// endsItself reports whether an element of HTML may end where the next of its name begins.
func endsItself(name string) bool {
	return slices.Contains([]string{"dd", "dt", "li", "option", "p", "td", "th", "tr"}, strings.ToLower(name))
}

// spaced returns a tag on one line. In the value of an attribute a line feed means a space;
// elsewhere a sequence of white space becomes one.
func spaced(tag string) string {
	if !strings.ContainsAny(tag, "\t\r\n") {
		return tag
	}
	var b strings.Builder
	b.Grow(len(tag))
	quote, blank := byte(0), false
	for i := range len(tag) {
		c := tag[i]
		switch {
		case strings.IndexByte(space, c) >= 0:
			if quote != 0 {
				b.WriteByte(' ')
			}
			blank = quote == 0
			continue
		case blank && c != '>':
			b.WriteByte(' ')
		}
		switch {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
		blank = false
		b.WriteByte(c)
	}
	return b.String()
}
