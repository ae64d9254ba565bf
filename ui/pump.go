package ui

import (
	"sync/atomic"
	"time"

	"sseconsole/client"
)

// pumpInterval is how often the pump looks for something new.
const pumpInterval = 66 * time.Millisecond

// pump keeps the window up to date: it looks for something new now and then
// and, if there is, posts one refresh to the UI thread, never two at once. So
// the cost on that thread does not grow with the number of events.
type pump struct {
	look    func(now time.Time) seenState // called on the pump's goroutine
	post    func(func())
	refresh func() // called on the UI thread

	stopping chan struct{}
	stopped  chan struct{}
}

func (p *pump) start() {
	p.stopping, p.stopped = make(chan struct{}), make(chan struct{})
	go p.run()
}

// stop ends the pump and waits for it; a refresh that is posted may come later.
func (p *pump) stop() {
	if p.stopping != nil {
		close(p.stopping)
		<-p.stopped
	}
}

func (p *pump) run() {
	defer close(p.stopped)
	tick := time.NewTicker(pumpInterval)
	defer tick.Stop()
	var posted atomic.Bool
	var seen seenState
	for {
		select {
		case <-p.stopping:
			return
		case now := <-tick.C:
			if posted.Load() {
				continue
			}
			if s := p.look(now); s != seen {
				seen = s
				posted.Store(true)
				p.post(func() {
					p.refresh()
					posted.Store(false)
				})
			}
		}
	}
}

// seenState changes whenever the window would show something else.
type seenState struct {
	first, last int64
	changes     int64
	seconds     int64 // only counts while a time is shown that goes on
	stats       int64 // so does this one, for the line at the bottom
	lab, faults int64 // grow with what the server's tab shows, and with the faults that are on
	found       int64 // by the log, among records that were there
}

func (w *window) look(now time.Time) seenState {
	s := seenState{changes: w.con.Changes()}
	s.first, s.last = w.con.Journal.Bounds()
	w.log.Model.Look()
	s.found = w.log.Model.Version()
	s.stats = w.stats.Tick(now)
	s.lab, s.faults = w.server.Watched.Look(w.con, now), int64(w.con.Embedded.FaultsOn())
	if len(w.con.Files.Jobs()) > 0 {
		s.seconds = now.UnixMilli() / 200
	}
	for _, sub := range w.con.Subscriptions() {
		if sub.Status.ReadyState == client.Connecting || sub.Running != 0 {
			s.seconds = now.UnixMilli() / 200
		}
	}
	return s
}

// refresh brings every part of the window up to date.
func (w *window) refresh() {
	w.form.Target.Refresh()
	w.form.Refresh()
	w.form.Strip.Refresh()
	w.log.Refresh()
	w.history.Refresh()
	w.stats.Refresh()
	w.server.Refresh()
	w.targets.Refresh()
	w.menu.refresh()
}
