package server

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

// Config says how a Server behaves. The zero value is a server for this machine
// alone.
type Config struct {
	// KeepAlive is the time between the comments that keep a quiet stream
	// alive. 0: 15 s. Negative: none.
	KeepAlive time.Duration
	// Hosts are accepted as Host, beside localhost, loopback addresses, the
	// address at which a connection was accepted and, if other machines can reach
	// the server, this machine's name. A port in them does not count. See
	// [ValidHost].
	Hosts []string
	// Origins may call, beside loopback origins and the server's own. "null",
	// the origin of a page from a file and of any sandboxed frame, must be named.
	// An origin is not a Host as well.
	Origins []string
	// Token, if not empty, is needed for every call, as "Authorization: Bearer"
	// or "token" in the query. Notices and what goes to the standard logger are
	// without it, wherever a request may have put it.
	Token string
	// WriteTimeout is how long a write to a subscriber may block before the
	// subscriber is cut off. 0: 10 s.
	WriteTimeout time.Duration
	// UserTimeout is how long a peer may be silent on the TCP level, for
	// listeners made by [Server.Listen]. Whole seconds, at least 2 s. 0: 30 s.
	UserTimeout time.Duration
	// Policy is what a further subscriber of one clientId does to the one that
	// is there. "": Replace. See also [hub.Hub.SetPolicy].
	Policy hub.Policy
	// Mode is how a subscribe that does not say it ("mode") is answered. "":
	// Streaming. See also [hub.Hub.SetMode].
	Mode hub.Mode
	// ReplayEvents and ReplayBytes, of their wire form, bound what is kept of
	// each clientId's newest messages for a subscriber that comes back with a
	// Last-Event-ID. The newest one is always kept. 0: 1,000 and 1 MiB.
	ReplayEvents, ReplayBytes int
	// MaxSessions and MaxPerAddress bound the sessions in all (503 beyond) and
	// those of one remote IP address (429), with those that end. One that polls
	// counts as a session also between two polls. A subscriber that displaces
	// another is always let in. 0: no bound but that of [FileLimit].
	MaxSessions, MaxPerAddress int
	// MaxMemory bounds the bytes that the server keeps, for all together:
	// messages in queues and for those that come back, what each session and
	// clientId takes, and bodies of requests that come in. Where that is reached,
	// what is kept for those that come back goes first, then whoever has the most
	// to read yet is cut off; then a call gets 503. 0: 512 MiB.
	MaxMemory int
	// TLS, if not nil, makes Serve speak TLS, with HTTP/2. It holds the
	// certificates.
	TLS *tls.Config
	// Observe is told what happens. It is called from any goroutine and must
	// not block; nil: nobody is told.
	Observe func(Notice)
}

// Server is an SSE server with the calls subscribe, send and close under
// /demo/sse/ and /smilex/open/sse/, and a page that uses them under /. It is an [http.Handler], and can serve by
// itself with Listen and Serve. All methods may be called from any goroutine.
type Server struct {
	config   Config
	guard    *guard
	discreet discreet
	hub      *hub.Hub
	metrics  *metrics
	faults   fault.Registry
	players  *scenario.Players
	http     *http.Server
	stopped  chan struct{} // closed when Shutdown is done
	stop     func()        // closes it
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
	s := &Server{config: c, guard: newGuard(c.Hosts, c.Origins, c.Token), discreet: discreet{c.Token}, stopped: make(chan struct{})}
	s.hub = hub.New(hub.Config{
		Policy: c.Policy, Mode: c.Mode,
		ReplayEvents: c.ReplayEvents, ReplayBytes: c.ReplayBytes,
		MaxSessions: c.MaxSessions, MaxPerAddress: c.MaxPerAddress,
		MaxMemory: c.MaxMemory,
		Expired:   s.expired,
	})
	s.metrics = newMetrics(s.hub)
	s.players = scenario.NewPlayers(stage{s})
	s.stop = sync.OnceFunc(func() { close(s.stopped) })
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    4 << 20, // content of 1 MiB, percent-encoded, is 3 MiB
		TLSConfig:         c.TLS.Clone(),
		ConnContext:       markCrowded,
		ErrorLog:          log.New(s.discreet, "", 0),
	}
	return s
}

// A call is what serves a path.
type call struct {
	serve    func(http.ResponseWriter, *http.Request, params)
	readOnly bool // GET and HEAD only
}

