package endpoint

import (
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/http/httpguts"

	"sseconsole/client/mask"
)

// Check returns what is wrong with s by itself, in the order of its fields. A
// field is named by its path in JSON, such as send.header[1].name. Check does
// not look up variables of environments; Missing does. A problem that is a
// Warning does not prevent saving.
func (s *Spec) Check() []*Problem {
	c := &checker{own: byName(s.Variables), knows: true}
	c.name("name", s.Name)
	if s.Shape != "" && !slices.ContainsFunc(Shapes(), func(shape Shape) bool { return shape.ID == s.Shape }) {
		c.add("shape", UnknownValue, s.Shape, nil)
	}
	for _, call := range Calls() {
		if s.Call(call) != nil {
			c.call(s, call)
		}
	}
	c.variables("variables", s.Variables, true)
	c.auth("auth", s.Auth)
	c.text("connection.proxy", s.Connection.Proxy)
	connection := s.Connection
	for _, field := range connection.plainTemplates() {
		c.text("connection."+field.name, *field.text)
	}
	for _, p := range s.checkConnection() {
		c.add("connection."+p.Field, p.Code, p.Value, p.Err)
	}
	if s.ReconnectionTime < 0 {
		c.add("reconnection_time", Negative, "", nil)
	}
	if s.MaxReconnects != nil && *s.MaxReconnects < 0 {
		c.add("max_reconnects", Negative, "", nil)
	}
	if strings.ContainsAny(s.LastEventID, "\x00\r\n") {
		c.add("last_event_id", BadHeaderValue, "", nil)
	}
	return c.problems
}

// Calls returns the names of the calls, in the order of their use.
func Calls() []string { return []string{Subscribe, Send, Close} }

// checkConnection checks the connection, but not a proxy with placeholders,
// which could be anything.
func (s *Spec) checkConnection() []*Problem {
	connection := s.Connection
	if len(Refs(connection.Proxy)) > 0 {
		connection.Proxy = ""
	}
	return connection.Check()
}

// Check returns what is wrong with e by itself.
func (e *Environment) Check() []*Problem {
	c := &checker{}
	c.name("name", e.Name)
	c.variables("variables", e.Variables, false)
	return c.problems
}

// CheckName returns what is wrong with the name of a target or environment next
// to others, or nil.
func CheckName(name string, others []string) *Problem {
	c := &checker{}
	c.name("name", name)
	if slices.Contains(others, name) {
		c.add("name", Duplicate, name, nil)
	}
	return c.first()
}

// CheckURL returns what is wrong with the template of a URL, or nil.
func CheckURL(template string) *Problem {
	c := &checker{}
	c.url("url", template)
	return c.first()
}

// CheckMethod returns what is wrong with a method, or nil.
func CheckMethod(method string) *Problem {
	c := &checker{}
	c.method("method", method)
	return c.first()
}

// CheckHeader returns what is wrong with a header, or nil.
func CheckHeader(p Param) *Problem {
	c := &checker{}
	c.header("header", p)
	return c.first()
}

// CheckBody returns what is wrong with a body.
func CheckBody(b Body) []*Problem {
	c := &checker{}
	c.body("body", b)
	return c.problems
}

// CheckAuth returns what is wrong with an authentication.
func CheckAuth(a Auth) []*Problem {
	c := &checker{}
	c.auth("auth", a)
	return c.problems
}

// CheckVariable returns what is wrong with the name of a variable, or nil. own
// says whether it belongs to the target; others are the names of the other
// variables.
func CheckVariable(name string, own bool, others []string) *Problem {
	c := &checker{}
	c.variables("variables", []Variable{{Name: name}}, own)
	if slices.Contains(others, name) {
		c.add("name", Duplicate, name, nil)
	}
	if p := c.first(); p != nil {
		p.Field = "name"
		return p
	}
	return nil
}

type checker struct {
	problems []*Problem
	own      map[string]Variable // the target's variables
	knows    bool                // own is complete
}

func (c *checker) add(field string, code ProblemCode, value string, err error) {
	c.problems = append(c.problems, newProblem(field, code, value, err))
}

func (c *checker) first() *Problem {
	if len(c.problems) == 0 {
		return nil
	}
	return c.problems[0]
}

func (c *checker) name(field, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		c.add(field, Missing, name, nil)
	case !utf8.ValidString(name):
		c.add(field, NotUTF8, "", nil)
	}
}

func (c *checker) call(s *Spec, name string) {
	call := s.Call(name)
	c.method(name+".method", call.Method)
	c.url(name+".url", call.URL)
	for i, p := range call.Query {
		if p.Name == "" {
			c.add(indexed(name+".query", i, "name"), Missing, "", nil)
		}
		c.text(indexed(name+".query", i, "value"), p.Value)
	}
	auth := s.Auth
	if call.Auth != nil {
		auth = *call.Auth
		c.auth(name+".auth", auth)
	}
	for i, p := range call.Header {
		c.header(indexed(name+".header", i, ""), p)
		if p.Name != "" && strings.EqualFold(p.Name, auth.header()) {
			c.add(indexed(name+".header", i, "name"), AuthTwice, p.Name, nil)
		}
	}
	if call.Body != nil {
		c.body(name+".body", *call.Body)
		if m := call.method(); m == "GET" || m == "HEAD" {
			c.add(name+".method", BodyOfGET, m, nil)
		}
	}
	for _, p := range call.Expect.Check() {
		c.add(name+".expect."+p.Field, p.Code, p.Value, p.Err)
	}
}

// header returns the name of the header that the authentication sets.
func (a Auth) header() string {
	switch a.Kind {
	case AuthBasic, AuthBearer:
		return "Authorization"
	case AuthHeader:
		return a.Name
	}
	return ""
}

