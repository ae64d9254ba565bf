package console

import (
	"strings"

	"sseconsole/client/record"
	"sseconsole/server"
)

// Lab is what the embedded server does as a laboratory, at one moment.
type Lab struct {
	Running  bool
	Sessions []server.SessionInfo // the oldest first
	Faults   []server.Fault       // that are on
	Mode     server.Mode
	Policy   server.Policy
	URL      string // base URL, as Server has it; "" when not running
	Plays    []Play // the oldest first
	Begun    Begun
	Sent     Sent   // the latest of ServerSend's
	Refused  string // why the latest SetFault was refused, in the server's words; "" if it was not
}

// Sent is what came of a send by the server itself.
type Sent struct {
	N       int // of the sends so far
	Reached int // sessions
	Err     error
}

// laboratory is what the console adds to the embedded server's own state. It
// outlasts a restart of the server.
type laboratory struct {
	lane    lane // the actions, in the order they were asked for
	sent    Sent
	refused string
	begun   Begun
	playing map[*server.Player]playing
}

// Lab returns what the laboratory does now. With ten thousand sessions that
// takes some milliseconds.
func (c *Console) Lab() Lab {
	e := &c.embedded
	e.mu.Lock()
	srv := e.server
	lab := Lab{URL: e.view.URL, Sent: e.lab.sent, Refused: e.lab.refused, Begun: e.lab.begun}
	e.mu.Unlock()
	lab.Mode, lab.Policy = c.Settings().Delivery()
	if srv != nil {
		lab.Running = true
		lab.Sessions, lab.Faults, lab.Plays = srv.List(), srv.Faults(), c.plays(srv)
	}
	return lab
}

// FaultsOn returns how many faults are on.
func (c *Console) FaultsOn() int {
	srv := c.embedded.running()
	if srv == nil {
		return 0
	}
	return len(srv.Faults())
}

// inLab runs an action on the embedded server, after those before it. It acts
// on the server that there is after the starts and stops that were asked for
// before; if there is none, nothing happens.
func (c *Console) inLab(run func(*server.Server)) { c.inLabOr(run, func() {}) }

// inLabOr is inLab that calls otherwise if there is no server.
func (c *Console) inLabOr(run func(*server.Server), otherwise func()) {
	if c.closing.Load() {
		otherwise()
		return
	}
	asked := make(chan *server.Server, 1)
	c.embedded.lane.add(&c.work, action{run: func(<-chan struct{}) { asked <- c.embedded.running() }}, func() {})
	c.embedded.lab.lane.add(&c.work, action{run: func(<-chan struct{}) {
		if srv := <-asked; srv != nil && srv == c.embedded.running() {
			run(srv)
		} else {
			otherwise()
		}
	}}, c.changed)
}

// labNotice records what the person did to the embedded server.
func (c *Console) labNotice(code string, r record.Record) {
	r.Kind, r.Type, r.Target = record.Notice, code, Embedded
	c.append(r)
}

// ServerSend lets the embedded server itself send m. A notice and Lab tell how
// many sessions it reached.
func (c *Console) ServerSend(m server.Message) {
	c.inLab(func(srv *server.Server) {
		reached, err := srv.Send(m)
		c.embedded.set(func(e *embedded) { e.lab.sent = Sent{e.lab.sent.N + 1, reached, err} })
		r := record.Record{ClientID: only(m.To), Events: int64(reached), Data: m.Data, URL: strings.Join(m.To, ", ")}
		if err != nil {
			r.Detail = plainServer(err)
			c.labNotice("server_not_sent", r)
			return
		}
		c.labNotice("server_sent", r)
	})
}

// only returns the one clientId of to, or "".
func only(to []string) string {
	if len(to) == 1 {
		return to[0]
	}
	return ""
}

// plainServer is what the server says of a refusal.
func plainServer(err error) string { return strings.TrimPrefix(err.Error(), "server: ") }

// CloseSessions ends sessions, by [server.SessionInfo].ID, after what is queued
// for them.
func (c *Console) CloseSessions(ids ...string) {
	c.onSessions("sessions_closed", ids, (*server.Server).CloseSession)
}

// DropSessions cuts the connections of sessions.
func (c *Console) DropSessions(ids ...string) {
	c.onSessions("sessions_dropped", ids, (*server.Server).DropSession)
}

// HoldSessions lets what is sent to sessions wait in their queues.
func (c *Console) HoldSessions(ids ...string) {
	c.onSessions("sessions_held", ids, (*server.Server).HoldSession)
}

// ReleaseSessions ends HoldSessions.
func (c *Console) ReleaseSessions(ids ...string) {
	c.onSessions("sessions_released", ids, (*server.Server).ReleaseSession)
}

func (c *Console) onSessions(code string, ids []string, do func(*server.Server, string) bool) {
	c.inLab(func(srv *server.Server) {
		var done []string
		for _, id := range ids {
			if do(srv, id) { // it may have ended meanwhile
				done = append(done, id)
			}
		}
		const named = 10
		about := strings.Join(done[:min(len(done), named)], ", ")
		if len(done) > named {
			about += ", …"
		}
		if len(done) > 0 {
			c.labNotice(code, record.Record{URL: about, Events: int64(len(done))})
		}
	})
}

// SetFault turns a fault of the embedded server on. If it is refused, Lab says
// why.
func (c *Console) SetFault(f server.Fault) {
	c.inLab(func(srv *server.Server) {
		_, err := srv.SetFault(f)
		c.embedded.set(func(e *embedded) {
			e.lab.refused = ""
			if err != nil {
				e.lab.refused = plainServer(err)
			}
		})
		if err == nil {
			c.labNotice("fault_on", record.Record{URL: string(f.Kind), ClientID: f.ClientID})
		}
	})
}

// ClearFault turns one fault off.
func (c *Console) ClearFault(id int) {
	c.inLab(func(srv *server.Server) {
		for _, f := range srv.Faults() {
			if f.ID == id && srv.ClearFault(id) {
				c.labNotice("fault_off", record.Record{URL: string(f.Kind), ClientID: f.ClientID})
			}
		}
	})
}

// ClearFaults turns all faults off.
func (c *Console) ClearFaults() {
	c.inLab(func(srv *server.Server) {
		on := len(srv.Faults())
		srv.ClearFaults()
		if on > 0 {
			c.labNotice("faults_off", record.Record{Events: int64(on)})
		}
	})
}

// SetMode sets how the embedded server answers a subscribe that does not say
// it, and keeps that in the settings.
func (c *Console) SetMode(m server.Mode) {
	c.UpdateSettings(func(s *Settings) { s.Mode = m })
	c.changed()
	c.inLab(func(srv *server.Server) {
		srv.SetMode(m)
		c.labNotice("mode_set", record.Record{URL: string(m)})
	})
}

// SetPolicy sets what a further subscriber of one clientId does, and keeps that
// in the settings.
func (c *Console) SetPolicy(p server.Policy) {
	c.UpdateSettings(func(s *Settings) { s.Policy = p })
	c.changed()
	c.inLab(func(srv *server.Server) {
		srv.SetPolicy(p)
		c.labNotice("policy_set", record.Record{URL: string(p)})
	})
}

// tellDelivery tells, when the server begins, what is not as usual: it may have
// been set days ago.
func (c *Console) tellDelivery(mode server.Mode, policy server.Policy) {
	if mode != server.Modes()[0] {
		c.labNotice("mode_set", record.Record{URL: string(mode)})
	}
	if policy != server.Policies()[0] {
		c.labNotice("policy_set", record.Record{URL: string(policy)})
	}
}
