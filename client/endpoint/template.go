package endpoint

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ref is a placeholder in a template: {name} for clientId, content and the
// target's own variables, {{name}} for those of the active environment. {+name}
// and {{+name}} insert the value into a URL or JSON without escaping it: a path
// with slashes, a number or an object. {!name} and {{!name}} are the literal
// texts {name} and {{name}}; each further ! stands for itself. All other braces
// are literal.
type Ref struct {
	Name        string
	Environment bool
	Raw         bool
}

// String returns the placeholder as written in a template.
func (r Ref) String() string {
	name := r.Name
	if r.Raw {
		name = "+" + name
	}
	if r.Environment {
		return "{{" + name + "}}"
	}
	return "{" + name + "}"
}

// Refs returns the placeholders of a template, in order and with repetitions.
func Refs(template string) []Ref {
	var refs []Ref
	for t := range tokens(template) {
		if t.isRef {
			refs = append(refs, t.ref)
		}
	}
	return refs
}

// Quote returns a template that yields text, whatever text contains.
func Quote(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for text != "" {
		size := 1
		if _, open, whole := scanRef(text); whole > 0 {
			b.WriteString(text[:open] + "!" + text[open:whole])
			size = whole
		} else {
			b.WriteByte(text[0])
		}
		text = text[size:]
	}
	return b.String()
}

// onlyRefs reports whether a template consists only of placeholders, so that it
// contains no secret itself.
func onlyRefs(template string) bool {
	for t := range tokens(template) {
		if !t.isRef {
			return false
		}
	}
	return template != ""
}

// token is a part of a template: literal text or a placeholder.
type token struct {
	text  string
	ref   Ref
	isRef bool
}

func tokens(template string) func(yield func(token) bool) {
	return func(yield func(token) bool) {
		var literal strings.Builder
		flush := func() bool {
			text := literal.String()
			literal.Reset()
			return text == "" || yield(token{text: text})
		}
		for template != "" {
			brace := strings.IndexByte(template, '{')
			if brace < 0 {
				break
			}
			literal.WriteString(template[:brace])
			template = template[brace:]
			t, open, whole := scanRef(template)
			switch {
			case whole == 0:
				literal.WriteByte('{')
				whole = 1
			case !t.isRef:
				literal.WriteString(template[:open] + template[open+1:whole])
			case !flush() || !yield(t):
				return
			}
			template = template[whole:]
		}
		literal.WriteString(template)
		flush()
	}
}

// scanRef parses the placeholder, possibly quoted, at the beginning of text. It
// returns its number of opening braces and its size, which is 0 if there is
// none.
func scanRef(text string) (t token, open, size int) {
	for open = 2; open > 0; open-- {
		if !strings.HasPrefix(text, "{{"[:open]) {
			continue
		}
		rest := text[open:]
		inner := strings.TrimLeft(rest, "!")
		quoted := len(inner) < len(rest)
		inner, raw := strings.CutPrefix(inner, "+")
		name := inner[:nameLength(inner)]
		if name != "" && strings.HasPrefix(inner[len(name):], "}}"[:open]) {
			size = len(text) - len(inner) + len(name) + open
			return token{ref: Ref{name, open == 2, raw}, isRef: !quoted}, open, size
		}
	}
	return token{}, 0, 0
}

// nameLength returns the length of the name at the beginning of text: a letter
// or _, followed by letters, digits, _, - and .
func nameLength(text string) int {
	for i, r := range text {
		letter := r == '_' || r != utf8.RuneError && unicode.IsLetter(r)
		if !letter && (i == 0 || !unicode.IsDigit(r) && r != '-' && r != '.') {
			return i
		}
	}
	return len(text)
}

// isName reports whether text is a valid name of a variable.
func isName(text string) bool { return text != "" && nameLength(text) == len(text) }
