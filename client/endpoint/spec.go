package endpoint

import (
	"net/http"
	"slices"
)

// Spec is a target: all that is needed to make its calls but who calls, what is
// sent, and the active environment. Templates (see Ref) are the texts of
// calls, Auth and own variables, and of Connection the proxy, the files and the
// server's name. The values of its secret variables are in it while it is used,
// and in no file.
type Spec struct {
	Name  string `json:"name"`
	Shape string `json:"shape,omitempty"` // what it was made from, one of Shapes or ""; nothing depends on it
	Note  string `json:"note,omitempty"`  // for people

	Subscribe Call  `json:"subscribe"`
	Send      *Call `json:"send,omitempty"`  // nil: nothing can be sent
	Close     *Call `json:"close,omitempty"` // nil: a stream is closed by leaving it

	Variables  []Variable `json:"variables,omitempty"` // its own, for {name}
	Auth       Auth       `json:"auth,omitzero"`       // of calls that have none of their own
	Connection Connection `json:"connection,omitzero"`
	Cookies    bool       `json:"cookies,omitempty"` // keep the cookies of answers, and send them, for this target alone

	LastEventID      string   `json:"last_event_id,omitempty"`     // that a first connection asks with; plain text
	ReconnectionTime Duration `json:"reconnection_time,omitempty"` // until the stream sets one; 0 is the client's default
	MaxReconnects    *int     `json:"max_reconnects,omitempty"`    // in a row, without an event between them; 0 is none, nil is no limit
	EndMarker        string   `json:"end_marker,omitempty"`        // data of the event that ends a stream for good, such as [DONE]

	typed bool // see Demo; in no file
}

// Call is how one of the three calls is made.
type Call struct {
	Method string  `json:"method,omitempty"` // "" is GET without a body and POST with one
	URL    string  `json:"url"`
	Query  []Param `json:"query,omitempty"` // added to what URL has
	Header []Param `json:"header,omitempty"`
	Body   *Body   `json:"body,omitempty"`
	// LongAsForm makes the call by POST, with Query as a form in its body, when
	// its URL would be longer than 2 KiB.
	LongAsForm bool   `json:"long_as_form,omitempty"`
	Auth       *Auth  `json:"auth,omitempty"`  // instead of the target's
	Expect     Expect `json:"expect,omitzero"` // of the answer to a send or close

	long *Call // how it is made when its URL would be longer than 2 KiB, nil: the same; in no file
}

// Param is a name and the template of its value.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Body is the template of a request's body.
type Body struct {
	Kind string  `json:"kind"`           // BodyJSON, BodyForm or BodyText
	Text string  `json:"text,omitempty"` // of BodyJSON and BodyText
	Form []Param `json:"form,omitempty"` // of BodyForm
}

// The kinds of bodies. In BodyJSON a place within a string is escaped as one, a
// place elsewhere becomes a whole string, and a raw one is JSON itself. The
// Content-Type follows from the kind, unless Header has one; an empty one there
// sends none.
const (
	BodyJSON = "json"
	BodyForm = "form"
	BodyText = "text"
)

// Variable is a named value.
type Variable struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"` // for a secret "" in every file, and until it has been filled in
	Secret bool   `json:"secret,omitempty"`
}

// Auth is how a call authenticates itself, besides a client certificate
// (Connection) and cookies.
type Auth struct {
	Kind  string `json:"kind,omitempty"`
	User  string `json:"user,omitempty"`  // of AuthBasic
	Name  string `json:"name,omitempty"`  // of the header or the query parameter
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

// Environment is a named set of variables, for {{name}}. Their values are
// plain texts.
type Environment struct {
	Name      string     `json:"name"`
	Variables []Variable `json:"variables,omitempty"`
}

// Values is what changes from one request to the next.
type Values struct {
	ClientID    string
	Content     string       // of a send
	Environment *Environment // the active one, or nil
}

// Names of the values that every template may use.
const (
	ClientID = "clientId"
	Content  = "content"
)

// Call returns how a call is made, nil if the target has none: a button for it
// is disabled then. call is Subscribe, Send or Close.
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

// method returns the method that the call is made with.
func (c *Call) method() string {
	switch {
	case c.Method != "":
		return c.Method
	case c.Body != nil:
		return http.MethodPost
	}
	return http.MethodGet
}
