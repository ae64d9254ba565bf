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
	Name   string // of a scenario without a title: where it is from
	Repeat bool   // it is a send that is repeated
	Text   string // of a scenario: the beginning of the line that is played; of a repeat: that of its data
}

// Begun is what came of the latest Play that was asked for.
type Begun struct {
	N   int // of those so far
	Err error
}

// playing is what the console keeps of a player.
type playing struct {
	name   string
	repeat bool
	lines  []string // of the text; nil if it is too long to be kept
	data   string   // that is repeated
}

const (
	keptScenario = 1 << 20 // a longer text is not kept to be shown
	ShownLine    = 120     // bytes of a line or a data that are shown
)

// plays returns what is played on srv, the oldest first.
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

// PlayShipped plays a scenario that ships with the program.
func (e *Server) PlayShipped(name string, how scenario.Play) {
	e.inLab(func(srv *server.Server) {
		sc, text, err := scenario.Shipped(name)
		e.begin(srv, sc, []byte(text), name, how, err)
	})
}

// PlayFile plays a scenario that it reads from r, and closes r. If there is a
// mistake in it nothing is played, and Lab has the [scenario.Error].
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

// ServerRepeat lets the embedded server send m every so often, count times or
// with 0 until it is stopped. A notice tells when that begins and ends.
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

// follow keeps what is known of a player, and says when it ends.
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

// PausePlay, ResumePlay, StepPlay and StopPlay act on the play of an ID.
func (e *Server) PausePlay(id int) { e.onPlay(id, (*scenario.Player).Pause) }

// ResumePlay lets a paused play go on.
func (e *Server) ResumePlay(id int) { e.onPlay(id, (*scenario.Player).Resume) }

// StepPlay plays one step, and pauses.
func (e *Server) StepPlay(id int) { e.onPlay(id, (*scenario.Player).Step) }

// StopPlay ends a play.
func (e *Server) StopPlay(id int) { e.onPlay(id, (*scenario.Player).Stop) }

// SetPlaySpeed changes the pace of a play, as [server.Play] has it.
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
