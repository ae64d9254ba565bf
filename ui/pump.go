package ui

import (
	"sync/atomic"
	"time"

	"sseconsole/client"
)

// The time between two refreshes follows what a frame costs, so that drawing takes at
// most an eighth of the time, within these limits.
const (
	shortestPause = 33 * time.Millisecond  // 30 refreshes a second
	longestPause  = 115 * time.Millisecond // more than 8 a second, late timers included
	drawingShare  = 8
)

// pump keeps the window up to date. It regularly checks for changes and, if there are
// any, posts one refresh to the UI thread, never two at once. So the work on that
// thread does not grow with the number of events.
type pump struct {
	look    func(now time.Time) seenState // returns the current state; called on the pump's goroutine
	post    func(func())
	refresh func()               // called on the UI thread
	cost    func() time.Duration // returns how long the window takes to draw a frame

	stopping chan struct{}
	stopped  chan struct{}
}

func (p *pump) start() {
	p.stopping, p.stopped = make(chan struct{}), make(chan struct{})
	go p.run()
}

// stop stops the pump and waits for it. A refresh that is already posted may run later.
func (p *pump) stop() {
	if p.stopping != nil {
		close(p.stopping)
		<-p.stopped
	}
}

func (p *pump) run() {
	defer close(p.stopped)
	timer := time.NewTimer(0)
	defer timer.Stop()
	var posted atomic.Bool
	var seen seenState
	for {
		select {
		case <-p.stopping:
			return
		case now := <-timer.C:
			pause := shortestPause
			if !posted.Load() {
				if s := p.look(now); s != seen {
					seen, pause = s, p.pause()
					posted.Store(true)
					p.post(func() {
						p.refresh()
						posted.Store(false)
					})
				}
			}
			timer.Reset(pause)
		}
	}
}

// pause returns how long to wait after a refresh.
func (p *pump) pause() time.Duration {
	return min(max(drawingShare*p.cost(), shortestPause), longestPause)
}

// seenState is a summary of what the window shows: it changes whenever a refresh is
// needed.
type seenState struct {
	first, last int64 // bounds of the journal
	changes     int64 // of the console
	seconds     int64 // changes only while a running time is shown
	stats       int64 // of the line at the bottom
	unread      int64 // of the tabs
	lab, faults int64 // of the server's tab, and the number of faults that are on
	found       int64 // version of the log's rows
	toasts      bool  // one has been shown long enough
}

// look returns the current state. It is called on the pump's goroutine.
func (w *window) look(now time.Time) seenState {
	s := seenState{changes: w.con.Changes()}
	s.first, s.last = w.con.Journal.Bounds()
	w.log.Model.Look()
	s.found = w.log.Model.Version()
	s.toasts = w.k.ToastsDue(now)
	s.stats, s.unread = w.stats.Tick(now), w.scope.Tick(now)
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

// refresh updates every part of the window.
func (w *window) refresh() {
	w.form.Target.Refresh()
	w.form.Refresh()
	w.scope.Refresh()
	w.log.Refresh()
	w.history.Refresh()
	w.stats.Refresh()
	w.server.Refresh()
	w.targets.Refresh()
	w.menu.refresh()
	w.tellNotices()
	w.tellEndings()
	w.k.EndToasts(time.Now())
}
