package scenario

import (
	"context"
	"math"

	"sseconsole/server/fault"
	"sseconsole/server/message"

	mathrand "math/rand/v2"
	"time"
)

// loop is a repeat that is being played.
type loop struct {
	begin int // its index
	round int64
	took  bool // something in this round took time
}

func (p *Player) run(ctx context.Context) {
	defer p.change(func(st *Status) { st.State, st.Waiting = Ended, false })
	whole := false
	defer func() {
		if !whole { // stopped early: clears its faults
			p.clearFaults()
		}
	}()
	var loops []loop
	to, due := p.to, time.Now()
	took := func() {
		// If one took, so did those around it.
		for i := len(loops) - 1; i >= 0 && !loops[i].took; i-- {
			loops[i].took = true
		}
	}
	for i := 0; i < len(p.scenario.steps); i++ {
		st := p.scenario.steps[i]
		byHand, goOn := p.mayPlay(ctx, st.line, &due)
		if !goOn {
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
			if byHand {
				due = time.Now()
			} else if !p.wait(ctx, st, &due) {
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
			reached, goOn := p.send(ctx, st, to, n, byHand)
			if !goOn {
				return
			}
			if reached > 0 {
				took()
			}
		case doFault:
			p.setFault(i, st.fault, to)
		default:
			p.act(st, to)
		}
	}
	whole = true
}

// mayPlay waits while the player is paused. It reports whether to go on, and
// whether a person does it, step by step.
func (p *Player) mayPlay(ctx context.Context, line int, due *time.Time) (byHand, goOn bool) {
	p.mu.Lock()
	p.status.Line = line
	p.mu.Unlock()
	for {
		held, step := p.held()
		if !held {
			p.mu.Lock()
			p.status.Steps++
			p.mu.Unlock()
			return step, ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return false, false
		case <-p.turn:
			*due = time.Now()
		}
	}
}

// held reports whether the player is paused, and else whether that is for one
// step, which it takes.
func (p *Player) held() (held, step bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	step = p.status.State == Paused && p.steps > 0
	if step {
		p.steps--
	}
	p.status.Stepping = p.status.State == Paused && !step
	return p.status.Stepping, step
}

// longest is a wait that nobody waits for, at a speed near 0.
const longest = 1 << 62

// wait waits until a step is due. What was late before is not caught up by more
// than the wait itself.
func (p *Player) wait(ctx context.Context, st step, due *time.Time) bool {
	d := st.least
	if more := st.most - st.least; more > 0 {
		d += mathrand.N(more)
	}
	for left := float64(d); left > 0; { // of the scenario's own time
		speed := p.Status().Speed
		held, step := p.held()
		if step || math.IsInf(speed, 1) && !held {
			*due = time.Now()
			return ctx.Err() == nil
		}
		began := *due
		var timer <-chan time.Time // none while it is held
		if !held {
			*due = began.Add(time.Duration(min(left/speed, longest)))
			if now := time.Now(); due.Before(now) {
				*due = now
				return ctx.Err() == nil
			}
			timer = time.After(time.Until(*due))
		}
		select {
		case <-timer:
			return true
		case <-ctx.Done():
			return false
		case <-p.turn: // the speed changed, or it is held, or goes on
			now := time.Now()
			if !held {
				left -= float64(now.Sub(began)) * speed
			}
			*due = now
		}
	}
	return ctx.Err() == nil
}

// roomEvery is how often a player looks whether a queue has room.
const roomEvery = 5 * time.Millisecond

// pause waits, and reports whether to go on.
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

// awaitRoom waits a little, and longer while the player is held, unless a person
// does the step by hand. It reports whether one does, and whether to go on.
func (p *Player) awaitRoom(ctx context.Context, byHand bool) (nowByHand, goOn bool) {
	p.mu.Lock()
	p.status.Waiting = true
	p.mu.Unlock()
	if !pause(ctx, roomEvery) {
		return byHand, false
	}
	for !byHand {
		held, step := p.held()
		if !held {
			return step, true
		}
		select {
		case <-ctx.Done():
			return false, false
		case <-p.turn:
		}
	}
	return byHand, true
}

// send sends to each of to in turn, as soon as it has room. It returns how many
// sessions that reached, and whether to go on.
func (p *Player) send(ctx context.Context, st step, to []string, n int64, byHand bool) (reached int, goOn bool) {
	sending := p.stage.RawWithRoom(st.raw)
	if st.do == doSend {
		m, now := st.message, time.Now()
		m.Data, m.Type, m.ID, m.Comment = expand(m.Data, n, now), expand(m.Type, n, now), expand(m.ID, n, now), expand(m.Comment, n, now)
		var err error
		if sending, err = p.stage.WithRoom(m); err != nil {
			return 0, true // not reached: a placeholder adds nothing that makes it wrong
		}
	}
	if len(to) == 0 {
		to = []string{message.Everybody}
	}
	for _, clientID := range to {
		one, room := sending(clientID)
		for ; !room; one, room = sending(clientID) {
			if byHand, goOn = p.awaitRoom(ctx, byHand); !goOn {
				return 0, false
			}
		}
		reached += one
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status.Waiting = false
	p.status.Sends++
	p.status.Reached = reached
	p.status.InAll += int64(reached)
	return reached, ctx.Err() == nil && (reached > 0 || p.of == nil)
}

// setFault turns on the fault of the i-th step, for each of to if it names
// nobody. The one that the same step turned on in an earlier round goes off.
func (p *Player) setFault(i int, f fault.Fault, to []string) {
	if f.ClientID != "" || len(to) == 0 {
		to = []string{f.ClientID}
	}
	for _, clientID := range to {
		own := ownFault{i, clientID}
		if id, ok := p.faults[own]; ok {
			p.stage.ClearFault(id)
		}
		f.ClientID = clientID
		p.faults[own], _ = p.stage.SetFault(f) // it was checked when it was read
	}
}

// clearFaults turns off what the steps turned on.
func (p *Player) clearFaults() {
	for _, id := range p.faults {
		p.stage.ClearFault(id)
	}
	clear(p.faults)
}

// act plays a step that is neither sent nor waited for.
func (p *Player) act(st step, to []string) {
	known := p.stage.Known(to)
	switch st.do {
	case doClear:
		p.clearFaults()
	case doClose:
		for _, clientID := range known {
			p.stage.Close(clientID)
		}
	case doDrop:
		p.stage.Drop(known)
	}
}
