package embedded

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
	"sseconsole/ui/console/file"
)

// Play is a scenario or a repeated send that the embedded server plays.
type Play struct {
	Status scenario.Status
	Name   string // for a scenario without a title: its file or shipped name
	Repeat bool   // it is a repeated send
	Text   string // the beginning of a scenario's current line, or of a repeated send's data
}

// Begun is the result of the latest request to play a scenario.
type Begun struct {
	N   int // number of requests so far
	Err error
}

// playing is what the console remembers about a player.
type playing struct {
	name   string
	repeat bool
	lines  []string // of the text; nil if it is too long
	data   string   // of a repeated send
}

const (
	keptScenario = 1 << 20 // bytes; longer texts are not kept in memory for display
	ShownLine    = 120     // how many bytes of a line, or of data, are shown
)

// plays returns what is being played on srv, oldest first.
func (e *Server) plays(srv *server.Server) (list []Play) {
	for _, p := range srv.Players() {
		e.Mu.Lock()
		kept := e.Laboratory.Playing[p]
		e.Mu.Unlock()
		play := Play{Status: p.Status(), Name: kept.name, Repeat: kept.repeat, Text: kept.data}
		if at := play.Status.Line - 1; at >= 0 && at < len(kept.lines) {
			play.Text = strings.TrimSpace(kept.lines[at])
		}
		if len(play.Text) > ShownLine {
			play.Text = strings.ToValidUTF8(play.Text[:ShownLine], "") + "…"
		}
		list = append(list, play)
	}
	return list
}

// PlayShipped plays one of the scenarios built into the program.
func (e *Server) PlayShipped(name string, how scenario.Play) {
	e.inLab(func(srv *server.Server) {
		sc, text, err := scenario.Shipped(name)
		e.begin(srv, sc, []byte(text), name, how, err)
	})
}

// PlayFile reads a scenario from r, closes r and plays the scenario. If the scenario is
// invalid, nothing is played and Lab has the [scenario.Error].
func (e *Server) PlayFile(name string, r io.ReadCloser, how scenario.Play) {
	e.inLabOr(func(srv *server.Server) {
		defer r.Close()
		text, err := io.ReadAll(io.LimitReader(r, file.Max+1))
		var sc *scenario.Scenario
		switch {
		case err != nil:
			err = fmt.Errorf("console: read scenario: %w", err)
		case len(text) > file.Max:
			err = file.ErrTooLarge
		default:
			sc, err = scenario.Parse(bytes.NewReader(text))
		}
		e.begin(srv, sc, text, name, how, err)
	}, func() { r.Close() })
}

func (e *Server) begin(srv *server.Server, sc *scenario.Scenario, text []byte, name string, how scenario.Play, err error) {
	e.begun(err)
	if err != nil {
		e.labNotice(record.NoticeScenarioNotPlayed, record.Record{Subject: name, Detail: plainServer(err)})
		return
	}
	kept := playing{name: name}
	if len(text) <= keptScenario {
		kept.lines = strings.Split(string(text), "\n")
	}
	e.labNotice(record.NoticeScenarioBegun, record.Record{Subject: name, ClientID: only(how.To)})
	e.follow(srv.Play(sc, how), kept)
}

func (e *Server) begun(err error) {
	e.set(func(e *Server) { e.Laboratory.begun = Begun{e.Laboratory.begun.N + 1, err} })
}

// ServerRepeat sends m from the embedded server at an interval, count times or, if count
// is 0, until stopped. Notices report its start and end.
func (e *Server) ServerRepeat(m message.Message, every time.Duration, count int) {
	e.inLab(func(srv *server.Server) {
		p, err := srv.Repeat(m, every, count)
		if err != nil {
			e.set(func(e *Server) { e.Laboratory.sent = Sent{N: e.Laboratory.sent.N + 1, Err: err} })
			return
		}
		e.labNotice(record.NoticeRepeatBegun, record.Record{ClientID: only(m.To), Subject: strings.Join(m.To, ", "), Data: m.Data})
		e.follow(p, playing{repeat: true, data: m.Data})
	})
}

// follow remembers a player until it ends, and records its end.
func (e *Server) follow(p *scenario.Player, kept playing) {
	e.set(func(e *Server) {
		if e.Laboratory.Playing == nil {
			e.Laboratory.Playing = map[*scenario.Player]playing{}
		}
		e.Laboratory.Playing[p] = kept
	})
	e.life.Changed()
	e.life.Run(func() {
		<-p.Done()
		e.set(func(e *Server) { delete(e.Laboratory.Playing, p) })
		code := record.NoticeScenarioEnded
		if kept.repeat {
			code = record.NoticeRepeatEnded
		}
		status := p.Status()
		e.labNotice(code, record.Record{Subject: kept.name, ClientID: only(status.To), Events: status.Sends})
	})
}

// PausePlay pauses a play, given by its ID.
func (e *Server) PausePlay(id int) { e.onPlay(id, (*scenario.Player).Pause) }

// ResumePlay resumes a paused play.
func (e *Server) ResumePlay(id int) { e.onPlay(id, (*scenario.Player).Resume) }

// StepPlay plays one step and pauses.
func (e *Server) StepPlay(id int) { e.onPlay(id, (*scenario.Player).Step) }

// StopPlay ends a play.
func (e *Server) StopPlay(id int) { e.onPlay(id, (*scenario.Player).Stop) }

// SetPlaySpeed changes the speed of a play; see [scenario.Play].
func (e *Server) SetPlaySpeed(id int, speed float64) {
	e.onPlay(id, func(p *scenario.Player) { p.SetSpeed(speed) })
}

// StopPlays ends all plays.
func (e *Server) StopPlays() {
	e.inLab(func(srv *server.Server) {
		for _, p := range srv.Players() {
			p.Stop()
		}
	})
}

func (e *Server) onPlay(id int, do func(*scenario.Player)) {
	e.inLab(func(srv *server.Server) {
		for _, p := range srv.Players() {
			if p.Status().ID == id {
				do(p)
			}
		}
	})
}
