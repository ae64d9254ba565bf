package endpoint

import (
	"net/url"
	"strings"
)

// Shape is a kind of server whose calls are known.
type Shape struct {
	ID      string
	Example string // an example of an address for New
	CanSend bool
}

// The shapes.
const (
	ShapeDemo    = "demo"    // this program's server: subscribe, send and close below one path
	ShapeSmilex  = "smilex"  // the original demo: the same, below /smilex/open/sse
	ShapeMercure = "mercure" // a Mercure hub; the clientId is the topic
	ShapeNchan   = "nchan"   // nginx with nchan: /sub/{clientId} and /pub/{clientId}
	ShapeOpenAI  = "openai"  // a stream in response to a POST of JSON, ended by [DONE]
	ShapeGET     = "get"     // a stream by GET
)

// Shapes returns all shapes, in the order in which they are offered.
func Shapes() []Shape {
	return []Shape{
		{ShapeDemo, "http://localhost:8080/demo/sse", true},
		{ShapeSmilex, "http://localhost:8080/smilex/open/sse", true},
		{ShapeMercure, "https://localhost/.well-known/mercure", true},
		{ShapeNchan, "http://localhost", true},
		{ShapeOpenAI, "https://api.openai.com/v1/chat/completions", false},
		{ShapeGET, "https://stream.wikimedia.org/v2/stream/recentchange", false},
	}
}

// base is the variable with the address of a target made from a shape.
const base = "base"

// New returns a target of a shape for an address as users type or paste it. A
// bare host gets the usual path of the shape, unless a slash follows it. The
// name is host and port. Secrets in the address become secret variables. The
// error is a *ParseError.
func New(shape, address string) (Spec, error) {
	usual := map[string]string{
		ShapeDemo: "/demo/sse", ShapeSmilex: "/smilex/open/sse", ShapeMercure: "/.well-known/mercure", ShapeOpenAI: "/v1/chat/completions",
	}[shape]
	before, _, _ := strings.Cut(strings.TrimSpace(address), "?")
	if strings.HasSuffix(before, "/") {
		usual = ""
	}
	return newSpec(shape, address, usual)
}

// newSpec is New; usual is the path for an address without one.
func newSpec(shape, address, usual string) (Spec, error) {
	parse := ParseStream
	if shape == ShapeDemo || shape == ShapeSmilex {
		parse = Parse
	}
	address, err := parse(address)
	if err != nil {
		return Spec{}, err
	}
	spec := Spec{Name: hostOf(address), Shape: shape, Cookies: true}
	where, query, found := strings.Cut(address, "?")
	if found {
		query = "?" + Quote(query)
	}
	if u, err := ParseURL(where); err == nil && usual != "" && strings.Trim(u.RawPath, "/") == "" {
		where = site(u) + usual
	}
	switch shape {
	case ShapeDemo, ShapeSmilex:
		spec.demo(query)
	case ShapeMercure:
		spec.mercure(query)
	case ShapeNchan:
		where = strings.TrimRight(where, "/")
		spec.nchan(query)
	case ShapeOpenAI:
		spec.openAI(query)
	default:
		spec.Subscribe = Call{URL: "{base}" + query}
	}
	spec.Variables = append([]Variable{{Name: base, Value: Quote(where)}}, spec.Variables...)
	return spec.Conceal(), nil
}

// FromBase returns the target of Demo as one that can be saved. It is New for
// the demo's shape without a usual path.
func FromBase(address string) (Spec, error) { return newSpec(ShapeDemo, address, "") }

func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// demo and the others get the query of the address as it was typed: it goes out in
// front of the parameters of their own.
func (s *Spec) demo(query string) {
	who := Param{"clientId", "{clientId}"}
	ok := Expect{JQ: ".code == 200"}
	s.Subscribe = Call{URL: "{base}/subscribe" + query, Query: []Param{who}}
	s.Send = &Call{URL: "{base}/send" + query, Query: []Param{who, {"content", "{content}"}}, LongAsForm: true, Expect: ok}
	s.Close = &Call{URL: "{base}/close" + query, Query: []Param{who}, Expect: ok}
}

// mercure uses the Mercure protocol: subscribers name topics in the query,
// publishers post a form, each with a separate token.
func (s *Spec) mercure(query string) {
	s.Subscribe = Call{URL: "{base}" + query, Query: []Param{{"topic", "{clientId}"}}}
	s.Send = &Call{
		URL:  "{base}" + query,
		Body: &Body{Kind: BodyForm, Form: []Param{{"topic", "{clientId}"}, {"data", "{content}"}}},
		Auth: &Auth{Kind: AuthBearer, Value: "{publisherJWT}"},
	}
	s.Variables = []Variable{{Name: "publisherJWT", Secret: true}}
}

// nchan uses the API of nginx with nchan. A send is answered with 201 if there
// are subscribers and 202 if there are none. Deleting the channel ends its
// streams.
func (s *Spec) nchan(query string) {
	s.Subscribe = Call{URL: "{base}/sub/{clientId}" + query, Header: []Param{{"Accept", "text/event-stream"}}}
	s.Send = &Call{
		Method: "POST", URL: "{base}/pub/{clientId}" + query, Header: []Param{{"Accept", "text/json"}},
		Body: &Body{Kind: BodyText, Text: "{content}"}, Expect: Expect{Status: "201 202"},
	}
	s.Close = &Call{Method: "DELETE", URL: "{base}/pub/{clientId}" + query, Expect: Expect{Status: "2xx 404"}}
}

func (s *Spec) openAI(query string) {
	s.Subscribe = Call{
		URL: "{base}" + query, Header: []Param{{"Accept", "text/event-stream"}},
		Body: &Body{Kind: BodyJSON, Text: `{
  "model": "{model}",
  "stream": true,
  "messages": [{"role": "user", "content": "{content}"}]
}`},
	}
	s.Auth = Auth{Kind: AuthBearer, Value: "{apiKey}"}
	s.Variables = []Variable{{Name: "model", Value: "gpt-4o-mini"}, {Name: "apiKey", Secret: true}}
	s.EndMarker = "[DONE]"
	s.MaxReconnects = new(int)
}
