package scenario

import (
	"slices"
	"time"
)

// ForEach is a scenario that is played to each clientId that subscribes;
// [Players.ForEach] makes one. Its methods steer it for one clientId or, with
// "", for all, also for those that subscribe later. They may be called from any
// goroutine, do not wait, and return the players that they changed, as those
// were before, the oldest first.
type ForEach struct {
	all      *Players
	scenario *Scenario

	// Guarded by the lock of all; for whoever subscribes next.
	speed   float64
	held    bool
	stopped bool
	playing map[string]*Player // the latest for each clientId, until it has ended
}

// ForEach plays a scenario to every clientId that subscribes from now on,
// from its beginning, for as long as it is subscribed; it goes on where it is for
// one that comes back within half a minute.
func (all *Players) ForEach(sc *Scenario, speed float64) *ForEach {
	f := &ForEach{all: all, scenario: sc, speed: speed, playing: make(map[string]*Player)}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.forEach = append(all.forEach, f)
	return f
}

// Welcome is called when clientID has subscribed. It begins what ForEach asked
// for, unless it is under way.
func (all *Players) Welcome(clientID string) {
	all.mu.Lock()
	list := slices.Clone(all.forEach)
	all.mu.Unlock()
	for _, f := range list {
		f.begin(clientID, false)
	}
}

// begin begins it for a clientId, unless it is under way, or was stopped for all
// and anyway is not set. It reports whether it did.
func (f *ForEach) begin(clientID string, anyway bool) bool {
	begun, room := f.beginIfRoom(clientID, anyway)
	if !room { // told without the lock, which whoever hears of it may want
		f.all.stage.Crowded(f.scenario.Title, clientID)
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
	f.playing[clientID] = f.all.begin(f.scenario, Play{To: []string{clientID}, Speed: f.speed, Stepping: f.held}, f)
	return true, true
}

// ended is called when p, of this, has ended. The caller holds the lock of
// all.
func (f *ForEach) ended(p *Player) {
	if f.playing[p.to[0]] == p {
		delete(f.playing, p.to[0])
	}
}

// players are those of a clientId, or with "" all, that have not ended. The
// caller holds the lock of all.
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

// playerMemory is how long a player waits for a clientId that has left. A send
// ends it before that; one that is held or in a long wait sends nothing.
const playerMemory = 30 * time.Second

// Leave is called when clientID has left. It ends what ForEach began for it
// unless it comes back.
func (all *Players) Leave(clientID string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if !slices.ContainsFunc(all.forEach, func(f *ForEach) bool { return f.playing[clientID] != nil }) {
		return
	}
	time.AfterFunc(playerMemory, func() {
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

// Scenario is what is played.
func (f *ForEach) Scenario() *Scenario { return f.scenario }

// Next is how it begins for whoever subscribes next: Playing, Paused, or Ended
// if it does not.
func (f *ForEach) Next() State {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	switch {
	case f.stopped:
		return Ended
	case f.held:
		return Paused
	}
	return Playing
}

// Status changes nothing.
func (f *ForEach) Status(clientID string) []Status {
	return f.change(clientID, func() {}, func(*Player) {})
}

// change is what the other methods do: later for whoever subscribes next, now
// for each player.
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

// Pause holds it, see Player.Pause. Whoever subscribes later finds it held
// before its first step.
func (f *ForEach) Pause(clientID string) []Status {
	return f.change(clientID, func() { f.held = true }, (*Player).Pause)
}

// Resume lets it go on.
func (f *ForEach) Resume(clientID string) []Status {
	return f.change(clientID, func() { f.held = false }, (*Player).Resume)
}

// Step plays one step, and holds it if it was not held.
func (f *ForEach) Step(clientID string) []Status {
	return f.change(clientID, func() { f.held = true }, (*Player).Step)
}

// SetSpeed changes the pace, as Play.Speed.
func (f *ForEach) SetSpeed(clientID string, speed float64) []Status {
	if !(speed > 0) {
		return nil
	}
	return f.change(clientID, func() { f.speed = speed }, func(p *Player) { p.SetSpeed(speed) })
}

// Stop ends it. With "" it does not begin for those that subscribe later, until
// Start.
func (f *ForEach) Stop(clientID string) []Status {
	return f.change(clientID, func() { f.stopped = true }, (*Player).Stop)
}

// Start begins it anew for those that are subscribed and to whom it is not being
// played, and, with "", for those that subscribe later. It returns how many it
// began for; a clientId that nobody is subscribed as is none.
func (f *ForEach) Start(clientID string) (begun int) {
	f.change(clientID, func() { f.stopped = false }, func(*Player) {})
	// Whoever subscribes from here on is known, or is welcomed.
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
