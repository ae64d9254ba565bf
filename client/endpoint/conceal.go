package endpoint

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sseconsole/client/mask"
)

// Conceal returns s with the secrets that stand in it literally moved to secret
// variables of its own: passwords, tokens and keys of Auth, headers, parameters,
// form fields, and texts and numbers in JSON bodies whose names say that they are
// secret, and the users, passwords and parameters of URLs, the proxy's among them.
// A secret that it does not know, such as one in the middle of a text, stays: make
// it a secret variable.
func (s Spec) Conceal() Spec {
	s = s.Clone()
	s.concealAuth(&s.Auth)
	for _, name := range Calls() {
		call := s.Call(name)
		if call == nil {
			continue
		}
		if call.Auth != nil {
			s.concealAuth(call.Auth)
		}
		for i := range call.Header {
			if p := &call.Header[i]; mask.Header.Secret(p.Name) {
				p.Value = s.concealValue(p.Name, p.Value)
			}
		}
		s.concealParams(call.Query)
		if call.Body != nil {
			s.concealParams(call.Body.Form)
			s.concealBody(call.Body, literal(headerOf(call.Header, "Content-Type")))
		}
		call.URL = s.concealURL(call.URL, true)
	}
	for i := range s.Variables { // the list may grow
		if v := s.Variables[i]; !v.Secret {
			s.Variables[i].Value = s.concealURL(v.Value, false)
		}
	}
	s.Connection.Proxy = s.concealURL(s.Connection.Proxy, true)
	return s
}

func (s *Spec) concealAuth(a *Auth) {
	switch a.Kind {
	case AuthBasic:
		a.Value = s.conceal("password", a.Value)
	case AuthBearer:
		a.Value = s.conceal("token", a.Value)
	case AuthHeader, AuthQuery:
		a.Value = s.conceal(a.Name, a.Value)
	}
}

func (s *Spec) concealParams(params []Param) {
	for i := range params {
		if p := &params[i]; mask.Param.Secret(p.Name) {
			p.Value = s.conceal(p.Name, p.Value)
		}
	}
}

// concealBody conceals the secrets of a body that is a text: of one in JSON, also
// if it is not said to be, and of a form.
func (s *Spec) concealBody(b *Body, contentType string) {
	switch b.Kind {
	case BodyJSON:
		b.Text = mask.ReplaceJSON(b.Text, s.concealInJSON)
	case BodyText: // which escapes nothing
		b.Text = mask.ReplaceBody(contentType, b.Text, func(v mask.Value) string {
			if v.Form == mask.Bare && !isNumber(v.Text) {
				return v.Text
			}
			return s.conceal(v.Name, v.Text)
		})
	}
}

// concealInJSON returns what stands for a secret in the template of JSON.
func (s *Spec) concealInJSON(v mask.Value) string {
	refs := len(Refs(v.Text)) > 0
	if v.Form == mask.Bare {
		if !isNumber(v.Text) { // the name of a place, most likely
			return v.Text
		}
		return asItIs(s.conceal(v.Name, v.Text))
	}
	switch {
	case refs && strings.Contains(v.Text, `\`): // a place would escape anew
		return v.Text
	case refs:
		return s.conceal(v.Name, v.Text)
	}
	var text string
	written := `"` + literal(v.Text) + `"`
	if json.Unmarshal([]byte(written), &text) == nil && quoteJSON(text) == written {
		return s.conceal(v.Name, Quote(text))
	}
	return asItIs(s.conceal(v.Name, v.Text)) // it has other escapes than would be written
}

// asItIs makes a place take its value as it is.
func asItIs(place string) string {
	refs := Refs(place)
	if len(refs) != 1 {
		return place
	}
	refs[0].Raw = true
	return refs[0].String()
}

func isNumber(text string) bool {
	return strings.IndexByte("-0123456789", text[0]) >= 0 && json.Valid([]byte(text))
}

func headerOf(header []Param, name string) string {
	for _, p := range header {
		if strings.EqualFold(p.Name, name) {
			return p.Value
		}
	}
	return ""
}

// concealValue conceals what follows the scheme of an Authorization.
func (s *Spec) concealValue(name, value string) string {
	if scheme, rest, found := strings.Cut(value, " "); found && strings.HasSuffix(strings.ToLower(name), "authorization") {
		return scheme + " " + s.conceal(name, rest)
	}
	return s.conceal(name, value)
}

// concealURL conceals the secrets of a URL's template. escapes says that a place
// in its path or query will escape its value.
func (s *Spec) concealURL(template string, escapes bool) string {
	return mask.ReplaceURL(template, func(v mask.Value) string {
		if escapes && v.Form == mask.Escaped && len(Refs(v.Text)) == 0 {
			v.Text = Quote(unescape(literal(v.Text)))
		}
		return s.conceal(v.Name, v.Text)
	})
}

// conceal moves the value of a template, if it holds a secret itself, to a
// secret variable named after what it is, and returns the place for it. Equal
// values share one.
func (s *Spec) conceal(name, template string) string {
	if template == "" || onlyRefs(template) {
		return template
	}
	value := template
	if len(Refs(template)) == 0 {
		value = literal(template)
	} else { // partly a secret: keep the places, hide the rest
		var b strings.Builder
		for t := range tokens(template) {
			if t.isRef {
				b.WriteString(t.ref.String())
			} else {
				b.WriteString(s.conceal(name, Quote(t.text)))
			}
		}
		return b.String()
	}
	for _, v := range s.Variables {
		if v.Secret && v.Value == value {
			return Ref{Name: v.Name}.String()
		}
	}
	name = s.freeName(name)
	s.Variables = append(s.Variables, Variable{Name: name, Value: value, Secret: true})
	return Ref{Name: name}.String()
}

// freeName returns a name for a variable that none has.
func (s *Spec) freeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if isName("x" + string(r)) {
			return r
		}
		return '_'
	}, name)
	if !isName(name) {
		name = "secret"
	}
	for n, try := 1, name; ; n++ {
		if n > 1 {
			try = fmt.Sprintf("%s%d", name, n)
		}
		taken := try == ClientID || try == Content ||
			slices.ContainsFunc(s.Variables, func(v Variable) bool { return v.Name == try })
		if !taken {
			return try
		}
	}
}
