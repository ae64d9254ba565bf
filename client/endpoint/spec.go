package endpoint

import (
	"net/http"
	"slices"
)

// Spec is a target: everything needed to make its calls, except the clientId,
// the content and the active environment. Templates (see Ref) are the texts of
// calls, Auth and own variables, and the proxy, files and server name of
// Connection. A Spec in use contains the values of its secret variables; a file
// never does.
type Spec struct {
	Name  string `json:"name"`
	Shape string `json:"shape,omitempty"` // the shape it was made from, one of Shapes or ""; informational
	Note  string `json:"note,omitempty"`  // free text

	Subscribe Call  `json:"subscribe"`
	Send      *Call `json:"send,omitempty"`  // nil: nothing can be sent
	Close     *Call `json:"close,omitempty"` // nil: a stream is closed only by the client

	Variables  []Variable `json:"variables,omitempty"` // the target's own, for {name}
	Auth       Auth       `json:"auth,omitzero"`       // for calls without their own Auth
	Connection Connection `json:"connection,omitzero"`
	Cookies    bool       `json:"cookies,omitempty"` // use a cookie jar, for this target only

	LastEventID      string   `json:"last_event_id,omitempty"`     // Last-Event-ID of the first connection; plain text
	ReconnectionTime Duration `json:"reconnection_time,omitempty"` // until the stream sets one; 0 means the client's default
	MaxReconnects    *int     `json:"max_reconnects,omitempty"`    // in a row, without an event between them; 0 means none, nil no limit
	EndMarker        string   `json:"end_marker,omitempty"`        // data of the event that ends a stream for good, such as [DONE]

	typed bool // see Demo; not in files
}

// Call describes how to make one of the three calls.
type Call struct {
	Method string  `json:"method,omitempty"` // "" means GET without a body and POST with one
	URL    string  `json:"url"`
	Query  []Param `json:"query,omitempty"` // added to the query of URL
	Header []Param `json:"header,omitempty"`
	Body   *Body   `json:"body,omitempty"`
	// LongAsForm sends Query as a form in the body of a POST if the URL would be
	// longer than 2 KiB.
	LongAsForm bool   `json:"long_as_form,omitempty"`
	Auth       *Auth  `json:"auth,omitempty"`  // instead of the target's
	Expect     Expect `json:"expect,omitzero"` // for the answer to a send or close

	long *Call // used instead if the URL would be longer than 2 KiB, unless nil; not in files
}

// Param is a name and the template of its value.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Body is the template of a request's body.
type Body struct {
	Kind string  `json:"kind"`           // BodyJSON, BodyForm or BodyText
	Text string  `json:"text,omitempty"` // for BodyJSON and BodyText
	Form []Param `json:"form,omitempty"` // for BodyForm
}

// The kinds of bodies. In BodyJSON a placeholder within a string is escaped for
// it, one outside becomes a whole string, and a raw one inserts JSON. The kind
// determines the Content-Type unless Header has one; an empty one there sends
// none.
const (
	BodyJSON = "json"
	BodyForm = "form"
	BodyText = "text"
)

// Variable is a named value.
type Variable struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"` // "" for a secret in a file, and until it has been filled in
	Secret bool   `json:"secret,omitempty"`
}

// Auth is how a call authenticates, besides client certificates (see
// Connection) and cookies.
type Auth struct {
	Kind  string `json:"kind,omitempty"`
	User  string `json:"user,omitempty"`  // for AuthBasic
	Name  string `json:"name,omitempty"`  // name of the header or query parameter
	Value string `json:"value,omitempty"` // password, token or key
}

// The kinds of authentication.
const (
	AuthNone   = ""
	AuthBasic  = "basic"
	AuthBearer = "bearer"
	AuthHeader = "header" // an API key in the header Name
	AuthQuery  = "query"  // an API key in the query parameter Name
)

// Environment is a named set of variables, for {{name}}. Their values are plain text.
type Environment struct {
	Name      string     `json:"name"`
	Variables []Variable `json:"variables,omitempty"`
}

// Values are the values that change from request to request.
type Values struct {
	ClientID    string
	Content     string       // for Send
	Environment *Environment // the active one, or nil
}

// Names of the values that every template may use.
const (
	ClientID = "clientId"
	Content  = "content"
)

// Call returns the call with this name (Subscribe, Send or Close), or nil if
// the target does not have it.
func (s *Spec) Call(call string) *Call {
	switch call {
	case Subscribe:
		return &s.Subscribe
	case Send:
		return s.Send
	case Close:
		return s.Close
	}
	return nil
}

// Clone returns a copy that shares nothing with s.
func (s Spec) Clone() Spec {
	s.Subscribe = s.Subscribe.clone()
	for _, call := range []**Call{&s.Send, &s.Close} {
		if *call != nil {
			c := (*call).clone()
			*call = &c
		}
	}
	s.Variables = slices.Clone(s.Variables)
	if s.MaxReconnects != nil {
		n := *s.MaxReconnects
		s.MaxReconnects = &n
	}
	return s
}

func (c Call) clone() Call {
	c.Query, c.Header = slices.Clone(c.Query), slices.Clone(c.Header)
	if c.Body != nil {
		b := *c.Body
		b.Form = slices.Clone(b.Form)
		c.Body = &b
	}
	if c.Auth != nil {
		a := *c.Auth
		c.Auth = &a
	}
	if c.long != nil {
		l := c.long.clone()
		c.long = &l
	}
	return c
}

// Clone returns a copy that shares nothing with e.
func (e Environment) Clone() Environment {
	e.Variables = slices.Clone(e.Variables)
	return e
}

// method returns the method of the call.
func (c *Call) method() string {
	switch {
	case c.Method != "":
		return c.Method
	case c.Body != nil:
		return http.MethodPost
	}
	return http.MethodGet
}
