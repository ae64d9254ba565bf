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

// Config configures a Server. The zero value is a server for this machine only.
type Config struct {
	// KeepAlive is the interval of the comments that keep a quiet stream alive.
	// 0 means 15 s; a negative value means no comments.
	KeepAlive time.Duration
	// Hosts are further names of the server, in addition to localhost, loopback
	// addresses, the address at which a connection was accepted and, if other machines
	// can reach the server, this machine's name. Ports are ignored. See [ValidHost].
	Hosts []string
	// Origins are further origins whose pages may call, in addition to loopback origins
	// and the server's own. They are not added to Hosts. "null" is the origin of pages
	// from files and of sandboxed frames.
	Origins []string
	// Token, if not empty, is required for every call, as "Authorization: Bearer" or as
	// "token" in the query. It is removed from notices and from messages to the standard
	// logger.
	Token string
	// WriteTimeout is how long a write to a subscriber may block before the subscriber
	// is cut off. 0 means 10 s.
	WriteTimeout time.Duration
	// UserTimeout is how long a peer may be silent at the TCP level, for listeners of
	// [Server.Listen]. It is in whole seconds, at least 2 s. 0 means 30 s.
	UserTimeout time.Duration
	// Policy says what happens when a second subscriber uses a clientId. Empty means
	// Replace. See also [hub.Hub.SetPolicy].
	Policy hub.Policy
	// Mode is the mode of subscribes without the parameter "mode". Empty means
	// Streaming. See also [hub.Hub.SetMode].
	Mode hub.Mode
	// NoIDBlock leaves out the block with only an id that a stream begins with, for which
	// some clients dispatch an empty event. Without it, an EventSource that is replaced
	// before it received a message reconnects and replaces the newer one. See also
	// [hub.Hub.SetIDBlock].
	NoIDBlock bool
	// ReplayEvents and ReplayBytes, in wire form, bound the messages that are stored for
	// each clientId, for subscribers that reconnect with a Last-Event-ID. The newest
	// message is always stored. 0 means 1,000 and 1 MiB.
	ReplayEvents, ReplayBytes int
	// MaxSessions and MaxPerAddress bound the number of sessions, in total (503 beyond)
	// and per remote IP address (429). Sessions that are ending count, and so does a
	// poll while the next one is awaited. A subscriber that displaces another is always
	// accepted. 0 means no bound but that of [FileLimit].
	MaxSessions, MaxPerAddress int
	// MaxMemory bounds the memory of messages in queues and for replay, of sessions and
	// clientIds, and of request bodies, in bytes. When it is reached, messages for replay
	// are dropped; then the subscribers with the most unread bytes are cut off; then calls
	// get 503. Request heads have a bound of their own, an eighth of it and at least
	// 16 MiB. 0 means 512 MiB.
	MaxMemory int
	// TLS, if not nil, makes Serve use TLS with HTTP/2. It has the certificates.
	TLS *tls.Config
	// Observe, if not nil, is called with every notice, from any goroutine. It must not
	// block.
	Observe func(Notice)
}

// Server is an SSE server with the calls subscribe, send and close under /demo/sse/ and
// /smilex/open/sse/, and a page that uses them at /. It is an [http.Handler], and can
// also serve by itself with Listen and Serve. Methods may be called from any goroutine.
type Server struct {
	config   Config
	guard    *guard
	redactor redactor
	calls    *http.ServeMux
	hub      *hub.Hub
	heads    *heads
	metrics  *metrics
	faults   fault.Registry
	players  *scenario.Players
	http     *http.Server
	stopped  chan struct{} // closed at the end of Shutdown
	stop     func()        // closes stopped
}

// New returns a Server, which holds no resources until it serves. The zero Server is not
// usable.
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
	s := &Server{config: c, guard: newGuard(c.Hosts, c.Origins, c.Token), redactor: redactor{c.Token}, stopped: make(chan struct{})}
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
		ErrorLog:          log.New(s.redactor, "", 0),
	}
	return s
}

// AllowOrigin allows pages of origin to call from now on. An invalid origin is ignored;
// see [ValidOrigin].
func (s *Server) AllowOrigin(origin string) { s.guard.allow(origin) }

// Sessions returns the number of clientIds that have a subscriber. A clientId that polls
// has one until 30 s after its last poll.
func (s *Server) Sessions() int { return s.hub.Clients() }

// Hub returns the registry of sessions, which lists and controls them and holds the
// policy and the mode.
func (s *Server) Hub() *hub.Hub { return s.hub }

func (s *Server) observe(n Notice) {
	s.metrics.count(n)
	if s.config.Observe != nil {
		n = s.redactor.notice(n)
		n.Time = time.Now()
		s.config.Observe(n)
	}
}

// Serve accepts connections on l until Shutdown, and returns nil after Shutdown is done.
// Otherwise it returns the error that stopped it. It closes l.
func (s *Server) Serve(l net.Listener) error {
	serve := s.http.Serve
	if s.config.TLS != nil {
		serve = func(l net.Listener) error { return s.http.ServeTLS(l, "", "") }
	}
	s.guard.addListener(l.Addr())
	err := serve(gate{l, s})
	if errors.Is(err, http.ErrServerClosed) {
		<-s.stopped
		return nil
	}
	return fmt.Errorf("server: %w", err)
}

// Shutdown stops listening, lets every stream write what is queued, and waits for the
// streams to end. After 1.5 s, or when ctx is done, it cuts off the remaining subscribers
// and returns an error that says how many. The connections of later subscribes are
// aborted. A second call only waits. A Server that is served by another [http.Server]
// needs Shutdown too, which does not affect the other.
func (s *Server) Shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
	defer cancel()
	defer s.stop()
	s.players.Stop()
	s.hub.Stop()
	s.http.Shutdown(ctx) // the error can only be that of ctx
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
	case <-time.After(250 * time.Millisecond): // for ResponseWriters without deadlines
	}
	return fmt.Errorf("server: %d subscribers were cut off", left)
}

// NewToken returns a random token that is safe to use in URLs.
func NewToken() string { return rand.Text() }
