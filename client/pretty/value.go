package pretty

import (
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Value is a value in a JSON text laid out by [Text].
type Value struct {
	Path     string // as a jq expression: .a["b c"][0]
	From, To int    // its place in the text
	Root     int    // where the value begins that Path starts from

	names []string // of the members on the path, from the value outwards; "" for an element
}

// Scalar reports whether the value is not an object or array. text is the one that it was
// found in.
func (v Value) Scalar(text string) bool { return text[v.From] != '{' && text[v.From] != '[' }

// Source returns the value as JSON, indented as if it stood alone.
func (v Value) Source(text string) string {
	level := indentation(text[lineStart(text, v.From):])
	return strings.ReplaceAll(text[v.From:v.To], "\n"+strings.Repeat(" ", level), "\n")
}

// Text returns what a string means, and the source of other values.
func (v Value) Text(text string) string {
	if text[v.From] == '"' {
		if s, err := jsontext.AppendUnquote(nil, text[v.From:v.To]); err == nil || s != nil {
			return string(s)
		}
	}
	return v.Source(text)
}

// ValueAt returns the value on the line of an offset in a JSON text laid out by [Text]: the
// value of a member, an element, or the object or array that begins or ends on that line.
// ok is false if there is none. It takes time in proportion to the offset and the length
// of the value.
func ValueAt(text string, offset int) (v Value, ok bool) {
	begin := lineStart(text, min(offset, len(text)))
	level := indentation(text[begin:])
	if isCloser(text[begin+level:]) {
		if begin = opener(text, begin, level); begin < 0 {
			return Value{}, false
		}
	}
	key, n := member(text[begin+level:])
	v.From = begin + level + n
	if v.From == len(text) || text[v.From] == '\n' {
		return Value{}, false
	}
	v.To = valueEnd(text, begin, level, v.From)
	v.Root, v.Path, v.names = path(text, begin, level, key)
	return v, true
}

// valueEnd returns where the value at from ends, which is on the line at begin or begins
// there.
func valueEnd(text string, begin, level, from int) int {
	end := lineEnd(text, begin)
	if last := text[end-1]; (last == '{' || last == '[') && end-1 == from {
		closer := "\n" + strings.Repeat(" ", level) + string(last+2)
		if n := strings.Index(text[end:], closer); n >= 0 {
			return end + n + len(closer)
		}
		return len(text)
	}
	if text[end-1] == ',' {
		end--
	}
	return end
}

// Shadowed reports whether a later member of the same name hides the value or a part that
// it is in from jq, so that Path does not select it. It takes time in proportion to what
// follows the value.
func (v Value) Shadowed(text string) bool {
	level := 2 * len(v.names)
	for at := lineEnd(text, v.To) + 1; level > 0 && at < len(text); at = lineEnd(text, at) + 1 {
		line := text[at:]
		switch n := indentation(line); {
		case n < level:
			level = n // the end of the part
		case n == level:
			if own := v.names[len(v.names)-level/2]; own != "" {
				if name, _ := member(line[n:]); name != "" && Literal(name) == Literal(own) {
					return true
				}
			}
		}
	}
	return false
}

// path returns the path of the value on the line at begin, whose name is key, "" for an
// element. It goes back to the beginning of the outermost value, at root.
func path(text string, begin, level int, key string) (root int, jq string, names []string) {
	var steps []string // from the value outwards
	before := 0        // elements before the one on the path
	for at := begin; level > 0 && at > 0; {
		at = lineStart(text, at-1)
		line := text[at:lineEnd(text, at)]
		n := indentation(line)
		switch {
		case n == level && !isCloser(line[n:]):
			before++
		case n < level:
			names = append(names, key)
			if line[len(line)-1] == '{' {
				steps = append(steps, step(key))
			} else {
				steps = append(steps, "["+strconv.Itoa(before)+"]")
			}
			key, _ = member(line[n:])
			begin, level, before = at, n, 0
		}
	}
	var b strings.Builder
	for i := len(steps) - 1; i >= 0; i-- {
		if b.Len() == 0 && steps[i][0] != '.' {
			b.WriteByte('.')
		}
		b.WriteString(steps[i])
	}
	if b.Len() == 0 {
		return begin, ".", names
	}
	return begin, b.String(), names
}

// step returns the part of a path that selects a member by its name, a string of JSON.
func step(name string) string {
	plain, err := jsontext.AppendUnquote(nil, name)
	if err != nil && plain == nil {
		return "[" + name + "]"
	}
	for i, c := range plain {
		if !isLetter(c) && c != '_' && (i == 0 || c < '0' || c > '9') {
			plain = nil
			break
		}
	}
	if len(plain) > 0 {
		return "." + string(plain)
	}
	return "[" + Literal(name) + "]"
}

// Literal returns a string of JSON as a literal of jq.
func Literal(source string) string {
	plain, _ := jsontext.AppendUnquote(nil, source)
	quoted, _ := jsontext.AppendQuote(nil, plain) // invalid UTF-8 is replaced
	return string(quoted)
}

// member returns the name of the member on a line without its indentation, as a string of
// JSON, and the length of the name and the colon; "", 0 if the line has no name.
func member(line string) (name string, n int) {
	if line == "" || line[0] != '"' {
		return "", 0
	}
	end := StringEnd(line)
	if !strings.HasPrefix(line[end:], ": ") {
		return "", 0
	}
	return line[:end], end + 2
}

// StringEnd returns the length of the string of JSON that text begins with.
func StringEnd(text string) int {
	for at := 1; at < len(text); {
		n := strings.IndexAny(text[at:], `"\`)
		if n < 0 {
			break
		}
		if at += n + 1; text[at-1] == '"' {
			return at
		}
		at++
	}
	return len(text)
}

// opener returns the beginning of the line before begin that has the same indentation, or
// -1.
func opener(text string, begin, level int) int {
	for begin > 0 {
		begin = lineStart(text, begin-1)
		if indentation(text[begin:]) <= level {
			return begin
		}
	}
	return -1
}

func isCloser(text string) bool { return text != "" && (text[0] == '}' || text[0] == ']') }

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// indentation returns the number of spaces that text begins with.
func indentation(text string) int {
	n := 0
	for n < len(text) && text[n] == ' ' {
		n++
	}
	return n
}
