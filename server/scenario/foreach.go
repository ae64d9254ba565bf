package scenario

import (
	"slices"
	"time"
)

// ForEach is a scenario that is played to each clientId that subscribes, by a player of
// its own. [Players.ForEach] creates one. The methods act on one clientId or, if it is
// empty, on all, including those that subscribe later. They may be called from any
// goroutine and do not block. They return the earlier status of each player that they
// acted on, the oldest first.
type ForEach struct {
	all      *Players
	scenario *Scenario

	// For players that begin later. Guarded by all.mu.
	speed   float64
	paused  bool
	stopped bool
	playing map[string]*Player // by clientId; until the player has ended
}

// ForEach plays a scenario from its beginning to every clientId that subscribes from now
// on, while it is subscribed. If a clientId reconnects within 30 s, the scenario
// continues.
func (all *Players) ForEach(sc *Scenario, speed float64) *ForEach {
	f := &ForEach{all: all, scenario: sc, speed: speed, playing: make(map[string]*Player)}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.forEach = append(all.forEach, f)
	return f
}

// Subscribed must be called when clientID has subscribed. It begins the scenarios of
// ForEach that are not being played to it.
func (all *Players) Subscribed(clientID string) {
	all.mu.Lock()
	list := slices.Clone(all.forEach)
	all.mu.Unlock()
	for _, f := range list {
		f.begin(clientID, false)
	}
}

// begin begins the scenario for clientID and reports whether it did. It does not if the
// scenario is being played, or was stopped for all and anyway is not set.
func (f *ForEach) begin(clientID string, anyway bool) bool {
	begun, room := f.beginIfRoom(clientID, anyway)
	if !room { // reported without the lock, which the observer may need
		f.all.stage.NoMemory(f.scenario.Title, clientID)
	}
	return begun
}

func (f *ForEach) beginIfRoom(clientID string, anyway bool) (begun, room bool) {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	if f.stopped && !anyway || len(f.players(clientID)) > 0 {
		return false, true
	}
	if !f.all.stage.Reserve(playerCost) {
		return false, false
	}
	f.playing[clientID] = f.all.begin(f.scenario, Play{To: []string{clientID}, Speed: f.speed, Stepping: f.paused}, f)
	return true, true
}

// ended removes p, a player of f that has ended. The caller holds all.mu.
func (f *ForEach) ended(p *Player) {
	if f.playing[p.to[0]] == p {
		delete(f.playing, p.to[0])
	}
}

// players returns the players of clientID, or all if it is empty, that have not ended.
// The caller holds all.mu.
func (f *ForEach) players(clientID string) (list []*Player) {
	if clientID != "" {
		if p := f.playing[clientID]; p != nil && p.Status().State != Ended {
			list = append(list, p)
		}
		return list
	}
	for _, p := range f.all.on {
		if p.of == f && p.Status().State != Ended {
			list = append(list, p)
		}
	}
	return list
}

// reconnectTimeout is how long a player outlives its subscriber. A send that reaches
// nobody ends it earlier; a player that is paused or in a long wait does not send.
const reconnectTimeout = 30 * time.Second

// Unsubscribed must be called when clientID has left. It ends the players of ForEach for
// clientID, unless that subscribes again in time.
func (all *Players) Unsubscribed(clientID string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if !slices.ContainsFunc(all.forEach, func(f *ForEach) bool { return f.playing[clientID] != nil }) {
		return
	}
	time.AfterFunc(reconnectTimeout, func() {
		if len(all.stage.Known([]string{clientID})) > 0 {
			return
		}
		all.mu.Lock()
		defer all.mu.Unlock()
		for _, f := range all.forEach {
			for _, p := range f.players(clientID) {
				p.Stop()
			}
		}
	})
}

// Scenario returns the scenario of f.
func (f *ForEach) Scenario() *Scenario { return f.scenario }

// Next returns the state in which the next player will begin: Playing, Paused, or Ended
// if none will.
func (f *ForEach) Next() State {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	switch {
	case f.stopped:
		return Ended
	case f.paused:
		return Paused
	}
	return Playing
}

// Status returns the status of the players.
func (f *ForEach) Status(clientID string) []Status {
	return f.change(clientID, func() {}, func(*Player) {})
}

// change calls later, for players that begin later, if clientID is empty, and now for
// each player. It returns the earlier status of these players.
func (f *ForEach) change(clientID string, later func(), now func(*Player)) (list []Status) {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	if clientID == "" {
		later()
	}
	for _, p := range f.players(clientID) {
		list = append(list, p.Status())
		now(p)
	}
	return list
}

// Pause pauses the players, as [Player.Pause]. Players that begin later are paused
// before their first step.
func (f *ForEach) Pause(clientID string) []Status {
	return f.change(clientID, func() { f.paused = true }, (*Player).Pause)
}

// Resume resumes the players.
func (f *ForEach) Resume(clientID string) []Status {
	return f.change(clientID, func() { f.paused = false }, (*Player).Resume)
}

// Step plays one step and pauses.
func (f *ForEach) Step(clientID string) []Status {
	return f.change(clientID, func() { f.paused = true }, (*Player).Step)
}

// SetSpeed sets the speed, in the unit of Play.Speed.
func (f *ForEach) SetSpeed(clientID string, speed float64) []Status {
	if !(speed > 0) {
		return nil
	}
	return f.change(clientID, func() { f.speed = speed }, func(p *Player) { p.SetSpeed(speed) })
}

// Stop ends the players. If clientID is empty, no player begins until Start.
func (f *ForEach) Stop(clientID string) []Status {
	return f.change(clientID, func() { f.stopped = true }, (*Player).Stop)
}

// Start begins the scenario for clientID or, if it is empty, for every subscribed
// clientId and those that subscribe later, unless it is being played to them. It returns
// the number of players that it began.
func (f *ForEach) Start(clientID string) (begun int) {
	f.change(clientID, func() { f.stopped = false }, func(*Player) {})
	// A clientId that subscribes from here on is returned by Known, or passed to
	// Subscribed.
	var to []string
	if clientID != "" {
		to = []string{clientID}
	}
	known := f.all.stage.Known(to)
	slices.Sort(known)
	for _, id := range known {
		if f.begin(id, true) {
			begun++
		}
	}
	return begun
}
