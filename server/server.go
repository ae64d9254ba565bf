package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Config says how a Server behaves. The zero value is a server for this machine
// alone.
type Config struct {
	// KeepAlive is the time between the comments that keep a quiet stream
	// alive. 0: 15 s. Negative: none.
	KeepAlive time.Duration
	// Hosts are accepted as Host, beside IP addresses, localhost and this
	// machine's name. A port in them does not count.
	Hosts []string
	// Origins may call, beside loopback origins and the server's own. "null",
	// the origin of a page from a file and of any sandboxed frame, must be named.
	Origins []string
	// Token, if not empty, is needed for every call, as "Authorization: Bearer"
	// or "token" in the query.
	Token string
	// WriteTimeout is how long a write to a subscriber may block before the
	// subscriber is cut off. 0: 10 s.
	WriteTimeout time.Duration
	// UserTimeout is how long a peer may be silent on the TCP level, for
	// listeners made by [Server.Listen]. Whole seconds, at least 2 s. 0: 30 s.
	UserTimeout time.Duration
	// Observe is told what happens. It is called from any goroutine and must
	// not block; nil: nobody is told.
	Observe func(Notice)
}

// Server is an SSE server with the calls subscribe, send and close under
// /demo/sse/ and /smilex/open/sse/. It is an [http.Handler], and can serve by
// itself with Listen and Serve. All methods may be called from any goroutine.
type Server struct {
	config  Config
	guard   *guard
	hub     *hub
	http    *http.Server
	stopped chan struct{} // closed when Shutdown is done
	stop    func()        // closes it
}

// New returns a Server; make one with New only. It holds no resources before
// it serves.
func New(c Config) *Server {
	if c.KeepAlive == 0 {
		c.KeepAlive = 15 * time.Second
	}
	if c.WriteTimeout == 0 {
		c.WriteTimeout = 10 * time.Second
	}
	if c.UserTimeout == 0 {
		c.UserTimeout = 30 * time.Second
	}
	s := &Server{config: c, guard: newGuard(c.Hosts, c.Origins, c.Token), hub: newHub(), stopped: make(chan struct{})}
	s.stop = sync.OnceFunc(func() { close(s.stopped) })
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    4 << 20, // content of 1 MiB, percent-encoded, is 3 MiB
	}
	return s
}

// call returns what serves a path, or nil. The original demo has two bases: its
// back end's and the one that its pages call.
func (s *Server) call(path string) func(http.ResponseWriter, *http.Request, params) {
	switch path {
	case "/demo/sse/subscribe", "/smilex/open/sse/subscribe":
		return s.subscribe
	case "/demo/sse/send", "/smilex/open/sse/send":
		return s.send
	case "/demo/sse/close", "/smilex/open/sse/close":
		return s.close
	}
	return nil
}

// ServeHTTP implements [http.Handler]. A subscribe blocks as long as its stream
// lasts, and panics with [http.ErrAbortHandler] if the stream must not seem whole.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if kind, refusal, err := s.guard.check(w.Header(), r); refusal != nil {
		notice := Notice{Kind: kind, Remote: r.RemoteAddr, Err: err}
		switch kind {
		case RefusedHost:
			notice.Host = beginning(r.Host)
		case RefusedOrigin:
			notice.Origin = beginning(r.Header.Get("Origin"))
		}
		s.observe(notice)
		refusal.writeTo(w)
		return
	}
	const allow = "GET, POST, OPTIONS"
	call := s.call(r.URL.Path)
	switch {
	case call == nil:
		result{http.StatusNotFound, "no such call", map[string]any{"calls": []string{
			"/demo/sse/subscribe?clientId=X", "/demo/sse/send?clientId=X&content=Y", "/demo/sse/close?clientId=X",
			"/smilex/open/sse/subscribe?clientId=X", "/smilex/open/sse/send?clientId=X&content=Y", "/smilex/open/sse/close?clientId=X",
		}}}.writeTo(w)
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", allow)
		w.WriteHeader(http.StatusNoContent)
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		w.Header().Set("Allow", allow)
		failure(http.StatusMethodNotAllowed, "only GET and POST").writeTo(w)
	default:
		p, bad := readParams(w, r)
		if bad != nil {
			bad.writeTo(w)
			return
		}
		call(w, r, p)
	}
}

