package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sseconsole/server/message"
)

// routes returns the handlers of all paths. There are two base paths, since the
// original demo has one in its back end and another in its pages.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	handle := func(pattern string, serve func(http.ResponseWriter, *http.Request, params), methods ...string) {
		mux.Handle(pattern, &call{s, serve, methods})
	}
	handle("/{$}", s.page, http.MethodGet, http.MethodHead)
	for _, base := range []string{"/demo/sse/", "/smilex/open/sse/"} {
		handle(base+"subscribe", s.subscribe, http.MethodGet, http.MethodPost)
		handle(base+"send", s.send, http.MethodGet, http.MethodPost)
		handle(base+"close", s.close, http.MethodGet, http.MethodPost)
		handle(base+"sessions", s.sessions, http.MethodGet, http.MethodHead)
		handle(base+"faults", s.faultsPage, http.MethodGet, http.MethodHead)
		handle(base+"metrics", s.metricsPage, http.MethodGet, http.MethodHead)
	}
	return mux
}

// ServeHTTP implements [http.Handler]. A subscribe blocks until its stream ends, and
// panics with [http.ErrAbortHandler] if the response must not seem complete.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	markHeadRead(r)
	if s.mayCall(w, r) {
		s.handler(r).ServeHTTP(w, r)
	}
}

// mayCall reports whether the guard accepts r. If not, it writes the response.
func (s *Server) mayCall(w http.ResponseWriter, r *http.Request) bool {
	kind, refusal, err := s.guard.check(w.Header(), r)
	if refusal == nil {
		return true
	}
	notice := Notice{Kind: kind, Remote: r.RemoteAddr, Err: err}
	switch kind {
	case RefusedHost:
		notice.Host = message.Beginning(s.redactor.text(r.Host))
	case RefusedOrigin:
		notice.Origin = message.Beginning(s.redactor.text(r.Header.Get("Origin")))
	}
	s.observe(notice)
	refusal.writeTo(w)
	return false
}

// handler returns the handler for the decoded path of r. Where ServeMux would redirect
// to a cleaned path, there is no call.
func (s *Server) handler(r *http.Request) http.Handler {
	h, _ := s.calls.Handler(&http.Request{Method: r.Method, URL: &url.URL{Path: r.URL.Path}})
	if c, ok := h.(*call); ok {
		return c
	}
	return http.HandlerFunc(noSuchCall)
}

func noSuchCall(w http.ResponseWriter, _ *http.Request) {
	result{http.StatusNotFound, "no such call", map[string]any{"calls": []string{
		"/", "/demo/sse/subscribe?clientId=X", "/demo/sse/send?clientId=X&content=Y", "/demo/sse/close?clientId=X",
		"/smilex/open/sse/subscribe?clientId=X", "/smilex/open/sse/send?clientId=X&content=Y", "/smilex/open/sse/close?clientId=X",
		"/demo/sse/sessions", "/demo/sse/faults", "/demo/sse/metrics",
		"/smilex/open/sse/sessions", "/smilex/open/sse/faults", "/smilex/open/sse/metrics",
	}}}.writeTo(w)
}

// call is the handler of one path. It answers OPTIONS by itself.
type call struct {
	server  *Server
	serve   func(http.ResponseWriter, *http.Request, params)
	methods []string
}

// ServeHTTP implements [http.Handler].
func (c *call) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p := c.accept(w, r); p != nil {
		c.serve(w, r, p)
	}
}

// accept returns the parameters of r, or writes a response and returns nil.
func (c *call) accept(w http.ResponseWriter, r *http.Request) params {
	if r.Method == http.MethodOptions || !slices.Contains(c.methods, r.Method) {
		w.Header().Set("Allow", strings.Join(c.methods, ", ")+", OPTIONS")
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
		} else {
			failure(http.StatusMethodNotAllowed, "the method must be %s", strings.Join(c.methods, " or ")).writeTo(w)
		}
		return nil
	}
	body := &body{ReadCloser: r.Body, hub: c.server.hub}
	defer body.release()
	r.Body = body
	p, bad := readParams(w, r)
	if bad != nil {
		bad.writeTo(w)
		return nil
	}
	return p
}

func (s *Server) close(w http.ResponseWriter, _ *http.Request, p params) {
	if bad := p.checkClientID(); bad != nil {
		bad.writeTo(w)
	} else if s.hub.Close(p.first("clientId")) {
		success(nil).writeTo(w)
	} else {
		success(false).writeTo(w)
	}
}
