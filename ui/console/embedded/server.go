// Package embedded runs the embedded server for the window: it starts and stops it, and
// sends, plays scenarios and turns on faults in it.
package embedded

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/life"
	"sseconsole/ui/console/settings"
)

// ErrStopped means that the embedded server is not running.
var ErrStopped = errors.New("console: the embedded server is stopped")

// stopWait is how long stopping the server may take.
const stopWait = 2 * time.Second

// State is the state of the embedded server.
type State int

// The states of the embedded server.
const (
	Stopped State = iota
	Starting
	Running
	Stopping
)

// Status describes the embedded server at one moment.
type Status struct {
	State   State
	Address string // host:port that it listens on, or listened on last
	URL     string // base URL for others, with the token if it needs one; "" when not running
	Problem string // why it is not running although it was started: the system's message
}

// Server controls the embedded server. It survives its restarts.
type Server struct {
	life     *life.Life
	settings *settings.Store
	moved    func() // called in the lane when the address has changed
	Lane     life.Queue

	Mu         sync.Mutex
	view       Status
	Server     *server.Server
	base       string // the base URL of our own calls while it runs
	bound      string // the address it was last bound to
	Token      string
	origins    []string
	Laboratory laboratory
}

// New returns a Server that is stopped. moved is called when its address has changed.
func New(of *life.Life, settings *settings.Store, moved func()) *Server {
	return &Server{life: of, settings: settings, moved: moved}
}

// Status returns the state of the embedded server.
func (e *Server) Status() Status {
	e.Mu.Lock()
	defer e.Mu.Unlock()
	return e.view
}

// Base returns the base URL of calls to the embedded server. It waits for a start or a
// stop in progress.
func (e *Server) Base() (string, error) {
	settled := make(chan struct{})
	e.Lane.Add(e.life, life.Action{Run: func(<-chan struct{}) { close(settled) }}, func() {})
	<-settled
	e.Mu.Lock()
	defer e.Mu.Unlock()
	if e.view.State != Running {
		return "", ErrStopped
	}
	return e.base, nil
}

// RunningAt returns the base URL of calls to the embedded server, and whether it is
// running. Unlike Base it does not wait.
func (e *Server) RunningAt() (base string, running bool) {
	e.Mu.Lock()
	defer e.Mu.Unlock()
	return e.base, e.view.State == Running
}

func (e *Server) set(change func(*Server)) {
	e.Mu.Lock()
	defer e.Mu.Unlock()
	change(e)
}

// Running returns the running server, nil if there is none.
func (e *Server) Running() *server.Server {
	e.Mu.Lock()
	defer e.Mu.Unlock()
	return e.Server
}

// Start starts the embedded server at address, a host:port or only a port, unless it is
// running there. If the port is in use and no server is running, it takes a free one and
// a notice says so.
func (e *Server) Start(address string) {
	e.onServer(Starting, func() { _ = e.start(NormalizeAddress(address), true) }) // a notice says what is wrong
}

// Move starts the embedded server at address, which CheckAddress must accept. It stops a
// server that is running elsewhere only once it has the new address, so that a failure
// leaves that server running. It calls done, on another goroutine, with the error, which
// is nil on success.
func (e *Server) Move(address string, done func(error)) {
	e.onServer(Starting, func() { done(e.start(address, false)) })
}

// Stop stops the embedded server. Its subscriptions keep trying to reconnect.
func (e *Server) Stop() {
	e.onServer(Stopping, func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopWait)
		defer cancel()
		e.Shutdown(ctx)
	})
}

func (e *Server) onServer(state State, run func()) {
	if e.life.IsClosing() {
		return
	}
	e.set(func(e *Server) { e.view.State = state })
	e.life.Changed()
	e.Lane.Add(e.life, life.Action{Run: func(<-chan struct{}) { run() }}, e.life.Changed)
}

// AllowOrigin lets pages of origin call the embedded server until the program exits.
func (e *Server) AllowOrigin(origin string) {
	e.set(func(e *Server) {
		if !slices.Contains(e.origins, origin) {
			e.origins = append(e.origins, origin)
		}
		if e.Server != nil {
			e.Server.AllowOrigin(origin)
		}
	})
	e.life.Notice(record.NoticeOriginAllowed, origin, "")
}

// start starts the server. If the port is in use, spare allows a free one. It runs in
// the lane.
func (e *Server) start(address string, spare bool) error {
	former := e.Running() != nil
	if former && e.bound == address {
		e.set(func(e *Server) { e.view.State = Running })
		return nil
	}
	bound, err := e.listen(address)
	inUse := errors.Is(err, syscall.EADDRINUSE)
	switch {
	case inUse && former && samePort(address, e.bound): // the running server may be who uses it
		return e.replace(address)
	case inUse && !former && spare:
		host, _, _ := net.SplitHostPort(address)
		if bound, err = e.listen(net.JoinHostPort(host, "0")); err == nil {
			e.life.Notice(record.NoticePortTaken, bound.Addr().String(), address)
		}
	}
	if err != nil {
		e.fail(address, err)
		return err
	}
	e.stop()
	e.serve(bound)
	return nil
}

// replace stops the running server, whose port address has, and starts one at address.
// If that fails, it starts one where the former was.
func (e *Server) replace(address string) error {
	former := e.bound
	e.stop()
	bound, err := e.listen(address)
	if err == nil {
		e.serve(bound)
		return nil
	}
	if bound, again := e.listen(former); again == nil {
		e.serve(bound)
	} else {
		e.fail(former, again)
	}
	return err
}

