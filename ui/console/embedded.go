package console

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/server"
)

var errStopped = errors.New("console: the embedded server is stopped")

// ServerState says whether the embedded server runs.
type ServerState int

// The states of the embedded server.
const (
	Stopped ServerState = iota
	Starting
	Running
	Stopping
)

// Server is what is known of the embedded server now.
type Server struct {
	State   ServerState
	Address string // host:port it listens on, or did last
	URL     string // base URL for others, with the token if it needs one; "" when not running
	Problem string // why it is not running though it was asked to, in the system's words
}

// embedded is the embedded server and what is known of it.
type embedded struct {
	lane lane

	mu      sync.Mutex
	view    Server
	server  *server.Server
	base    target.Target // where our own calls go while it runs
	bound   string        // the address it was last bound to
	token   string
	origins []string
	lab     laboratory
}

// Server returns the state of the embedded server.
func (c *Console) Server() Server {
	c.embedded.mu.Lock()
	defer c.embedded.mu.Unlock()
	return c.embedded.view
}

// embeddedTarget returns where calls to the embedded server go. It waits for a start or
// a stop that is under way.
func (c *Console) embeddedTarget() (target.Target, error) {
	settled := make(chan struct{})
	c.embedded.lane.add(&c.work, action{run: func(<-chan struct{}) { close(settled) }}, func() {})
	<-settled
	e := &c.embedded
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.view.State != Running {
		return target.Target{}, errStopped
	}
	return e.base, nil
}

func (e *embedded) set(change func(*embedded)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(e)
}

// running returns the embedded server, nil if there is none.
func (e *embedded) running() *server.Server {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.server
}

// StartServer starts the embedded server at address, host:port or a port
// alone. If the port is taken, a free one is used and a notice says so. A
// running server at another address is stopped first.
func (c *Console) StartServer(address string) {
	c.onServer(Starting, func() { c.start(NormalizeAddress(address)) })
}

// StopServer stops the embedded server. Its subscriptions go on trying to
// reconnect.
func (c *Console) StopServer() {
	c.onServer(Stopping, func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownWait)
		defer cancel()
		c.stop(ctx)
	})
}

func (c *Console) onServer(state ServerState, run func()) {
	if c.closing.Load() {
		return
	}
	c.embedded.set(func(e *embedded) { e.view.State = state })
	c.changed()
	c.embedded.lane.add(&c.work, action{run: func(<-chan struct{}) { run() }}, c.changed)
}

// AllowOrigin lets pages of origin call the embedded server, until the program
// ends.
func (c *Console) AllowOrigin(origin string) {
	c.embedded.set(func(e *embedded) {
		if !slices.Contains(e.origins, origin) {
			e.origins = append(e.origins, origin)
		}
		if e.server != nil {
			e.server.AllowOrigin(origin)
		}
	})
	c.notice("origin_allowed", origin, "")
}

// NormalizeAddress completes a port alone to an address of this machine only,
// and takes the host and port out of a pasted URL.
func NormalizeAddress(s string) string {
	s = strings.TrimSpace(s)
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	switch {
	case s == "":
		return DefaultAddress
	case strings.HasPrefix(s, ":"):
		return "127.0.0.1" + s
	case !strings.Contains(s, ":"):
		if strings.Trim(s, "0123456789") == "" {
			return "127.0.0.1:" + s
		}
		return net.JoinHostPort(s, "8080")
	}
	return s
}

