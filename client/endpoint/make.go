package endpoint

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// ErrNoCall says that a target has no such call.
var ErrNoCall = errors.New("target: no such call")

// longestURL is the maximum length of a URL if there is another way to send a long one.
const longestURL = 2 << 10

// Request makes the request of a call: Subscribe, Send or Close. Its error is
// ErrNoCall, or Problems that name everything that prevents the request: every
// undefined variable and every secret without a value, and where. The caller
// adds the Last-Event-ID.
func (s *Spec) Request(call string, values Values) (Request, error) {
	c := s.Call(call)
	if c == nil {
		return Request{}, fmt.Errorf("%w: %s", ErrNoCall, call)
	}
	f := &filler{spec: s, values: values}
	r := f.request(call, c)
	if err := f.problems.err(); err != nil {
		return Request{}, err
	}
	return r, nil
}

// Resolve returns the Connection with its templates filled: the proxy, the
// files and the name of the server.
func (s *Spec) Resolve(values Values) (Connection, error) {
	f := &filler{spec: s, values: values}
	c := s.Connection
	c.Proxy = f.fill("connection.proxy", c.Proxy, putURL())
	for _, field := range c.plainTemplates() {
		*field.text = f.fill("connection."+field.name, *field.text, plain)
	}
	return c, f.problems.err()
}

// Missing returns the variables that a call needs but that have no value, and
// where: problems with the codes Undefined, SecretMissing and Loop.
func (s *Spec) Missing(call string, values Values) []*Problem {
	var missing []*Problem
	add := func(err error) {
		var problems Problems
		if !errors.As(err, &problems) {
			return
		}
		for _, p := range problems {
			if p.Code == Undefined || p.Code == SecretMissing || p.Code == Loop {
				missing = append(missing, p)
			}
		}
	}
	_, err := s.Request(call, values)
	add(err)
	if !errors.Is(err, ErrNoCall) {
		_, err = s.Resolve(values)
		add(err)
	}
	return missing
}

func (f *filler) request(call string, c *Call) Request {
	r := Request{Method: c.method(), Header: http.Header{}}
	query := f.query(call+".query", c.Query)
	for i, p := range c.Header {
		r.Header.Add(p.Name, f.header(indexed(call+".header", i, "value"), p.Value))
	}
	if param := f.authenticate(call, c, r.Header); param != "" {
		query = append(query, param)
	}
	kind := ""
	if c.Body != nil {
		field := call + ".body.text"
		switch c.Body.Kind {
		case BodyForm:
			r.Body, kind = []byte(f.form(call+".body.form", c.Body.Form)), "application/x-www-form-urlencoded"
		case BodyText:
			r.Body, kind = []byte(f.fill(field, c.Body.Text, plain)), "text/plain; charset=utf-8"
		case BodyJSON:
			r.Body, kind = f.json(field, c.Body.Text), "application/json"
		default:
			f.add(call+".body.kind", UnknownValue, c.Body.Kind, nil)
		}
	}
	r.URL = f.url(call+".url", c.URL, query)
	if c.long != nil && len(r.URL) > longestURL {
		return f.request(call, c.long)
	}
	if c.LongAsForm && len(r.URL) > longestURL && c.Body == nil {
		r.Method, kind = http.MethodPost, "application/x-www-form-urlencoded"
		r.URL, r.Body = f.url(call+".url", c.URL, nil), []byte(strings.Join(query, "&"))
	}
	switch given := r.Header.Values("Content-Type"); {
	case kind != "" && given == nil:
		r.Header.Set("Content-Type", kind)
	case len(given) == 1 && given[0] == "": // send no Content-Type
		r.Header.Del("Content-Type")
	}
	return r
}

// url fills the template of a URL and adds parameters.
func (f *filler) url(field, template string, query []string) string {
	before := len(f.problems)
	text := f.fill(field, template, putURL())
	if len(f.problems) > before {
		return ""
	}
	u, err := read(text)
	if err != nil {
		f.add(field, badURL(err), Mask(template), withoutURL(err))
		return ""
	}
	if u.RawQuery != "" {
		query = append([]string{u.RawQuery}, query...)
	}
	if len(query) > 0 {
		u.RawQuery = strings.Join(query, "&")
	}
	return site(u) + u.RawPath + rawQuery(u)
}

// authenticate sets the header for the authentication of a call, or returns a
// query parameter for it.
func (f *filler) authenticate(call string, c *Call, header http.Header) (param string) {
	auth, field := f.spec.Auth, "auth"
	if c.Auth != nil {
		auth, field = *c.Auth, call+".auth"
	}
	if auth.Kind == AuthNone {
		return ""
	}
	if auth.Kind == AuthBasic {
		pair := f.fill(field+".user", auth.User, plain) + ":" + f.fill(field+".value", auth.Value, plain)
		header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
		return ""
	}
	value := f.header(field+".value", auth.Value)
	switch auth.Kind {
	case AuthBearer:
		header.Set("Authorization", "Bearer "+value)
	case AuthHeader:
		header.Set(auth.Name, value)
	case AuthQuery:
		return escape(auth.Name) + "=" + escape(value)
	default:
		f.add(field+".kind", UnknownValue, auth.Kind, nil)
	}
	return ""
}

func indexed(list string, i int, field string) string {
	return fmt.Sprintf("%s[%d].%s", list, i, field)
}
