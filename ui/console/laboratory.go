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
	lane    queue // the actions, in the order they were asked for
	sent    Sent
	refused string
	begun   Begun
	playing map[*server.Player]playing
}

// Lab returns what the laboratory does now. With ten thousand sessions that
// takes some milliseconds.
func (e *embedded) Lab() Lab {
	e.mu.Lock()
	srv := e.server
	lab := Lab{URL: e.view.URL, Sent: e.lab.sent, Refused: e.lab.refused, Begun: e.lab.begun}
	e.mu.Unlock()
	lab.Mode, lab.Policy = e.settings.get().Delivery()
	if srv != nil {
		lab.Running = true
		lab.Sessions, lab.Faults, lab.Plays = srv.List(), srv.Faults(), e.plays(srv)
	}
	return lab
}

// FaultsOn returns how many faults are on.
func (e *embedded) FaultsOn() int {
	srv := e.running()
	if srv == nil {
		return 0
	}
	return len(srv.Faults())
}

// inLab runs an action on the embedded server, after those before it. It acts
// on the server that there is after the starts and stops that were asked for
// before; if there is none, nothing happens.
func (e *embedded) inLab(run func(*server.Server)) { e.inLabOr(run, func() {}) }

// inLabOr is inLab that calls otherwise if there is no server.
func (e *embedded) inLabOr(run func(*server.Server), otherwise func()) {
	if e.life.isClosing() {
		otherwise()
		return
	}
	asked := make(chan *server.Server, 1)
	e.lane.add(e.life, action{run: func(<-chan struct{}) { asked <- e.running() }}, func() {})
	e.lab.lane.add(e.life, action{run: func(<-chan struct{}) {
		if srv := <-asked; srv != nil && srv == e.running() {
			run(srv)
		} else {
			otherwise()
		}
	}}, e.life.changed)
}

// labNotice records what the person did to the embedded server.
func (e *embedded) labNotice(code string, r record.Record) {
	r.Kind, r.Type, r.Target = record.Notice, code, record.EmbeddedTarget
	e.life.record(r)
}

// ServerSend lets the embedded server itself send m. A notice and Lab tell how
// many sessions it reached.
func (e *embedded) ServerSend(m server.Message) {
	e.inLab(func(srv *server.Server) {
		reached, err := srv.Send(m)
		e.set(func(e *embedded) { e.lab.sent = Sent{e.lab.sent.N + 1, reached, err} })
		r := record.Record{ClientID: only(m.To), Events: int64(reached), Data: m.Data, URL: strings.Join(m.To, ", ")}
		if err != nil {
			r.Detail = plainServer(err)
			e.labNotice("server_not_sent", r)
			return
		}
		e.labNotice("server_sent", r)
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
func (e *embedded) CloseSessions(ids ...string) {
	e.onSessions("sessions_closed", ids, (*server.Server).CloseSession)
}

// DropSessions cuts the connections of sessions.
func (e *embedded) DropSessions(ids ...string) {
	e.onSessions("sessions_dropped", ids, (*server.Server).DropSession)
}

// HoldSessions lets what is sent to sessions wait in their queues.
func (e *embedded) HoldSessions(ids ...string) {
	e.onSessions("sessions_held", ids, (*server.Server).HoldSession)
}

// ReleaseSessions ends HoldSessions.
func (e *embedded) ReleaseSessions(ids ...string) {
	e.onSessions("sessions_released", ids, (*server.Server).ReleaseSession)
}

func (e *embedded) onSessions(code string, ids []string, do func(*server.Server, string) bool) {
	e.inLab(func(srv *server.Server) {
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
			e.labNotice(code, record.Record{URL: about, Events: int64(len(done))})
		}
	})
}

// SetFault turns a fault of the embedded server on. If it is refused, Lab says
// why.
func (e *embedded) SetFault(f server.Fault) {
	e.inLab(func(srv *server.Server) {
		_, err := srv.SetFault(f)
		e.set(func(e *embedded) {
			e.lab.refused = ""
			if err != nil {
				e.lab.refused = plainServer(err)
			}
		})
		if err == nil {
			e.labNotice("fault_on", record.Record{URL: string(f.Kind), ClientID: f.ClientID})
		}
	})
}

// ClearFault turns one fault off.
func (e *embedded) ClearFault(id int) {
	e.inLab(func(srv *server.Server) {
		for _, f := range srv.Faults() {
			if f.ID == id && srv.ClearFault(id) {
				e.labNotice("fault_off", record.Record{URL: string(f.Kind), ClientID: f.ClientID})
			}
		}
	})
}

// ClearFaults turns all faults off.
func (e *embedded) ClearFaults() {
	e.inLab(func(srv *server.Server) {
		on := len(srv.Faults())
		srv.ClearFaults()
		if on > 0 {
			e.labNotice("faults_off", record.Record{Events: int64(on)})
		}
	})
}

// SetMode sets how the embedded server answers a subscribe that does not say
// it, and keeps that in the settings.
func (e *embedded) SetMode(m server.Mode) {
	e.settings.update(func(s *Settings) { s.Mode = m })
	e.life.changed()
	e.inLab(func(srv *server.Server) {
		srv.SetMode(m)
		e.labNotice("mode_set", record.Record{URL: string(m)})
	})
}

// SetPolicy sets what a further subscriber of one clientId does, and keeps that
// in the settings.
func (e *embedded) SetPolicy(p server.Policy) {
	e.settings.update(func(s *Settings) { s.Policy = p })
	e.life.changed()
	e.inLab(func(srv *server.Server) {
		srv.SetPolicy(p)
		e.labNotice("policy_set", record.Record{URL: string(p)})
	})
}

// tellDelivery tells, when the server begins, what is not as usual: it may have
// been set days ago.
func (e *embedded) tellDelivery(mode server.Mode, policy server.Policy) {
	if mode != server.Modes()[0] {
		e.labNotice("mode_set", record.Record{URL: string(mode)})
	}
	if policy != server.Policies()[0] {
		e.labNotice("policy_set", record.Record{URL: string(policy)})
	}
}