func (c *checker) method(field, method string) {
	if method != "" && !httpguts.ValidHeaderFieldName(method) {
		c.add(field, BadMethod, method, nil)
	}
}

// url checks the template of a URL, with harmless values for its placeholders.
func (c *checker) url(field, template string) {
	c.text(field, template)
	f := &filler{}
	var b strings.Builder
	var at urlPlace
	for t := range tokens(template) {
		switch at.follow(b.String()); {
		case !t.isRef:
			b.WriteString(t.text)
		case !at.inOrigin():
			b.WriteString("x")
		case b.Len() > 0:
			// A host, a port or part of one: "1" is valid for each.
			b.WriteString("1")
		default:
			b.WriteString(standIn(template))
		}
	}
	f.url(field, Quote(b.String()), nil)
	for _, p := range f.problems {
		c.add(field, p.Code, Mask(template), p.Err)
	}
}

// standIn returns a value for a placeholder at the beginning of a URL: a scheme
// if :// follows it, and otherwise scheme and host.
func standIn(template string) string {
	if ref := Refs(template)[0].String(); strings.HasPrefix(strings.TrimPrefix(template, ref), "://") {
		return "http"
	}
	return "http://h"
}

func (c *checker) header(field string, p Param) {
	field = strings.TrimSuffix(field, ".")
	switch name := textproto.CanonicalMIMEHeaderKey(p.Name); {
	case p.Name == "":
		c.add(field+".name", Missing, "", nil)
	case !httpguts.ValidHeaderFieldName(p.Name):
		c.add(field+".name", BadHeaderName, p.Name, nil)
	case slices.Contains([]string{"Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Upgrade"}, name):
		c.add(field+".name", HeaderNotSent, name, nil)
	}
	f := &filler{spec: &Spec{}}
	f.header(field+".value", Quote(literal(p.Value)))
	c.problems = append(c.problems, f.problems...)
	c.text(field+".value", p.Value)
}

// literal returns the literal text of a template, without its placeholders.
func literal(template string) string {
	var b strings.Builder
	for t := range tokens(template) {
		b.WriteString(t.text)
	}
	return b.String()
}

func (c *checker) body(field string, b Body) {
	switch b.Kind {
	case BodyForm:
		for i, p := range b.Form {
			if p.Name == "" {
				c.add(indexed(field+".form", i, "name"), Missing, "", nil)
			}
			c.text(indexed(field+".form", i, "value"), p.Value)
		}
	case BodyText:
		c.text(field+".text", b.Text)
	case BodyJSON:
		c.text(field+".text", b.Text)
		c.json(field+".text", b.Text)
	default:
		c.add(field+".kind", UnknownValue, b.Kind, nil)
	}
}

// json checks a template of JSON, with harmless values for its placeholders.
func (c *checker) json(field, template string) {
	var b strings.Builder
	var in jsonPlace
	for t := range tokens(template) {
		switch {
		case !t.isRef:
			b.WriteString(t.text)
		case in.string(b.String()):
			b.WriteString("x")
		case t.ref.Raw:
			b.WriteString("1")
		default:
			b.WriteString(`"x"`)
		}
	}
	f := &filler{spec: &Spec{}}
	f.json(field, Quote(b.String()))
	c.problems = append(c.problems, f.problems...)
}

func (c *checker) auth(field string, a Auth) {
	switch a.Kind {
	case AuthNone:
		return
	case AuthBasic:
		if a.User == "" {
			c.add(field+".user", Missing, "", nil)
		}
	case AuthBearer, AuthHeader, AuthQuery:
		if a.Value == "" {
			c.add(field+".value", Missing, "", nil)
		}
	default:
		c.add(field+".kind", UnknownValue, a.Kind, nil)
	}
	switch {
	case a.Kind != AuthHeader && a.Kind != AuthQuery:
	case a.Name == "":
		c.add(field+".name", Missing, "", nil)
	case a.Kind == AuthHeader && !httpguts.ValidHeaderFieldName(a.Name):
		c.add(field+".name", BadHeaderName, a.Name, nil)
	}
	c.text(field+".user", a.User)
	c.text(field+".value", a.Value)
}

func (c *checker) variables(field string, variables []Variable, own bool) {
	seen := make(map[string]bool)
	for i, v := range variables {
		name := indexed(field, i, "name")
		switch {
		case v.Name == "":
			c.add(name, Missing, "", nil)
		case !isName(v.Name):
			c.add(name, BadVariable, v.Name, nil)
		case own && (v.Name == ClientID || v.Name == Content):
			c.add(name, Reserved, v.Name, nil)
		case seen[v.Name]:
			c.add(name, Duplicate, v.Name, nil)
		}
		seen[v.Name] = true
		c.utf8(indexed(field, i, "value"), v.Value)
		if v.Secret { // the value of a secret is not a template
			continue
		}
		if own {
			c.places(indexed(field, i, "value"), v.Value)
		}
		if v.Value != "" && !(own && onlyRefs(v.Value)) && mask.Header.Secret(v.Name) {
			c.add(indexed(field, i, "value"), NotSecret, "", nil)
		}
	}
}

// text checks a template.
func (c *checker) text(field, template string) {
	c.utf8(field, template)
	c.places(field, template)
}

// utf8 checks that a text can be written to a file.
func (c *checker) utf8(field, text string) {
	if !utf8.ValidString(text) {
		c.add(field, NotUTF8, "", nil)
	}
}

// places checks that the target has the variables that a template requires of it.
func (c *checker) places(field, template string) {
	if !c.knows {
		return
	}
	for _, ref := range Refs(template) {
		if _, own := c.own[ref.Name]; !own && !ref.Environment && ref.Name != ClientID && ref.Name != Content {
			c.add(field, NoVariable, ref.String(), nil)
			return
		}
	}
}
