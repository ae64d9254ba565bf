package scenario

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"sseconsole/server/message"
)

// Play is how a scenario is played. The zero value plays it to everybody, at its
// own pace.
type Play struct {
	To       []string // clientIds; empty: everybody. A scenario's own "to" goes before.
	Speed    float64  // 2 is twice as fast; 0 stands for 1, infinity for without waits
	Stepping bool     // begin paused; Player.Step plays a step
}

// State is what a player is doing.
type State string

const (
	Playing State = "playing"
	Paused  State = "paused"
	Ended   State = "ended" // the scenario is through, or was stopped
)

// Status is a player at one moment.
type Status struct {
	ID       int
	Title    string // and TitleZH are the scenario's
	TitleZH  string
	Repeat   bool   // made by [Repeat]: it has no title and no lines
	Data     string // of the message that is repeated, with its placeholders
	To       []string
	State    State
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

// Player plays a scenario; [Players.Play] makes one. Its methods may be called from
// any goroutine and do not wait.
type Player struct {
	stage    Stage
	scenario *Scenario
	to       []string
	of       *ForEach // that it plays for one clientId, and ends when nobody is reached; nil: it is none of those
	done     chan struct{}
	cancel   context.CancelFunc
	turn     chan struct{} // capacity 1: state, speed or steps changed

	faults map[ownFault]int // the IDs of those that its steps turned on; its goroutine's own

	mu     sync.Mutex
	status Status
	steps  int // to be played though it is paused
}

// ownFault names the step that turned a fault on, and for whom.
type ownFault struct {
	step     int
	clientID string
}

// playerCost is what is counted for a player, in bytes; docs/server.md says how
// it was measured.
const playerCost = 8 << 10

// Players are those that play on a stage. All methods may be called from any
// goroutine.
type Players struct {
	stage Stage

	mu      sync.Mutex
	on      []*Player
	forEach []*ForEach
	last    int // ID
	stopped bool
	work    sync.WaitGroup
}

// NewPlayers returns Players that nobody is among yet.
func NewPlayers(stage Stage) *Players { return &Players{stage: stage} }

// Play plays a scenario until its end, [Player.Stop] or [Players.Stop]. Where a send
// would overflow the queue of a subscriber, it waits for room instead; a
// subscriber that does not read is cut off by its write timeout.
func (all *Players) Play(sc *Scenario, p Play) *Player {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.stage.Charge(playerCost)
	return all.begin(sc, p, nil)
}

// begin is Play for who holds the lock, and has counted playerCost.
func (all *Players) begin(sc *Scenario, p Play, of *ForEach) *Player {
	if !(p.Speed > 0) {
		p.Speed = 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	player := &Player{stage: all.stage, scenario: sc, to: slices.Clone(p.To), of: of, done: make(chan struct{}), cancel: cancel, turn: make(chan struct{}, 1),
		faults: make(map[ownFault]int),
		status: Status{Title: sc.Title, TitleZH: sc.TitleZH, To: slices.Clone(p.To), State: Playing, Speed: p.Speed, Lines: sc.Lines, Since: time.Now()}}
	if len(sc.steps) > 0 {
		player.status.Line = sc.steps[0].line
	}
	if p.Stepping {
		player.status.State = Paused
	}
	if sc.repeated {
		player.status.Repeat, player.status.Data = true, sc.steps[1].message.Data
	}
	all.last++
	player.status.ID = all.last
	if all.stopped {
		player.status.State = Ended
		all.stage.Charge(-playerCost)
		cancel()
		close(player.done)
		return player
	}
	all.on = append(all.on, player)
	id, clientID := player.status.ID, ""
	if len(p.To) == 1 {
		clientID = p.To[0]
	}
	all.work.Go(func() {
		defer close(player.done)
		defer cancel()
		all.stage.Begun(id, sc.Title, clientID)
		player.run(ctx)
		all.mu.Lock()
		all.on = slices.DeleteFunc(all.on, func(p *Player) bool { return p == player })
		if of != nil {
			of.ended(player)
		}
		all.mu.Unlock()
		all.stage.Charge(-playerCost)
		all.stage.Ended(id, sc.Title, clientID)
	})
	return player
}

// Repeat returns a scenario that sends m again and again, every so often, count
// times or with 0 until it is stopped. The data, ID, type and comment of m may
// have placeholders.
func Repeat(m message.Message, every time.Duration, count int) (*Scenario, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	if every < 0 || count < 0 {
		return nil, errors.New("server: a repeat needs a time and a number that are not negative")
	}
	return &Scenario{repeated: true, steps: []step{
		{do: doRepeat, count: count},
		{do: doSend, message: m},
		{do: doWait, least: every, most: every},
		{do: doEnd},
	}}, nil
}

// List returns those that play or are paused, the oldest first.
func (all *Players) List() []*Player {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(all.on)
}

// Stop ends all players, for good.
func (all *Players) Stop() {
	all.mu.Lock()
	all.stopped = true
	for _, p := range all.on {
		p.cancel()
	}
	all.mu.Unlock()
	all.work.Wait()
}

// Status returns how it stands.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Done is closed when nothing more comes of it.
func (p *Player) Done() <-chan struct{} { return p.done }

// Stop ends it.
func (p *Player) Stop() {
	p.cancel()
	p.change(func(st *Status) { st.State, st.Stepping, st.Waiting = Ended, false, false })
}

// Pause, Resume and Step hold it, let it go on, and play one step while it is
// held. One that is held in a wait has the rest of it before it when it goes on; a
// step by hand does not wait.
func (p *Player) Pause()  { p.change(func(st *Status) { st.State = Paused }) }
func (p *Player) Resume() { p.change(func(st *Status) { st.State = Playing; p.steps = 0 }) }
func (p *Player) Step()   { p.change(func(st *Status) { st.State = Paused; p.steps++ }) }

// SetSpeed changes the pace, as Play.Speed.
func (p *Player) SetSpeed(speed float64) {
	if speed > 0 {
		p.change(func(st *Status) { st.Speed = speed })
	}
}

func (p *Player) change(change func(*Status)) {
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
