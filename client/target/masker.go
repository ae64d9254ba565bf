package target

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// shortestSecret is the length below which a value is not looked for in texts:
// it would be found everywhere.
const shortestSecret = 4

// Masker puts ••• in place of secrets, wherever they stand: by their names, as
// Mask and SecretHeader know them, and by their values, also as they look when
// they are escaped for a URL, JSON or Basic authentication. A nil Masker knows
// names only. It never changes once made.
type Masker struct{ replacer *strings.Replacer }

// NewMasker returns a Masker that knows these values. Values of less than four
// bytes are masked by name only.
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
	// The longest first: one secret may hold another.
	slices.SortStableFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, masked)
	}
	return &Masker{strings.NewReplacer(pairs...)}
}

// lowerEscapes writes %AB as %ab.
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
func (m *Masker) URL(address string) string { return Mask(m.Text(address)) }

// Value masks the value of a header. Of an Authorization the scheme stays, of a
// Cookie the names.
func (m *Masker) Value(name, value string) string {
	switch lower := strings.ToLower(name); {
	case !SecretHeader(name):
		words := strings.Split(m.Text(value), " ")
		for i, word := range words {
			if strings.ContainsAny(word, "?#@") {
				words[i] = Mask(word)
			}
		}
		return strings.Join(words, " ")
	case strings.HasSuffix(lower, "authorization"):
		if scheme, _, found := strings.Cut(value, " "); found {
			return scheme + " " + masked
		}
	case lower == "set-cookie":
		cookie, rest, _ := strings.Cut(value, ";")
		if name, _, found := strings.Cut(cookie, "="); found {
			return name + "=" + masked + m.Text(value[len(value)-len(rest)-min(len(rest), 1):])
		}
	case lower == "cookie":
		cookies := strings.Split(value, ";")
		for i, cookie := range cookies {
			name, _, found := strings.Cut(cookie, "=")
			if !found {
				return masked
			}
			cookies[i] = name + "=" + masked
		}
		return strings.Join(cookies, ";")
	}
	return masked
}

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

// Request returns a copy of a request with its secrets masked, in its URL,
// header and body: there also by the names of fields in a form or in JSON.
func (m *Masker) Request(r Request) Request {
	if r.Body != nil {
		body, contentType := m.Text(string(r.Body)), r.Header.Get("Content-Type")
		switch {
		case strings.HasPrefix(contentType, "application/x-www-form-urlencoded"):
			body = maskParams(body)
		case strings.Contains(contentType, "json"):
			body = replaceSecretFields(body, func(string, string) string { return masked })
		}
		r.Body = []byte(body)
	}
	r.URL, r.Header = m.URL(r.URL), m.Header(r.Header)
	return r
}

// replaceSecretFields returns JSON in which the texts of fields that usually are
// a secret, by their names, are what replace returns for the name and the text,
// both as they are written. Empty texts stay.
func replaceSecretFields(text string, replace func(name, value string) string) string {
	field := regexp.MustCompile(`"((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)+)"`)
	return field.ReplaceAllStringFunc(text, func(match string) string {
		part := field.FindStringSubmatch(match)
		if !isSecret(part[1]) {
			return match
		}
		return `"` + part[1] + `"` + part[2] + `"` + replace(part[1], part[3]) + `"`
	})
}

// carefulJSON is a text in JSON as encoders write it that think of HTML.
func carefulJSON(text string) string {
	quoted, _ := json.Marshal(text) // a string always can be
	return string(quoted)
}

// Masker returns a Masker that knows all that is secret of a target and of the
// environment that it is used with: secret variables, authentication, and what
// Conceal would move.
func (s *Spec) Masker(environment *Environment) *Masker {
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
