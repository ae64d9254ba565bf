package target

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Conceal returns s with the secrets that stand in it literally moved to secret
// variables of its own: passwords, tokens and keys of Auth, headers, parameters
// form fields and texts in JSON bodies whose names say that they are secret, and
// the passwords and parameters of URLs, the proxy's among them. A secret that it
// does not know, such as one in the middle of a text, stays: make it a secret
// variable.
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
			if p := &call.Header[i]; SecretHeader(p.Name) {
				p.Value = s.concealValue(p.Name, p.Value)
			}
		}
		s.concealParams(call.Query)
		if call.Body != nil {
			s.concealParams(call.Body.Form)
			s.concealJSON(call.Body)
		}
		call.URL = s.concealURL(call.URL)
	}
	for i := range s.Variables { // the list may grow
		if v := s.Variables[i]; !v.Secret {
			s.Variables[i].Value = s.concealURL(v.Value)
		}
	}
	s.Connection.Proxy = s.concealURL(s.Connection.Proxy)
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
		if p := &params[i]; isSecret(p.Name) {
			p.Value = s.conceal(p.Name, p.Value)
		}
	}
}

// concealJSON conceals the texts of JSON, also if the body is said to be a text
// only.
func (s *Spec) concealJSON(b *Body) {
	if b.Kind == BodyForm {
		return
	}
	b.Text = replaceSecretFields(b.Text, func(name, value string) string {
		switch refs := Refs(value); {
		case len(refs) > 0 && b.Kind == BodyJSON && strings.Contains(value, `\`): // a place would escape anew
			return value
		case len(refs) > 0 || b.Kind == BodyText:
			return s.conceal(name, value)
		}
		var text string
		written := `"` + literal(value) + `"`
		if json.Unmarshal([]byte(written), &text) == nil && quoteJSON(text) == written {
			return s.conceal(name, Quote(text))
		}
		// Other escapes than those that would be written stay by Raw.
		place := s.conceal(name, value)
		if refs := Refs(place); len(refs) == 1 {
			refs[0].Raw = true
			place = refs[0].String()
		}
		return place
	})
}

// concealValue conceals what follows the scheme of an Authorization.
func (s *Spec) concealValue(name, value string) string {
	if scheme, rest, found := strings.Cut(value, " "); found && strings.HasSuffix(strings.ToLower(name), "authorization") {
		return scheme + " " + s.conceal(name, rest)
	}
	return s.conceal(name, value)
}

// concealURL conceals the password and the parameters of a URL's template.
func (s *Spec) concealURL(template string) string {
	if start := strings.Index(template, "://"); start >= 0 {
		start += len("://")
		end := len(template)
		if i := strings.IndexAny(template[start:], "/?#"); i >= 0 {
			end = start + i
		}
		authority := template[start:end]
		at, colon := strings.LastIndexByte(authority, '@'), strings.IndexByte(authority, ':')
		if at > colon && colon >= 0 && at > colon+1 {
			password := s.conceal("password", authority[colon+1:at])
			template = template[:start] + authority[:colon+1] + password + authority[at:] + template[end:]
		}
	}
	before, query, found := strings.Cut(template, "?")
	if !found {
		return template
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if isSecret(name) && value != "" && !onlyRefs(value) {
			if len(Refs(value)) == 0 {
				value = Quote(unescape(literal(value)))
			}
			pairs[i] = name + "=" + s.conceal(unescape(name), value)
		}
	}
	return before + "?" + strings.Join(pairs, "&")
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