// bound is a server with its listener, not serving yet.
type bound struct {
	*server.Server
	net.Listener
	token string
}

// listen returns a new server that has the address.
func (e *Server) listen(address string) (bound, error) {
	if err := CheckAddress(address); err != nil {
		return bound{}, err
	}
	cfg := server.Config{Observe: e.observe}
	if !server.LoopbackOnly(address) {
		if e.Token == "" {
			e.Token = server.NewToken()
		}
		cfg.Token = e.Token
	}
	srv := server.New(cfg)
	l, err := srv.Listen(e.life.Context, address)
	return bound{srv, l, cfg.Token}, err
}

// fail reports that no server could be started at address. One that is running
// elsewhere stays.
func (e *Server) fail(address string, err error) {
	if e.Running() != nil {
		e.set(func(e *Server) { e.view.State = Running })
		return
	}
	e.set(func(e *Server) {
		e.view = Status{State: Stopped, Address: address, Problem: file.Reason(err)}
	})
	e.life.Notice(record.NoticeServerNotStarted, address, file.Reason(err))
	if errors.Is(err, syscall.EADDRINUSE) && samePort(address, e.bound) {
		e.rebind("") // another program is there now
	}
}

// stop stops the running server, if any, before another one starts.
func (e *Server) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	e.Shutdown(ctx)
	e.set(func(e *Server) { e.view.State = Starting })
}

// serve serves at the address of b.
func (e *Server) serve(b bound) {
	srv, bound := b.Server, b.Addr().String()
	urls := server.BaseURLs(b.Addr(), b.token)
	public := urls[0]
	if len(urls) > 2 {
		public = urls[2] // reachable from other machines
	}
	base, err := endpoint.Parse(urls[0])
	if err != nil {
		panic(err) // a URL of our own server
	}
	set := e.settings.Get()
	mode, policy := set.Delivery()
	srv.Hub().SetMode(mode)
	srv.Hub().SetPolicy(policy)
	srv.Hub().SetIDBlock(!set.NoIDBlock)
	e.set(func(e *Server) {
		e.Server, e.base = srv, base
		for _, origin := range e.origins {
			srv.AllowOrigin(origin)
		}
		e.view = Status{State: Running, Address: bound, URL: public}
	})
	e.life.Notice(record.NoticeServerStarted, endpoint.Mask(public), "")
	e.tellDelivery(mode, policy, !set.NoIDBlock)
	e.rebind(bound)
	e.life.Run(func() {
		if err := srv.Serve(b.Listener); err != nil {
			e.set(func(e *Server) {
				if e.Server == srv {
					e.Server, e.view = nil, Status{State: Stopped, Address: bound, Problem: file.Reason(err)}
				}
			})
			e.life.Notice(record.NoticeServerFailed, bound, file.Reason(err))
		}
	})
}

// rebind remembers the address of the server, "" for none, and calls moved if it had
// another one before. It runs in the lane.
func (e *Server) rebind(bound string) {
	was := e.bound
	e.bound = bound
	if was != bound && was != "" {
		e.moved()
	}
}

// Shutdown stops the server. It must run in the lane.
func (e *Server) Shutdown(ctx context.Context) {
	srv := e.Running()
	if srv == nil {
		e.set(func(e *Server) { e.view.State = Stopped })
		return
	}
	address := e.Status().Address
	_ = srv.Shutdown(ctx) // after ctx it has dropped the remaining connections
	e.set(func(e *Server) {
		e.Server = nil
		e.view = Status{State: Stopped, Address: address}
	})
	e.life.Notice(record.NoticeServerStopped, address, "")
}

// observe records a notice of the embedded server.
func (e *Server) observe(n server.Notice) {
	if r, ok := RecordOf(n); ok {
		e.life.Add(r)
	}
}

// RecordOf returns the record of a notice. ok is false if another record tells the same:
// one of a subscription, or of what the user did.
func RecordOf(n server.Notice) (r record.Record, ok bool) {
	r = record.Record{
		Time: n.Time, Kind: record.Notice, Target: record.EmbeddedTarget, ClientID: n.ClientID,
		Detail: strings.Join(n.LostIDs, " "), Events: int64(len(n.LostIDs)),
	}
	switch n.Kind {
	case server.Replaced:
		r.Type = string(record.NoticeReplaced)
	case server.CutOff:
		r.Type = string(record.NoticeCutOff)
		if n.Err == hub.ErrMemoryFull {
			r.Type = string(record.NoticeCutOffMemory)
		}
	case server.RefusedReconnect:
		r.Type = string(record.NoticeRefusedReconnect)
	case server.Left, server.Expired:
		if len(n.LostIDs) == 0 {
			return r, false
		}
		r.Type = string(record.NoticeLeftWithMessages)
		if n.Kind == server.Expired {
			r.Type = string(record.NoticeExpired)
		}
	case server.RefusedLimit:
		r.Type, r.Subject = string(record.NoticeRefusedLimit), n.Remote
		if n.Err == hub.ErrMemoryFull {
			r.Type, r.Subject = string(record.NoticeRefusedMemory), n.Title
		}
	case server.RefusedOrigin:
		r.Type, r.Subject = string(record.NoticeRefusedOrigin), n.Origin
	case server.RefusedHost:
		r.Type, r.Subject = string(record.NoticeRefusedHost), n.Host
	case server.RefusedToken:
		r.Type, r.Subject = string(record.NoticeRefusedToken), n.Remote
	default:
		return r, false
	}
	return r, true
}
