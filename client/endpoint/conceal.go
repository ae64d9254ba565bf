package endpoint

import (
	"encoding/json"
	"fmt"
	"strings"

	"sseconsole/client/mask"
)

// Conceal returns s with its literal secrets moved to secret variables:
// passwords, tokens and keys in Auth; headers, parameters, form fields, and
// strings and numbers in JSON bodies whose names are those of secrets; and the
// user information and parameters of URLs, including the proxy's. A secret that
// it does not recognize, such as one in the middle of a text, stays: make it a
// secret variable.
func (s Spec) Conceal() Spec {
	s = s.Clone()
	c := newConcealer(s.Variables)
	c.concealAuth(&s.Auth)
	for _, name := range Calls() {
		call := s.Call(name)
		if call == nil {
			continue
		}
		if call.Auth != nil {
			c.concealAuth(call.Auth)
		}
		for i := range call.Header {
			if p := &call.Header[i]; mask.Header.Secret(p.Name) {
				p.Value = c.concealValue(p.Name, p.Value)
			}
		}
		c.concealParams(call.Query)
		if call.Body != nil {
			c.concealParams(call.Body.Form)
			c.concealBody(call.Body, literal(headerOf(call.Header, "Content-Type")))
		}
		call.URL = c.concealURL(call.URL, true)
	}
	for i, v := range s.Variables {
		if !v.Secret {
			s.Variables[i].Value = c.concealURL(v.Value, false)
		}
	}
	s.Connection.Proxy = c.concealURL(s.Connection.Proxy, true)
	s.Variables = append(s.Variables, c.added...)
	return s
}

// concealer moves secrets to variables. It uses maps, since a spec may have
// thousands of secrets.
type concealer struct {
	added  []Variable
	taken  map[string]bool   // the names of all variables
	places map[string]string // placeholders of secret variables, by value
	last   map[string]int    // the number that freeName last appended to a name
}

func newConcealer(variables []Variable) *concealer {
	c := &concealer{
		taken:  map[string]bool{ClientID: true, Content: true},
		places: make(map[string]string),
		last:   make(map[string]int),
	}
	for _, v := range variables {
		c.taken[v.Name] = true
		if _, known := c.places[v.Value]; v.Secret && !known {
			c.places[v.Value] = Ref{Name: v.Name}.String()
		}
	}
	return c
}

func (c *concealer) concealAuth(a *Auth) {
	switch a.Kind {
	case AuthBasic:
		a.Value = c.conceal("password", a.Value)
	case AuthBearer:
		a.Value = c.conceal("token", a.Value)
	case AuthHeader, AuthQuery:
		a.Value = c.conceal(a.Name, a.Value)
	}
}

func (c *concealer) concealParams(params []Param) {
	for i := range params {
		if p := &params[i]; mask.Param.Secret(p.Name) {
			p.Value = c.conceal(p.Name, p.Value)
		}
	}
}

// concealBody conceals the secrets of a text body: of a form, and of JSON
// whether declared or not.
func (c *concealer) concealBody(b *Body, contentType string) {
	switch b.Kind {
	case BodyJSON:
		b.Text = mask.ReplaceJSON(b.Text, c.concealInJSON)
	case BodyText: // without escaping
		b.Text = mask.ReplaceBody(contentType, b.Text, func(v mask.Value) string {
			if v.Form == mask.Bare && !isNumber(v.Text) {
				return v.Text
			}
			return c.conceal(v.Name, v.Text)
		})
	}
}

// concealInJSON returns the replacement of a secret in a template of JSON.
func (c *concealer) concealInJSON(v mask.Value) string {
	refs := len(Refs(v.Text)) > 0
	if v.Form == mask.Bare {
		if !isNumber(v.Text) { // most likely the name of a placeholder
			return v.Text
		}
		return asItIs(c.conceal(v.Name, v.Text))
	}
	switch {
	case refs && strings.Contains(v.Text, `\`): // a placeholder would escape it again
		return v.Text
	case refs:
		return c.conceal(v.Name, v.Text)
	}
	var text string
	written := `"` + literal(v.Text) + `"`
	if json.Unmarshal([]byte(written), &text) == nil && quoteJSON(text) == written {
		return c.conceal(v.Name, Quote(text))
	}
	return asItIs(c.conceal(v.Name, v.Text)) // its escapes differ from those that would be written
}

// asItIs makes a placeholder insert its value unchanged.
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

// concealValue conceals a header value, of an Authorization what follows the scheme.
func (c *concealer) concealValue(name, value string) string {
	if scheme, rest, found := strings.Cut(value, " "); found && strings.HasSuffix(strings.ToLower(name), "authorization") {
		return scheme + " " + c.conceal(name, rest)
	}
	return c.conceal(name, value)
}

// concealURL conceals the secrets in the template of a URL. escapes says that a
// placeholder in its path or query escapes its value.
func (c *concealer) concealURL(template string, escapes bool) string {
	return mask.ReplaceURL(template, func(v mask.Value) string {
		if escapes && v.Form == mask.Escaped && len(Refs(v.Text)) == 0 {
			text := unescape(literal(v.Text))
			if escape(text) != literal(v.Text) { // it would go out otherwise than it was typed
				return asItIs(c.conceal(v.Name, v.Text))
			}
			v.Text = Quote(text)
		}
		return c.conceal(v.Name, v.Text)
	})
}

// conceal moves the value of a template that contains a literal secret to a new secret
// variable, and returns its placeholder. Equal values share a variable.
func (c *concealer) conceal(name, template string) string {
	if template == "" || onlyRefs(template) {
		return template
	}
	value := template
	if len(Refs(template)) == 0 {
		value = literal(template)
	} else { // partly a secret: leave the placeholders, conceal the rest
		var b strings.Builder
		for t := range tokens(template) {
			if t.isRef {
				b.WriteString(t.ref.String())
			} else {
				b.WriteString(c.conceal(name, Quote(t.text)))
			}
		}
		return b.String()
	}
	place, known := c.places[value]
	if !known {
		name = c.freeName(name)
		place = Ref{Name: name}.String()
		c.places[value] = place
		c.added = append(c.added, Variable{Name: name, Value: value, Secret: true})
	}
	return place
}

// freeName returns a variable name that is not taken, and marks it as taken.
func (c *concealer) freeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if isName("x" + string(r)) {
			return r
		}
		return '_'
	}, name)
	if !isName(name) {
		name = "secret"
	}
	for {
		try := name
		if c.last[name]++; c.last[name] > 1 {
			try = fmt.Sprintf("%s%d", name, c.last[name])
		}
		if !c.taken[try] {
			c.taken[try] = true
			return try
		}
	}
}