func (s *Server) subscribe(w http.ResponseWriter, r *http.Request, p params) {
	if bad := p.checkClientID(); bad != nil {
		bad.writeTo(w)
		return
	}
	sess := &session{
		clientID:     p["clientId"],
		w:            w,
		rc:           http.NewResponseController(w),
		writeTimeout: s.config.WriteTimeout,
		wake:         make(chan struct{}, 1),
	}
	// It joins before the headers go out, so that whoever has seen them can be
	// sent to.
	switch err := s.hub.join(sess, r.Header.Get("Last-Event-ID")); err {
	case nil:
	case errReplaced:
		s.observe(Notice{Kind: RefusedReconnect, ClientID: sess.clientID, Remote: r.RemoteAddr})
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		// An EventSource comes back after a broken connection, as it should to a
		// server that starts again, but never after a status.
		panic(http.ErrAbortHandler)
	}
	defer s.hub.forget(sess)
	notice := Notice{Kind: Subscribed, ClientID: sess.clientID, Session: sess.name, Remote: r.RemoteAddr}
	s.observe(notice)

	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Accel-Buffering", "no") // nginx passes the stream on as it comes
	w.WriteHeader(http.StatusOK)
	var keepAlive <-chan time.Time
	if s.config.KeepAlive > 0 {
		ticker := time.NewTicker(s.config.KeepAlive)
		defer ticker.Stop()
		keepAlive = ticker.C
	}
	notice.Kind, notice.Err = sess.serve(r.Context(), keepAlive)
	notice.LostIDs = s.hub.leave(sess)
	s.observe(notice)
	if notice.Kind == CutOff {
		panic(http.ErrAbortHandler)
	}
}

func (s *Server) close(w http.ResponseWriter, _ *http.Request, p params) {
	if bad := p.checkClientID(); bad != nil {
		bad.writeTo(w)
	} else if s.hub.close(p["clientId"]) {
		success(nil).writeTo(w)
	} else {
		success(false).writeTo(w)
	}
}

// AllowOrigin lets pages of origin call from now on. It ignores what is no
// origin; see [ValidOrigin].
func (s *Server) AllowOrigin(origin string) { s.guard.allow(origin) }

// Sessions returns how many clientIds have a subscriber.
func (s *Server) Sessions() int { return s.hub.count() }

func (s *Server) observe(n Notice) {
	if s.config.Observe != nil {
		n.Time = time.Now()
		s.config.Observe(n)
	}
}

// Serve accepts connections on l until Shutdown, and returns nil once that has
// returned, or else the error that stopped it. It closes l.
func (s *Server) Serve(l net.Listener) error {
	err := s.http.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		<-s.stopped
		return nil
	}
	return fmt.Errorf("server: %w", err)
}

// Shutdown stops listening, ends every stream after what is queued for it, and
// returns when that is done: after 1.5 s, or when ctx is done, it cuts off the
// subscribers that are left, and says so by an error. A subscribe that comes
// meanwhile or later finds its connection broken. A further call does nothing
// but wait. Shutdown is also for a Server that is served by another
// [http.Server], which it leaves alone.
func (s *Server) Shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
	defer cancel()
	defer s.stop()
	s.hub.stop()
	s.http.Shutdown(ctx) // an error is ctx's
	select {
	case <-s.hub.idle:
	case <-ctx.Done():
	}
	left := s.hub.cutAll()
	s.http.Close()
	if left == 0 {
		return nil
	}
	select {
	case <-s.hub.idle:
	case <-time.After(250 * time.Millisecond): // a ResponseWriter without deadlines
	}
	return fmt.Errorf("server: %d subscribers had to be cut off", left)
}

// NewToken returns a random token that nobody can guess, safe in URLs.
func NewToken() string { return rand.Text() }
