package endpoint

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"
)

// filler fills the templates of a Spec and collects what is wrong with them.
type filler struct {
	spec     *Spec
	values   Values
	depth    int // nesting of own variables
	problems Problems

	told             map[Problem]bool // problems already added, without Err
	own, environment map[string]Variable
	filled           map[nested]string
}

// nested identifies an own variable that was filled for a field.
type nested struct {
	field, name string
	depth       int
}

const (
	deepest   = 5
	maxFilled = 64 << 20 // length of a filled template in bytes
)

func (f *filler) add(field string, code ProblemCode, value string, err error) {
	problem := Problem{Field: field, Code: code, Value: value}
	if f.told[problem] {
		return
	}
	if f.told == nil {
		f.told = make(map[Problem]bool)
	}
	f.told[problem] = true
	f.problems = append(f.problems, newProblem(field, code, value, err))
}

// byName returns the variables by name; of duplicates, the first counts.
func byName(variables []Variable) map[string]Variable {
	m := make(map[string]Variable, len(variables))
	for _, v := range variables {
		if _, found := m[v.Name]; !found {
			m[v.Name] = v
		}
	}
	return m
}

// fill returns a template with its placeholders filled. put escapes a value,
// given the text before it.
func (f *filler) fill(field, template string, put func(before, value string, ref Ref) string) string {
	var b strings.Builder
	for t := range tokens(template) {
		if !t.isRef {
			b.WriteString(t.text)
		} else if value, ok := f.value(field, t.ref); ok {
			b.WriteString(put(b.String(), value, t.ref))
		}
		if b.Len() > maxFilled {
			f.add(field, TooLong, "", nil)
			return ""
		}
	}
	return b.String()
}

func plain(_, value string, _ Ref) string { return value }

// value returns the value for a placeholder.
func (f *filler) value(field string, ref Ref) (string, bool) {
	if ref.Environment {
		if f.environment == nil && f.values.Environment != nil {
			f.environment = byName(f.values.Environment.Variables)
		}
		if v, found := f.environment[ref.Name]; found {
			return v.Value, f.present(field, ref, v)
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
	if f.own == nil {
		f.own = byName(f.spec.Variables)
	}
	v, found := f.own[ref.Name]
	switch {
	case !found:
		f.add(field, Undefined, Ref{Name: ref.Name}.String(), nil)
		return "", false
	case !f.present(field, ref, v):
		return "", false
	case v.Secret: // not a template, though a password may look like one
		return v.Value, true
	case f.depth == deepest:
		f.add(field, Loop, ref.String(), nil)
		return "", false
	}
	// Fill each only once: otherwise variables that use others many times would
	// take exponential time.
	key := nested{field, v.Name, f.depth}
	text, found := f.filled[key]
	if !found {
		f.depth++
		text = f.fill(field, v.Value, plain)
		f.depth--
		if f.filled == nil {
			f.filled = make(map[nested]string)
		}
		f.filled[key] = text
	}
	return text, true
}

// present reports whether a variable has a value, which a secret may lack.
func (f *filler) present(field string, ref Ref, v Variable) bool {
	if v.Secret && v.Value == "" {
		f.add(field, SecretMissing, Ref{Name: ref.Name, Environment: ref.Environment}.String(), nil)
		return false
	}
	return true
}

// putURL returns a function that escapes values for a URL. In scheme and host
// it inserts variables unchanged, but escapes what the user typed into the
// form.
func putURL() func(before, value string, ref Ref) string {
	var at urlPlace
	return func(before, value string, ref Ref) string {
		fromForm := !ref.Environment && (ref.Name == ClientID || ref.Name == Content)
		switch at.follow(before); {
		case at.inOrigin():
			if fromForm {
				return escape(value)
			}
			return value
		case ref.Raw:
			return strings.ReplaceAll(escapeBytes(value), "#", "%23")
		case at.query:
			return escape(value)
		}
		return url.PathEscape(value)
	}
}

// urlPlace tracks which part of a growing URL its end is in.
type urlPlace struct {
	read   int
	scheme bool // :// has been read
	ended  bool // a / ? or # after the scheme, if any, has been read
	query  bool // a ? has been read
}

func (p *urlPlace) follow(text string) {
	for ; p.read < len(text); p.read++ {
		switch c := text[p.read]; {
		case c == '/' && !p.scheme && strings.HasSuffix(text[:p.read], ":/"):
			p.scheme, p.ended = true, false
		case c == '/' || c == '#':
			p.ended = true
		case c == '?':
			p.ended, p.query = true, true
		}
	}
}

// inOrigin reports whether the end is still before the path.
func (p *urlPlace) inOrigin() bool { return !p.ended }

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

// withoutValue removes values, which may be secret, from a JSON error.
func withoutValue(err error) error {
	var e *json.SyntaxError
	if errors.As(err, &e) {
		return e
	}
	return errors.New("not JSON")
}

func quoteJSON(value string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return `""` // cannot happen for a string
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// jsonPlace tracks whether the end of a growing JSON text is in a string.
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
