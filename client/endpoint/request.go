package endpoint

import (
	"net/http"
	"strings"
)

// Request is an HTTP request without templates, ready to be sent. Any field may
// contain secrets.
type Request struct {
	Method string      // "" means GET
	URL    string      // absolute, http or https
	Header http.Header // as sent, except for usual headers that the client adds
	Body   []byte      // nil means none; sent with its length
}

// Clone returns a copy that shares only the bytes of the body with r; they
// never change.
func (r Request) Clone() Request {
	r.Header = r.Header.Clone()
	return r
}

// Verb returns the method as sent.
func (r Request) Verb() string {
	if r.Method == "" {
		return http.MethodGet
	}
	return strings.TrimSpace(r.Method)
}
