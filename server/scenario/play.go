package scenario

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"sseconsole/server/message"
)

// Play says how to play a scenario. The zero value plays it to everybody, at normal
// speed.
type Play struct {
	To       []string // clientIds; empty means everybody. The step "to" takes precedence.
	Speed    float64  // a factor; 0 means 1, infinity means no waits
	Stepping bool     // begin paused, for [Player.Step]
}

// State is the state of a player.
type State string

// The states of a player.
const (
	Playing State = "playing"
	Paused  State = "paused"
	Ended   State = "ended" // finished or stopped
)

// Status is a snapshot of a player.
type Status struct {
	ID           int
	Title        string // of the scenario
	TitleZH      string
	Repeat       bool   // the scenario was made by [Repeat] and has no title and no lines
	Data         string // of the repeated message, with placeholders
	To           []string
	State        State
	Stepping     bool // paused before a step or within a wait
	Waiting      bool // for room in the queue of a slow subscriber
	Speed        float64
	Line         int // of the current or next step
	Lines        int // of the scenario
	Steps        int64
	Sends        int64 // messages and raw bytes sent
	Reached      int   // sessions reached by the last send
	TotalReached int64 // sessions reached by all sends
	Since        time.Time
}

// Player plays a scenario. [Players.Play] creates one. Methods may be called from any
// goroutine and do not block.
type Player struct {
	stage    Stage
	scenario *Scenario
	to       []string
	of       *ForEach // if not nil, the player ends when a send reaches nobody
	done     chan struct{}
	cancel   context.CancelFunc
	turn     chan struct{} // capacity 1; receives when state, speed or steps changed

	faults map[ownFault]int // IDs of the faults that steps turned on; used by run only

	mu     sync.Mutex
	status Status
	steps  int // steps to play while paused
}

// ownFault identifies a fault by the step that turned it on and its clientId.
type ownFault struct {
	step     int
	clientID string
}

// playerCost is the memory counted for a player, in bytes. docs/server.md says how it
// was measured.
const playerCost = 8 << 10

// Players holds the players of a stage. Methods may be called from any goroutine.
type Players struct {
	stage Stage

	mu      sync.Mutex
	on      []*Player
	forEach []*ForEach
	lastID  int
	stopped bool
	work    sync.WaitGroup
}

// NewPlayers returns an empty Players.
func NewPlayers(stage Stage) *Players { return &Players{stage: stage} }

// Play plays a scenario until its end, [Player.Stop] or [Players.Stop]. A send waits
// until the subscriber's queue has room; the write timeout cuts off a subscriber that
// does not read.
func (all *Players) Play(sc *Scenario, p Play) *Player {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.stage.Charge(playerCost)
	return all.begin(sc, p, nil)
}

// begin is like Play. The caller holds all.mu and has counted playerCost.
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
	all.lastID++
	player.status.ID = all.lastID
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
		all.stage.PlayBegan(id, sc.Title, clientID)
		player.run(ctx)
		all.mu.Lock()
		all.on = slices.DeleteFunc(all.on, func(p *Player) bool { return p == player })
		if of != nil {
			of.ended(player)
		}
		all.mu.Unlock()
		all.stage.Charge(-playerCost)
		all.stage.PlayEnded(id, sc.Title, clientID)
	})
	return player
}

// Repeat returns a scenario that sends m at this interval, count times or, if count is 0,
// until it is stopped. The data, ID, type and comment of m may contain placeholders.
func Repeat(m message.Message, every time.Duration, count int) (*Scenario, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	if every < 0 || count < 0 {
		return nil, errors.New("server: interval and count of a repeat must not be negative")
	}
	return &Scenario{repeated: true, steps: []step{
		{do: doRepeat, count: count},
		{do: doSend, message: m},
		{do: doWait, least: every, most: every},
		{do: doEnd},
	}}, nil
}

// List returns the players that have not ended, the oldest first.
func (all *Players) List() []*Player {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(all.on)
}

// Stop ends all players and waits for them. Players that begin later end at once.
func (all *Players) Stop() {
	all.mu.Lock()
	all.stopped = true
	for _, p := range all.on {
		p.cancel()
	}
	all.mu.Unlock()
	all.work.Wait()
}

// Status returns the status of p.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Done returns a channel that is closed after p has ended and nothing follows.
func (p *Player) Done() <-chan struct{} { return p.done }

// Stop ends p.
func (p *Player) Stop() {
	p.cancel()
	p.change(func(st *Status) { st.State, st.Stepping, st.Waiting = Ended, false, false })
}

// Pause pauses p before its next step, or within a wait.
func (p *Player) Pause() { p.change(func(st *Status) { st.State = Paused }) }

// Resume resumes p. If it was paused within a wait, the rest of the wait follows.
func (p *Player) Resume() { p.change(func(st *Status) { st.State = Playing; p.steps = 0 }) }

// Step plays one step, without waiting, and pauses.
func (p *Player) Step() { p.change(func(st *Status) { st.State = Paused; p.steps++ }) }

// SetSpeed sets the speed, in the unit of Play.Speed.
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