// call returns what serves a path; nothing for a path that is not served. The
// original demo has two bases: its back end's and the one that its pages call.
func (s *Server) call(path string) (c call) {
	if path == "/" {
		return call{s.page, true}
	}
	name, ok := strings.CutPrefix(path, "/demo/sse/")
	if !ok {
		name, ok = strings.CutPrefix(path, "/smilex/open/sse/")
	}
	if !ok {
		return c
	}
	switch name {
	case "subscribe":
		c.serve = s.subscribe
	case "send":
		c.serve = s.send
	case "close":
		c.serve = s.close
	case "sessions":
		c.serve, c.readOnly = s.sessions, true
	case "faults":
		c.serve, c.readOnly = s.faultsPage, true
	case "metrics":
		c.serve, c.readOnly = s.metricsPage, true
	}
	return c
}

// ServeHTTP implements [http.Handler]. A subscribe blocks as long as its stream
// lasts, and panics with [http.ErrAbortHandler] if the stream must not seem whole.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if call, p := s.accept(w, r); call.serve != nil {
		call.serve(w, r, p)
	}
}

// accept returns the call that r is, or answers r and returns none.
func (s *Server) accept(w http.ResponseWriter, r *http.Request) (call, params) {
	if kind, refusal, err := s.guard.check(w.Header(), r); refusal != nil {
		notice := Notice{Kind: kind, Remote: r.RemoteAddr, Err: err}
		switch kind {
		case RefusedHost:
			notice.Host = message.Beginning(s.discreet.text(r.Host))
		case RefusedOrigin:
			notice.Origin = message.Beginning(s.discreet.text(r.Header.Get("Origin")))
		}
		s.observe(notice)
		refusal.writeTo(w)
		return call{}, nil
	}
	c := s.call(r.URL.Path)
	methods, allow := "GET and POST", "GET, POST, OPTIONS"
	if c.readOnly {
		methods, allow = "GET and HEAD", "GET, HEAD, OPTIONS"
	}
	switch {
	case c.serve == nil:
		result{http.StatusNotFound, "no such call", map[string]any{"calls": []string{
			"/", "/demo/sse/subscribe?clientId=X", "/demo/sse/send?clientId=X&content=Y", "/demo/sse/close?clientId=X",
			"/smilex/open/sse/subscribe?clientId=X", "/smilex/open/sse/send?clientId=X&content=Y", "/smilex/open/sse/close?clientId=X",
			"/demo/sse/sessions", "/demo/sse/faults", "/demo/sse/metrics",
			"/smilex/open/sse/sessions", "/smilex/open/sse/faults", "/smilex/open/sse/metrics",
		}}}.writeTo(w)
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", allow)
		w.WriteHeader(http.StatusNoContent)
	case r.Method != http.MethodGet && !c.readOnly && r.Method != http.MethodPost,
		r.Method != http.MethodGet && c.readOnly && r.Method != http.MethodHead:
		w.Header().Set("Allow", allow)
		failure(http.StatusMethodNotAllowed, "only %s", methods).writeTo(w)
	default:
		body := &body{ReadCloser: r.Body, hub: s.hub}
		defer body.release()
		r.Body = body
		p, bad := readParams(w, r)
		if bad == nil {
			return c, p
		}
		bad.writeTo(w)
	}
	return call{}, nil
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

// AllowOrigin lets pages of origin call from now on. It ignores what is no
// origin; see [ValidOrigin].
func (s *Server) AllowOrigin(origin string) { s.guard.allow(origin) }

// Sessions returns how many clientIds have a subscriber. One that polls has,
// until 30 s after its last poll.
func (s *Server) Sessions() int { return s.hub.Clients() }

// Hub returns the registry of the sessions, which shows and steers them, and has
// the policy and the mode.
func (s *Server) Hub() *hub.Hub { return s.hub }

func (s *Server) observe(n Notice) {
	s.metrics.count(n)
	if s.config.Observe != nil {
		n = s.discreet.notice(n)
		n.Time = time.Now()
		s.config.Observe(n)
	}
}

// Serve accepts connections on l until Shutdown, and returns nil once that has
// returned, or else the error that stopped it. It closes l.
func (s *Server) Serve(l net.Listener) error {
	serve := s.http.Serve
	if s.config.TLS != nil {
		serve = func(l net.Listener) error { return s.http.ServeTLS(l, "", "") }
	}
	s.guard.listens(l.Addr())
	err := serve(gate{l, s})
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
	s.players.Stop()
	s.hub.Stop()
	s.http.Shutdown(ctx) // an error is ctx's
	select {
	case <-s.hub.Idle():
	case <-ctx.Done():
	}
	left := s.hub.CutAll()
	s.http.Close()
	if left == 0 {
		return nil
	}
	select {
	case <-s.hub.Idle():
	case <-time.After(250 * time.Millisecond): // a ResponseWriter without deadlines
	}
	return fmt.Errorf("server: %d subscribers had to be cut off", left)
}

// NewToken returns a random token that nobody can guess, safe in URLs.
func NewToken() string { return rand.Text() }
