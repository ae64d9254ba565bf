package endpoint

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sseconsole/client/mask"
)

// shortestSecret is the minimum length, in bytes, of a value that is masked in
// texts: a shorter one would be found everywhere.
const shortestSecret = 4

// Masker replaces secrets with •••, wherever they are. It knows them by their
// names, as package mask does, and by their values, also as escaped for a URL,
// JSON or Basic authentication. A nil Masker knows only names. A Masker never
// changes.
type Masker struct{ replacer *strings.Replacer }

// NewMasker returns a Masker that knows these values. Values of less than four
// bytes are masked only by name.
func NewMasker(values ...string) *Masker {
	seen := make(map[string]bool)
	var forms []string
	add := func(form string) {
		if len(form) >= shortestSecret && !seen[form] {
			seen[form] = true
			forms = append(forms, form)
		}
	}
	for _, v := range values {
		if len(v) < shortestSecret {
			continue
		}
		quoted, careful := quoteJSON(v), carefulJSON(v)
		for _, form := range []string{v, url.QueryEscape(v), escape(v), url.PathEscape(v), escapeBytes(v),
			quoted[1 : len(quoted)-1], careful[1 : len(careful)-1]} {
			add(form)
			if lower := lowerEscapes(form); lower != form {
				add(lower)
			}
		}
	}
	// The longest first: one secret may contain another.
	slices.SortStableFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, mask.Mark)
	}
	return &Masker{strings.NewReplacer(pairs...)}
}

// lowerEscapes turns %AB into %ab.
func lowerEscapes(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(text[i+1:i+3]))
		}
	}
	return string(b)
}

// Text masks the values in a text, which need not be UTF-8.
func (m *Masker) Text(text string) string {
	if m == nil {
		return text
	}
	return m.replacer.Replace(text)
}

// URL masks the secrets of a URL.
func (m *Masker) URL(address string) string { return mask.URL(m.Text(address)) }

// Message masks the secrets in a text that may contain URLs, such as an error message.
func (m *Masker) Message(text string) string { return mask.Text(m.Text(text)) }

// Value masks the value of a header. An Authorization keeps its scheme, a
// Cookie its names.
func (m *Masker) Value(name, value string) string {
	if !mask.Header.Secret(name) {
		value = m.Text(value)
	} else if cookie, attributes, found := strings.Cut(value, ";"); found && strings.EqualFold(name, "Set-Cookie") {
		value = cookie + ";" + m.Text(attributes)
	}
	return mask.HeaderValue(name, value)
}

// Body masks the secrets in the body of a request or a response, including the
// fields of a form or of JSON that are named like secrets.
func (m *Masker) Body(contentType, body string) string { return mask.Body(contentType, m.Text(body)) }

// Header returns a copy of a header with its secrets masked.
func (m *Masker) Header(header http.Header) http.Header {
	out := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			out[name] = append(out[name], m.Value(name, value))
		}
	}
	return out
}

// Request returns a copy of a request with the secrets in its URL, header and
// body masked.
func (m *Masker) Request(r Request) Request {
	if r.Body != nil {
		r.Body = []byte(m.Body(r.Header.Get("Content-Type"), string(r.Body)))
	}
	r.URL, r.Header = m.URL(r.URL), m.Header(r.Header)
	return r
}

// carefulJSON returns text as JSON, escaped as by encoders that escape HTML.
func carefulJSON(text string) string {
	quoted, _ := json.Marshal(text) // cannot fail for a string
	return string(quoted)
}

// Masker returns a Masker that knows all secrets of a target and of the
// environment it is used with: secret variables, authentication, and what
// Conceal would move. For a target from Demo or Stream it returns nil.
func (s *Spec) Masker(environment *Environment) *Masker {
	if s.typed {
		return nil
	}
	concealed := s.Conceal()
	var values []string
	gather := func(variables []Variable) {
		for _, v := range variables {
			if v.Secret {
				values = append(values, v.Value)
			}
		}
	}
	gather(concealed.Variables)
	if environment != nil {
		gather(environment.Variables)
	}
	auths := []Auth{concealed.Auth}
	for _, name := range Calls() {
		if c := s.Call(name); c != nil && c.Auth != nil {
			auths = append(auths, *c.Auth)
		}
	}
	for _, a := range auths {
		f := &filler{spec: &concealed, values: Values{Environment: environment}}
		if value := f.fill("", a.Value, plain); value != "" && f.problems == nil {
			values = append(values, value)
			if a.Kind == AuthBasic {
				pair := f.fill("", a.User, plain) + ":" + value
				values = append(values, base64.StdEncoding.EncodeToString([]byte(pair)))
			}
		}
	}
	return NewMasker(values...)
}