// start runs on the embedded server's lane.
func (c *Console) start(address string) {
	e := &c.embedded
	if e.running() != nil {
		if e.bound == address {
			e.set(func(e *embedded) { e.view.State = Running })
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), shutdownWait)
		defer cancel()
		c.stop(ctx)
		e.set(func(e *embedded) { e.view.State = Starting })
	}
	cfg := server.Config{Observe: c.observe}
	if !server.LoopbackOnly(address) {
		if e.token == "" {
			e.token = server.NewToken()
		}
		cfg.Token = e.token
	}
	srv := server.New(cfg)
	l, err := srv.Listen(c.ctx, address)
	if errors.Is(err, syscall.EADDRINUSE) {
		host, _, _ := net.SplitHostPort(address)
		if l, err = srv.Listen(c.ctx, net.JoinHostPort(host, "0")); err == nil {
			c.notice("port_taken", l.Addr().String(), address)
		}
	}
	if err != nil {
		e.set(func(e *embedded) {
			e.view = Server{State: Stopped, Address: address, Problem: reason(err)}
		})
		c.notice("server_not_started", address, reason(err))
		c.strand("")
		return
	}
	bound := l.Addr().String()
	urls := server.BaseURLs(l.Addr(), cfg.Token)
	public := urls[0]
	if len(urls) > 2 {
		public = urls[2] // for others, too
	}
	base, err := target.Parse(urls[0])
	if err != nil {
		panic(err) // the server's own URL
	}
	base.Name = Embedded
	mode, policy := c.Settings().Delivery()
	srv.SetMode(mode)
	srv.SetPolicy(policy)
	e.set(func(e *embedded) {
		e.server, e.base = srv, base
		for _, origin := range e.origins {
			srv.AllowOrigin(origin)
		}
		e.view = Server{State: Running, Address: bound, URL: public}
	})
	c.notice("server_started", target.Mask(public), "")
	c.tellDelivery(mode, policy)
	c.strand(bound)
	c.work.Go(func() {
		if err := srv.Serve(l); err != nil {
			c.embedded.set(func(e *embedded) {
				if e.server == srv {
					e.server, e.view = nil, Server{State: Stopped, Address: bound, Problem: reason(err)}
				}
			})
			c.notice("server_failed", bound, reason(err))
		}
	})
}

// reason is the last part of a network error: what the system says.
func reason(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	return err.Error()
}

// strand fails the subscriptions of an embedded server that is not where it
// was when they began: they would knock at a stranger's door.
func (c *Console) strand(bound string) {
	was := c.embedded.bound
	c.embedded.bound = bound
	if was == bound || was == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for p, l := range c.lanes {
		sub := l.current()
		if !p.Embedded() || sub == nil || sub.Status().ReadyState == client.Closed {
			continue
		}
		end(sub)
		l.mu.Lock()
		l.moved = true
		l.mu.Unlock()
		c.fail(p, record.Subscribe, record.ServerMoved, nil)
	}
}

// stop runs on the embedded server's lane.
func (c *Console) stop(ctx context.Context) {
	e := &c.embedded
	srv := e.running()
	if srv == nil {
		e.set(func(e *embedded) { e.view.State = Stopped })
		return
	}
	address := c.Server().Address
	_ = srv.Shutdown(ctx) // past ctx it has cut off whoever was left
	e.set(func(e *embedded) {
		e.server = nil
		e.view = Server{State: Stopped, Address: address}
	})
	c.notice("server_stopped", address, "")
}

// observe turns those notices of the embedded server into records that no
// record of a subscription tells already.
func (c *Console) observe(n server.Notice) {
	r := record.Record{
		Time: n.Time, Kind: record.Notice, Target: Embedded, ClientID: n.ClientID,
		Detail: strings.Join(n.LostIDs, " "), Events: int64(len(n.LostIDs)),
	}
	switch n.Kind {
	case server.Replaced:
		r.Type = "replaced"
	case server.CutOff:
		r.Type = "cut_off"
		if n.Err == server.ErrMemoryFull {
			r.Type = "cut_off_memory"
		}
	case server.RefusedReconnect:
		r.Type = "refused_reconnect"
	case server.Left, server.Expired:
		if len(n.LostIDs) == 0 {
			return
		}
		r.Type = "left_with_messages"
		if n.Kind == server.Expired {
			r.Type = "expired"
		}
	case server.RefusedLimit:
		r.Type, r.URL = "refused_limit", n.Remote
		if n.Err == server.ErrMemoryFull {
			r.Type, r.URL = "refused_memory", n.Title
		}
	case server.RefusedOrigin:
		r.Type, r.URL = RefusedOrigin, n.Origin
	case server.RefusedHost:
		r.Type, r.URL = "refused_host", n.Host
	case server.RefusedToken:
		r.Type, r.URL = "refused_token", n.Remote
	default:
		return
	}
	c.Journal.Append(r)
	c.changed()
}

// RefusedOrigin is the code of the Notice that the embedded server refused a
// page; its URL is the origin, empty if the browser did not name it.
const RefusedOrigin = "refused_origin"
