package embedded

import (
	"strings"

	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
	"sseconsole/ui/console/life"
	"sseconsole/ui/console/settings"
)

// Lab is the state of the embedded server's controls at one moment.
type Lab struct {
	Running  bool
	Sessions []hub.SessionInfo // oldest first
	Faults   []fault.Fault     // the ones that are on
	Mode     hub.Mode
	Policy   hub.Policy
	IDBlock  bool   // streams begin with an id block
	URL      string // base URL, as in Status; "" when not running
	Plays    []Play // oldest first
	Begun    Begun
	Sent     Sent   // the latest result of ServerSend
	Refused  string // why the latest SetFault was refused, in the server's words; "" if it was accepted
}

// Sent is the result of a send by the server itself.
type Sent struct {
	N       int // number of sends so far
	Reached int // sessions
	Err     error
}

// laboratory is what the console adds to the state of the embedded server. It
// survives restarts of the server.
type laboratory struct {
	lane    life.Queue // the actions, in order
	sent    Sent
	refused string
	begun   Begun
	Playing map[*scenario.Player]playing
}

// Lab returns the current state of the controls. With ten thousand sessions that takes
// some milliseconds.
func (e *Server) Lab() Lab {
	e.Mu.Lock()
	srv := e.Server
	lab := Lab{URL: e.view.URL, Sent: e.Laboratory.sent, Refused: e.Laboratory.refused, Begun: e.Laboratory.begun}
	e.Mu.Unlock()
	set := e.settings.Get()
	lab.Mode, lab.Policy = set.Delivery()
	lab.IDBlock = !set.NoIDBlock
	if srv != nil {
		lab.Running = true
		lab.Sessions, lab.Faults, lab.Plays = srv.Hub().List(), srv.Faults(), e.plays(srv)
	}
	return lab
}

// FaultsOn returns how many faults are on.
func (e *Server) FaultsOn() int {
	srv := e.Running()
	if srv == nil {
		return 0
	}
	return len(srv.Faults())
}

// inLab queues an action on the embedded server. It acts on the server that is running
// after the starts and stops queued before, and does nothing if there is none.
func (e *Server) inLab(run func(*server.Server)) { e.inLabOr(run, func() {}) }

// inLabOr is inLab, but calls otherwise if there is no server.
func (e *Server) inLabOr(run func(*server.Server), otherwise func()) {
	if e.life.IsClosing() {
		otherwise()
		return
	}
	asked := make(chan *server.Server, 1)
	e.Lane.Add(e.life, life.Action{Run: func(<-chan struct{}) { asked <- e.Running() }}, func() {})
	e.Laboratory.lane.Add(e.life, life.Action{Run: func(<-chan struct{}) {
		if srv := <-asked; srv != nil && srv == e.Running() {
			run(srv)
		} else {
			otherwise()
		}
	}}, e.life.Changed)
}

// labNotice records what the user did to the embedded server.
func (e *Server) labNotice(code record.NoticeCode, r record.Record) {
	r.Kind, r.Type, r.Target = record.Notice, string(code), record.EmbeddedTarget
	e.life.Record(r)
}

// ServerSend sends m from the embedded server. A notice and Lab say how many sessions it
// reached.
func (e *Server) ServerSend(m message.Message) {
	e.inLab(func(srv *server.Server) {
		reached, err := srv.Send(m)
		e.set(func(e *Server) { e.Laboratory.sent = Sent{e.Laboratory.sent.N + 1, reached, err} })
		r := record.Record{ClientID: only(m.To), Events: int64(reached), Data: m.Data, Subject: strings.Join(m.To, ", ")}
		if err != nil {
			r.Detail = plainServer(err)
			e.labNotice(record.NoticeServerNotSent, r)
			return
		}
		e.labNotice(record.NoticeServerSent, r)
	})
}

// only returns the clientId in to if there is exactly one, otherwise "".
func only(to []string) string {
	if len(to) == 1 {
		return to[0]
	}
	return ""
}

// plainServer returns the server's error without its prefix.
func plainServer(err error) string { return strings.TrimPrefix(err.Error(), "server: ") }

// CloseSessions ends sessions, given by [hub.SessionInfo].ID, after their queued
// messages.
func (e *Server) CloseSessions(ids ...string) {
	e.onSessions(record.NoticeSessionsClosed, ids, (*hub.Hub).CloseSession)
}

