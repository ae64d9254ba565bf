package console

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/server"
)

var errStopped = errors.New("console: the embedded server is stopped")

// stopWait is how long stopping the server may take.
const stopWait = 2 * time.Second

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
	life     *life
	settings *store
	moved    func() // called, on the lane, when it is bound elsewhere than before
	lane     queue

	mu      sync.Mutex
	view    Server
	server  *server.Server
	base    target.Target // where our own calls go while it runs
	bound   string        // the address it was last bound to
	token   string
	origins []string
	lab     laboratory
}

func newEmbedded(of *life, settings *store, moved func()) *embedded {
	return &embedded{life: of, settings: settings, moved: moved}
}

// Server returns the state of the embedded server.
func (e *embedded) Server() Server {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.view
}

// target returns where calls to the embedded server go. It waits for a start or
// a stop that is under way.
func (e *embedded) target() (target.Target, error) {
	settled := make(chan struct{})
	e.lane.add(e.life, action{run: func(<-chan struct{}) { close(settled) }}, func() {})
	<-settled
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
func (e *embedded) StartServer(address string) {
	e.onServer(Starting, func() { e.start(NormalizeAddress(address)) })
}

// StopServer stops the embedded server. Its subscriptions go on trying to
// reconnect.
func (e *embedded) StopServer() {
	e.onServer(Stopping, func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopWait)
		defer cancel()
		e.stop(ctx)
	})
}

func (e *embedded) onServer(state ServerState, run func()) {
	if e.life.isClosing() {
		return
	}
	e.set(func(e *embedded) { e.view.State = state })
	e.life.changed()
	e.lane.add(e.life, action{run: func(<-chan struct{}) { run() }}, e.life.changed)
}

// AllowOrigin lets pages of origin call the embedded server, until the program
// ends.
func (e *embedded) AllowOrigin(origin string) {
	e.set(func(e *embedded) {
		if !slices.Contains(e.origins, origin) {
			e.origins = append(e.origins, origin)
		}
		if e.server != nil {
			e.server.AllowOrigin(origin)
		}
	})
	e.life.notice("origin_allowed", origin, "")
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
func (e *embedded) start(address string) {
	if e.running() != nil {
		if e.bound == address {
			e.set(func(e *embedded) { e.view.State = Running })
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), stopWait)
		defer cancel()
		e.stop(ctx)
		e.set(func(e *embedded) { e.view.State = Starting })
	}
	cfg := server.Config{Observe: e.observe}
	if !server.LoopbackOnly(address) {
		if e.token == "" {
			e.token = server.NewToken()
		}
		cfg.Token = e.token
	}
	srv := server.New(cfg)
	l, err := srv.Listen(e.life.context, address)
	if errors.Is(err, syscall.EADDRINUSE) {
		host, _, _ := net.SplitHostPort(address)
		if l, err = srv.Listen(e.life.context, net.JoinHostPort(host, "0")); err == nil {
			e.life.notice("port_taken", l.Addr().String(), address)
		}
	}
	if err != nil {
		e.set(func(e *embedded) {
			e.view = Server{State: Stopped, Address: address, Problem: reason(err)}
		})
		e.life.notice("server_not_started", address, reason(err))
		e.rebind("")
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
	base.Name = record.EmbeddedTarget
	mode, policy := e.settings.get().Delivery()
	srv.SetMode(mode)
	srv.SetPolicy(policy)
	e.set(func(e *embedded) {
		e.server, e.base = srv, base
		for _, origin := range e.origins {
			srv.AllowOrigin(origin)
		}
		e.view = Server{State: Running, Address: bound, URL: public}
	})
	e.life.notice("server_started", target.Mask(public), "")
	e.tellDelivery(mode, policy)
	e.rebind(bound)
	e.life.run(func() {
		if err := srv.Serve(l); err != nil {
			e.set(func(e *embedded) {
				if e.server == srv {
					e.server, e.view = nil, Server{State: Stopped, Address: bound, Problem: reason(err)}
				}
			})
			e.life.notice("server_failed", bound, reason(err))
		}
	})
}

// rebind takes down where the server is bound now, "" for nowhere, and tells if it
// was bound elsewhere before. It runs on the lane.
func (e *embedded) rebind(bound string) {
	was := e.bound
	e.bound = bound
	if was != bound && was != "" {
		e.moved()
	}
}

// stop runs on the embedded server's lane.
func (e *embedded) stop(ctx context.Context) {
	srv := e.running()
	if srv == nil {
		e.set(func(e *embedded) { e.view.State = Stopped })
		return
	}
	address := e.Server().Address
	_ = srv.Shutdown(ctx) // past ctx it has cut off whoever was left
	e.set(func(e *embedded) {
		e.server = nil
		e.view = Server{State: Stopped, Address: address}
	})
	e.life.notice("server_stopped", address, "")
}

// observe turns those notices of the embedded server into records that no
// record of a subscription tells already.
func (e *embedded) observe(n server.Notice) {
	r := record.Record{
		Time: n.Time, Kind: record.Notice, Target: record.EmbeddedTarget, ClientID: n.ClientID,
		Detail: strings.Join(n.LostIDs, " "), Events: int64(len(n.LostIDs)),
	}
	switch n.Kind {
	case server.Replaced:
		r.Type = "replaced"
	case server.CutOff:
		r.Type = "cut_off"
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
	case server.RefusedOrigin:
		r.Type, r.URL = RefusedOrigin, n.Origin
	case server.RefusedHost:
		r.Type, r.URL = "refused_host", n.Host
	case server.RefusedToken:
		r.Type, r.URL = "refused_token", n.Remote
	default:
		return
	}
	e.life.add(r)
}

// RefusedOrigin is the code of the Notice that the embedded server refused a
// page; its URL is the origin, empty if the browser did not name it.
const RefusedOrigin = "refused_origin"
