package target

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"
)

// filler fills the templates of a Spec and gathers what is wrong with them.
type filler struct {
	spec     *Spec
	values   Values
	depth    int // of own variables within own variables
	problems Problems
}

const deepest = 5

func (f *filler) add(field string, code ProblemCode, value string, err error) {
	for _, p := range f.problems {
		if p.Field == field && p.Code == code && p.Value == value {
			return
		}
	}
	f.problems = append(f.problems, &Problem{field, code, value, err})
}

// fill returns a template with its places filled; put escapes a value for its
// place, after the text before it.
func (f *filler) fill(field, template string, put func(before, value string, ref Ref) string) string {
	var b strings.Builder
	for t := range tokens(template) {
		if !t.isRef {
			b.WriteString(t.text)
		} else if value, ok := f.value(field, t.ref); ok {
			b.WriteString(put(b.String(), value, t.ref))
		}
	}
	return b.String()
}

func plain(_, value string, _ Ref) string { return value }

// value looks up what a place gets.
func (f *filler) value(field string, ref Ref) (string, bool) {
	if ref.Environment {
		if f.values.Environment != nil {
			for _, v := range f.values.Environment.Variables {
				if v.Name == ref.Name {
					return v.Value, f.present(field, ref, v)
				}
			}
		}
		f.add(field, Undefined, ref.String(), nil)
		return "", false
	}
	switch ref.Name {
	case ClientID:
		return f.values.ClientID, true
	case Content:
		return f.values.Content, true
	}
	for _, v := range f.spec.Variables {
		if v.Name != ref.Name {
			continue
		}
		if !f.present(field, ref, v) {
			return "", false
		}
		if v.Secret { // a password may look like a template
			return v.Value, true
		}
		if f.depth == deepest {
			f.add(field, Loop, ref.String(), nil)
			return "", false
		}
		f.depth++
		defer func() { f.depth-- }()
		return f.fill(field, v.Value, plain), true
	}
	f.add(field, Undefined, Ref{Name: ref.Name}.String(), nil)
	return "", false
}

// present tells whether a variable has a value: a secret may still lack one.
func (f *filler) present(field string, ref Ref, v Variable) bool {
	if v.Secret && v.Value == "" {
		f.add(field, SecretMissing, Ref{Name: ref.Name, Environment: ref.Environment}.String(), nil)
		return false
	}
	return true
}

// putURL escapes a value for its place in a URL. Scheme and host are taken as
// they are from variables, but not from what a person types into the form.
func putURL(before, value string, ref Ref) string {
	fromForm := !ref.Environment && (ref.Name == ClientID || ref.Name == Content)
	switch {
	case inOrigin(before):
		if fromForm {
			return escape(value)
		}
		return value
	case ref.Raw:
		return strings.ReplaceAll(escapeBytes(value), "#", "%23")
	case strings.Contains(before, "?"):
		return escape(value)
	}
	return url.PathEscape(value)
}

// inOrigin tells whether a URL that begins so has not come to its path.
func inOrigin(before string) bool {
	_, rest, found := strings.Cut(before, "://")
	if !found {
		rest = before
	}
	return !strings.ContainsAny(rest, "/?#")
}

// header fills the value of a header.
func (f *filler) header(field, template string) string {
	value := strings.TrimSpace(f.fill(field, template, plain))
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		f.add(field, BadHeaderValue, "", nil)
	}
	return value
}

// json fills a template of JSON.
func (f *filler) json(field, template string) []byte {
	before := len(f.problems)
	var in jsonPlace
	text := f.fill(field, template, func(before, value string, ref Ref) string {
		if ref.Raw {
			return value
		}
		if !utf8.ValidString(value) {
			f.add(field, NotUTF8, ref.String(), nil)
		}
		quoted := quoteJSON(value)
		if in.string(before) {
			return quoted[1 : len(quoted)-1]
		}
		return quoted
	})
	if len(f.problems) == before {
		var parsed any
		if err := json.Unmarshal([]byte(text), &parsed); err != nil {
			f.add(field, BadJSON, "", withoutValue(err))
		}
	}
	return []byte(text)
}

// withoutValue keeps values, which may be secret, out of an error of JSON.
func withoutValue(err error) error {
	var e *json.SyntaxError
	if errors.As(err, &e) {
		return e
	}
	return errors.New("no JSON")
}

func quoteJSON(value string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return `""` // no string fails
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// jsonPlace follows whether the end of a growing JSON text is in a string.
type jsonPlace struct {
	read         int
	open, escape bool
}

func (p *jsonPlace) string(text string) bool {
	for ; p.read < len(text); p.read++ {
		switch c := text[p.read]; {
		case p.escape:
			p.escape = false
		case c == '\\' && p.open:
			p.escape = true
		case c == '"':
			p.open = !p.open
		}
	}
	return p.open
}

// form fills the fields of a form and encodes them.
func (f *filler) form(field string, params []Param) string {
	var pairs []string
	for i, p := range params {
		value := f.fill(indexed(field, i, "value"), p.Value, plain)
		pairs = append(pairs, url.QueryEscape(p.Name)+"="+url.QueryEscape(value))
	}
	return strings.Join(pairs, "&")
}

// query fills parameters and encodes them for a URL.
func (f *filler) query(field string, params []Param) []string {
	var pairs []string
	for i, p := range params {
		pairs = append(pairs, escape(p.Name)+"="+escape(f.fill(indexed(field, i, "value"), p.Value, plain)))
	}
	return pairs
}