// DropSessions cuts the connections of sessions.
func (e *Server) DropSessions(ids ...string) {
	e.onSessions(record.NoticeSessionsDropped, ids, (*hub.Hub).DropSession)
}

// HoldSessions holds messages to sessions in their queues.
func (e *Server) HoldSessions(ids ...string) {
	e.onSessions(record.NoticeSessionsHeld, ids, (*hub.Hub).HoldSession)
}

// ReleaseSessions undoes HoldSessions.
func (e *Server) ReleaseSessions(ids ...string) {
	e.onSessions(record.NoticeSessionsReleased, ids, (*hub.Hub).ReleaseSession)
}

func (e *Server) onSessions(code record.NoticeCode, ids []string, do func(*hub.Hub, string) bool) {
	e.inLab(func(srv *server.Server) {
		var done []string
		for _, id := range ids {
			if do(srv.Hub(), id) { // it may have ended by now
				done = append(done, id)
			}
		}
		const named = 10
		about := strings.Join(done[:min(len(done), named)], ", ")
		if len(done) > named {
			about += ", …"
		}
		if len(done) > 0 {
			e.labNotice(code, record.Record{Subject: about, Events: int64(len(done))})
		}
	})
}

// SetFault turns on a fault of the embedded server. If the fault is refused, Lab says
// why.
func (e *Server) SetFault(f fault.Fault) {
	e.inLab(func(srv *server.Server) {
		_, err := srv.SetFault(f)
		e.set(func(e *Server) {
			e.Laboratory.refused = ""
			if err != nil {
				e.Laboratory.refused = plainServer(err)
			}
		})
		if err == nil {
			e.labNotice(record.NoticeFaultOn, record.Record{Subject: string(f.Kind), ClientID: f.ClientID})
		}
	})
}

// ClearFault turns one fault off.
func (e *Server) ClearFault(id int) {
	e.inLab(func(srv *server.Server) {
		for _, f := range srv.Faults() {
			if f.ID == id && srv.ClearFault(id) {
				e.labNotice(record.NoticeFaultOff, record.Record{Subject: string(f.Kind), ClientID: f.ClientID})
			}
		}
	})
}

// ClearFaults turns all faults off.
func (e *Server) ClearFaults() {
	e.inLab(func(srv *server.Server) {
		on := len(srv.Faults())
		srv.ClearFaults()
		if on > 0 {
			e.labNotice(record.NoticeFaultsOff, record.Record{Events: int64(on)})
		}
	})
}

// SetMode sets the delivery mode of subscribe requests that do not choose one, and
// stores it in the settings.
func (e *Server) SetMode(m hub.Mode) {
	e.settings.Update(func(s *settings.Settings) { s.Mode = m })
	e.life.Changed()
	e.inLab(func(srv *server.Server) {
		srv.Hub().SetMode(m)
		e.labNotice(record.NoticeModeSet, record.Record{Subject: string(m)})
	})
}

// SetPolicy sets the policy for a second subscriber of a clientId, and stores it in the
// settings.
func (e *Server) SetPolicy(p hub.Policy) {
	e.settings.Update(func(s *settings.Settings) { s.Policy = p })
	e.life.Changed()
	e.inLab(func(srv *server.Server) {
		srv.Hub().SetPolicy(p)
		e.labNotice(record.NoticePolicySet, record.Record{Subject: string(p)})
	})
}

// SetIDBlock sets whether new streams begin with an id block, and stores that in the
// settings.
func (e *Server) SetIDBlock(on bool) {
	e.settings.Update(func(s *settings.Settings) { s.NoIDBlock = !on })
	e.life.Changed()
	e.inLab(func(srv *server.Server) {
		srv.Hub().SetIDBlock(on)
		code := record.NoticeIDBlockOff
		if on {
			code = record.NoticeIDBlockOn
		}
		e.labNotice(code, record.Record{})
	})
}

// tellDelivery records settings that differ from the defaults when the server starts:
// they may have been changed days ago.
func (e *Server) tellDelivery(mode hub.Mode, policy hub.Policy, idBlock bool) {
	if !idBlock {
		e.labNotice(record.NoticeIDBlockOff, record.Record{})
	}
	if mode != hub.Modes()[0] {
		e.labNotice(record.NoticeModeSet, record.Record{Subject: string(mode)})
	}
	if policy != hub.Policies()[0] {
		e.labNotice(record.NoticePolicySet, record.Record{Subject: string(policy)})
	}
}
