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
	"sync"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
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
	// NoIDBlock leaves out the block of nothing but an id that a stream begins with,
	// for which some clients dispatch an empty event. Then an EventSource that was
	// replaced before it received a message reconnects, and replaces the newer one.
	// See also [hub.Hub.SetIDBlock].
	NoIDBlock bool
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
	// to read yet is cut off; then a call gets 503. Heads of requests that come in
	// have an eighth of it, at least 16 MiB, on top. 0: 512 MiB.
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
	calls    *http.ServeMux
	hub      *hub.Hub
	heads    *heads
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
		Policy: c.Policy, Mode: c.Mode, NoIDBlock: c.NoIDBlock,
		ReplayEvents: c.ReplayEvents, ReplayBytes: c.ReplayBytes,
		MaxSessions: c.MaxSessions, MaxPerAddress: c.MaxPerAddress,
		MaxMemory: c.MaxMemory,
		Expired:   s.expired,
	})
	s.heads = newHeads(s.hub)
	s.metrics = newMetrics(s.hub)
	s.players = scenario.NewPlayers(stage{s})
	s.stop = sync.OnceFunc(func() { close(s.stopped) })
	s.calls = s.routes()
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    4 << 20, // content of 1 MiB, percent-encoded, is 3 MiB
		TLSConfig:         c.TLS.Clone(),
		ConnContext:       connContext,
		ConnState:         onConnState,
		ErrorLog:          log.New(s.discreet, "", 0),
	}
	return s
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
