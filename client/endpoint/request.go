package endpoint

import (
	"net/http"
	"strings"
)

// Request is one HTTP request, ready to be made: nothing in it is a template
// any more. It may hold secrets in any field.
type Request struct {
	Method string      // "" means GET
	URL    string      // absolute, http or https
	Header http.Header // as to be sent; what is missing of the usual ones is added
	Body   []byte      // nil is none; sent whole, with its length
}

// Clone returns a copy that shares nothing with r but the bytes of the body,
// which nobody changes.
func (r Request) Clone() Request {
	r.Header = r.Header.Clone()
	return r
}

// Verb returns the method in the form that goes over the wire.
func (r Request) Verb() string {
	if r.Method == "" {
		return http.MethodGet
	}
	return strings.TrimSpace(r.Method)
}
