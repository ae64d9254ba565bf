package server

import (
	"context"
	"math"
	mathrand "math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Play is how a scenario is played. The zero value plays it to everybody, at its
// own pace.
type Play struct {
	To       []string // clientIds; empty: everybody. A scenario's own "to" goes before.
	Speed    float64  // 2 is twice as fast; 0 stands for 1, infinity for without waits
	Stepping bool     // begin paused; Player.Step plays a step
}

// PlayState is what a player is doing.
type PlayState string

const (
	Playing PlayState = "playing"
	Paused  PlayState = "paused"
	Ended   PlayState = "ended" // the scenario is through, or was stopped
)

// PlayStatus is a player at one moment.
type PlayStatus struct {
	ID       int
	Title    string // and TitleZH are the scenario's
	TitleZH  string
	To       []string
	State    PlayState
	Stepping bool // Paused, until the next Step or Resume
	Waiting  bool // for room in the queue of a slow subscriber
	Speed    float64
	Line     int // of the step that is next, or that is being played
	Lines    int // of the scenario's text
	Steps    int64
	Sends    int64 // messages and raw bytes sent
	Reached  int   // sessions by the last of them
	InAll    int64 // sessions by all of them
	Since    time.Time
}

// Player plays a scenario; Server.Play makes one. Its methods may be called from
// any goroutine and do not wait.
type Player struct {
	server   *Server
	scenario *Scenario
	to       []string
	only     bool // ends when nobody is reached
	done     chan struct{}
	cancel   context.CancelFunc
	turn     chan struct{} // capacity 1: state, speed or steps changed

	mu     sync.Mutex
	status PlayStatus
	steps  int // to be played though it is paused
}

// players are those that play.
type players struct {
	mu      sync.Mutex
	on      []*Player
	last    int // ID
	stopped bool
	work    sync.WaitGroup
}

// Play plays a scenario until its end, Player.Stop or Shutdown. Where a send
// would overflow the queue of a subscriber, it waits for room instead; a
// subscriber that does not read is cut off by its write timeout.
func (s *Server) Play(sc *Scenario, p Play) *Player { return s.play(sc, p, false) }

func (s *Server) play(sc *Scenario, p Play, only bool) *Player {
	if p.Speed <= 0 {
		p.Speed = 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	player := &Player{server: s, scenario: sc, to: slices.Clone(p.To), only: only, done: make(chan struct{}), cancel: cancel, turn: make(chan struct{}, 1),
		status: PlayStatus{Title: sc.Title, TitleZH: sc.TitleZH, To: p.To, State: Playing, Speed: p.Speed, Lines: sc.Lines, Since: time.Now()}}
	if p.Stepping {
		player.status.State = Paused
	}
	all := &s.players
	all.mu.Lock()
	defer all.mu.Unlock()
	all.last++
	player.status.ID = all.last
	if all.stopped {
		player.status.State = Ended
		cancel()
		close(player.done)
		return player
	}
	all.on = append(all.on, player)
	all.work.Go(func() {
		defer close(player.done)
		defer cancel()
		player.run(ctx)
		all.mu.Lock()
		defer all.mu.Unlock()
		all.on = slices.DeleteFunc(all.on, func(p *Player) bool { return p == player })
	})
	return player
}

// Repeat sends m again and again, every so often, count times or with 0 until it
// is stopped. Its data, ID, type and comment may have the placeholders of a
// scenario.
func (s *Server) Repeat(m Message, every time.Duration, count int) (*Player, error) {
	if _, err := m.payload(); err != nil {
		return nil, err
	}
	return s.Play(&Scenario{steps: []step{
		{do: doRepeat, count: count, matching: 3},
		{do: doSend, message: m},
		{do: doWait, least: every, most: every},
		{do: doEnd},
	}}, Play{To: m.To}), nil
}

// PlayForEach plays a scenario to every clientId that subscribes from now on,
// from its beginning, for as long as it is subscribed.
func (s *Server) PlayForEach(sc *Scenario, speed float64) {
	s.players.mu.Lock()
	defer s.players.mu.Unlock()
	s.forEach = append(s.forEach, forEach{sc, speed})
}

type forEach struct {
	scenario *Scenario
	speed    float64
}

// welcomePlayers begins what PlayForEach asked for, unless it is under way.
func (s *Server) welcomePlayers(clientID string) {
	s.players.mu.Lock()
	var begin []forEach
	for _, f := range s.forEach {
		if !slices.ContainsFunc(s.players.on, func(p *Player) bool {
			return p.only && p.scenario == f.scenario && p.to[0] == clientID
		}) {
			begin = append(begin, f)
		}
	}
	s.players.mu.Unlock()
	for _, f := range begin {
		s.play(f.scenario, Play{To: []string{clientID}, Speed: f.speed}, true)
	}
}

// Players returns those that play or are paused, the oldest first.
func (s *Server) Players() []*Player {
	s.players.mu.Lock()
	defer s.players.mu.Unlock()
	return slices.Clone(s.players.on)
}

// stop ends all players, for good.
func (all *players) stop() {
	all.mu.Lock()
	all.stopped = true
	for _, p := range all.on {
		p.cancel()
	}
	all.mu.Unlock()
	all.work.Wait()
}

// Status returns how it stands.
func (p *Player) Status() PlayStatus {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Done is closed when nothing more comes of it.
func (p *Player) Done() <-chan struct{} { return p.done }

// Stop ends it.
func (p *Player) Stop() { p.cancel() }

// Pause, Resume and Step hold it, let it go on, and play one step while it is
// held.
func (p *Player) Pause()  { p.change(func(st *PlayStatus) { st.State = Paused }) }
func (p *Player) Resume() { p.change(func(st *PlayStatus) { st.State = Playing; p.steps = 0 }) }
func (p *Player) Step()   { p.change(func(st *PlayStatus) { st.State = Paused; p.steps++ }) }

// SetSpeed changes the pace, as Play.Speed.
func (p *Player) SetSpeed(speed float64) {
	if speed > 0 {
		p.change(func(st *PlayStatus) { st.Speed = speed })
	}
}

func (p *Player) change(change func(*PlayStatus)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.status.State != Ended {
		change(&p.status)
	}
	select {
	case p.turn <- struct{}{}:
	default:
	}
}

// loop is a repeat that is being played.
type loop struct {
	begin int // its index
	round int64
	took  bool // something in this round took time
}

func (p *Player) run(ctx context.Context) {
	defer p.change(func(st *PlayStatus) { st.State, st.Waiting = Ended, false })
	var loops []loop
	to, due := p.to, time.Now()
	took := func() {
		for i := range loops {
			loops[i].took = true
		}
	}
	for i := 0; i < len(p.scenario.steps); i++ {
		st := p.scenario.steps[i]
		if !p.mayPlay(ctx, st.line, &due) {
			return
		}
		switch st.do {
		case doRepeat:
			loops = append(loops, loop{begin: i, round: 1})
		case doEnd:
			l := &loops[len(loops)-1]
			if count := p.scenario.steps[l.begin].count; count > 0 && l.round == int64(count) {
				loops = loops[:len(loops)-1]
				break
			}
			if !l.took && !pause(ctx, roomEvery) { // or it would take all of a processor
				return
			}
			i = l.begin
			l.round++
			l.took = false
		case doTo:
			to = st.to
			if st.to == nil {
				to = p.to
			}
		case doWait:
			if !p.wait(ctx, st, &due) {
				return
			}
			if st.most > 0 {
				took()
			}
		case doSend, doRaw:
			n := int64(1)
			if len(loops) > 0 {
				n = loops[len(loops)-1].round
			}
			reached, goOn := p.send(ctx, st, to, n)
			if !goOn {
				return
			}
			if reached > 0 {
				took()
			}
		default:
			p.server.act(st, to)
		}
	}
}

// mayPlay waits while the player is paused. It tells whether to go on.
func (p *Player) mayPlay(ctx context.Context, line int, due *time.Time) bool {
	for {
		p.mu.Lock()
		p.status.Line = line
		p.status.Stepping = p.status.State == Paused && p.steps == 0
		if !p.status.Stepping {
			p.status.Steps++
			if p.status.State == Paused {
				p.steps--
			}
			p.mu.Unlock()
			return ctx.Err() == nil
		}
		p.mu.Unlock()
		select {
		case <-ctx.Done():
			return false
		case <-p.turn:
			*due = time.Now()
		}
	}
}

// wait waits until a step is due. What was late before is not caught up by more
// than the wait itself, and a step by hand does not wait.
func (p *Player) wait(ctx context.Context, st step, due *time.Time) bool {
	d := st.least
	if more := st.most - st.least; more > 0 {
		d += mathrand.N(more)
	}
	for left := float64(d); left > 0; { // of the scenario's own time
		status := p.Status()
		if status.State == Paused || math.IsInf(status.Speed, 1) {
			*due = time.Now()
			return ctx.Err() == nil
		}
		began := *due
		*due = began.Add(time.Duration(left / status.Speed))
		if now := time.Now(); due.Before(now) {
			*due = now
			return ctx.Err() == nil
		}
		timer := time.NewTimer(time.Until(*due))
		select {
		case <-timer.C:
			return true
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-p.turn: // the speed changed, or it was paused
			timer.Stop()
			now := time.Now()
			left -= float64(now.Sub(began)) * status.Speed
			*due = now
		}
	}
	return ctx.Err() == nil
}

// roomEvery is how often a player looks whether a queue has room.
const roomEvery = 5 * time.Millisecond

// pause waits, and tells whether to go on.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// send sends to each of to in turn, as soon as it has room. It tells how many
// sessions that reached, and whether to go on.
func (p *Player) send(ctx context.Context, st step, to []string, n int64) (reached int, goOn bool) {
	body := &payload{body: st.raw, raw: true}
	if st.do == doSend {
		m, now := st.message, time.Now()
		m.Data, m.Type, m.ID, m.Comment = expand(m.Data, n, now), expand(m.Type, n, now), expand(m.ID, n, now), expand(m.Comment, n, now)
		var err error
		if body, err = m.payload(); err != nil {
			return 0, true // not reached: a placeholder adds nothing that makes it wrong
		}
	}
	if len(to) == 0 {
		to = []string{everybody}
	}
	for _, clientID := range to {
		for !p.server.hub.roomFor(clientID, len(body.body)) {
			p.mu.Lock()
			p.status.Waiting = true
			p.mu.Unlock()
			if !pause(ctx, roomEvery) {
				return 0, false
			}
		}
		one := 0
		if clientID == everybody {
			one = p.server.hub.broadcast(body)
		} else {
			one, _ = p.server.hub.send(clientID, body) // the number says it
		}
		reached += one
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status.Waiting = false
	p.status.Sends++
	p.status.Reached = reached
	p.status.InAll += int64(reached)
	return reached, ctx.Err() == nil && (reached > 0 || !p.only)
}

// act plays a step that is neither sent nor waited for.
func (s *Server) act(st step, to []string) {
	switch st.do {
	case doFault:
		f := st.fault
		if f.ClientID == "" && len(to) == 1 {
			f.ClientID = to[0]
		}
		s.SetFault(f) // it was checked when it was read
	case doClear:
		s.ClearFaults()
	case doClose:
		for _, clientID := range s.hub.known(to) {
			s.hub.close(clientID)
		}
	case doDrop:
		known := s.hub.known(to)
		for _, info := range s.List() {
			if slices.Contains(known, info.ClientID) {
				s.DropSession(info.ID)
			}
		}
	}
}

// known returns those of to that are subscribed, or with none of all.
func (h *hub) known(to []string) (clientIDs []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, sub := range h.subs {
		if sub.known() && (len(to) == 0 || slices.Contains(to, id)) {
			clientIDs = append(clientIDs, id)
		}
	}
	return clientIDs
}
