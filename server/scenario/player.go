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
	begin int // index of the repeat
	round int64
	took  bool // a step of this round took time
}

// run plays the scenario.

func (p *Player) run(ctx context.Context) {
	defer p.change(func(st *Status) { st.State, st.Waiting = Ended, false })
	finished := false
	defer func() {
		if !finished { // stopped early: clears its faults
			p.clearFaults()
		}
	}() // a scenario that finishes leaves its faults on
	var loops []loop
	to, due := p.to, time.Now()
	took := func() {
		// If an inner loop took time, so did the outer ones.
		for i := len(loops) - 1; i >= 0 && !loops[i].took; i-- {
			loops[i].took = true
		}
	}
	for i := 0; i < len(p.scenario.steps); i++ {
		st := p.scenario.steps[i]
		manual, ok := p.awaitTurn(ctx, st.line, &due)
		if !ok {
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
			if !l.took && !pause(ctx, roomInterval) { // or the loop would spin
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
			if manual {
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
			reached, ok := p.send(ctx, st, to, n, manual)
			if !ok {
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
	finished = true
}

// awaitTurn waits while the player is paused. It reports whether the next step is played
// by Step, and whether to go on.
func (p *Player) awaitTurn(ctx context.Context, line int, due *time.Time) (manual, ok bool) {
	p.mu.Lock()
	p.status.Line = line
	p.mu.Unlock()
	for {
		paused, step := p.isPaused()
		if !paused {
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

// isPaused reports whether the player is paused. If it is paused but Step was called, step
// is true and that step is used up.
func (p *Player) isPaused() (paused, step bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	step = p.status.State == Paused && p.steps > 0
	if step {
		p.steps--
	}
	p.status.Stepping = p.status.State == Paused && !step
	return p.status.Stepping, step
}

// longest bounds a wait at a speed near 0.
const longest = 1 << 62

// wait plays a wait, which begins at due and ends at the new due, and reports whether to go
// on. If the player is late, the wait is shortened, at most to nothing.
func (p *Player) wait(ctx context.Context, st step, due *time.Time) bool {
	d := st.least
	if more := st.most - st.least; more > 0 {
		d += mathrand.N(more)
	}
	for left := float64(d); left > 0; { // at speed 1
		speed := p.Status().Speed
		paused, step := p.isPaused()
		if step || math.IsInf(speed, 1) && !paused {
			*due = time.Now()
			return ctx.Err() == nil
		}
		began := *due
		var timer <-chan time.Time // nil while paused
		if !paused {
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
		case <-p.turn: // the state or the speed has changed
			now := time.Now()
			if !paused {
				left -= float64(now.Sub(began)) * speed
			}
			*due = now
		}
	}
	return ctx.Err() == nil
}

// roomInterval is the interval at which a player checks whether a queue has room.
const roomInterval = 5 * time.Millisecond

// pause sleeps for d and reports whether to go on.
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

// awaitRoom waits before a send is tried again, and while the player is paused, unless
// the step is played by Step. It reports whether it is now, and whether to go on.
func (p *Player) awaitRoom(ctx context.Context, manual bool) (nowManual, ok bool) {
	p.mu.Lock()
	p.status.Waiting = true
	p.mu.Unlock()
	if !pause(ctx, roomInterval) {
		return manual, false
	}
	for !manual {
		paused, step := p.isPaused()
		if !paused {
			return step, true
		}
		select {
		case <-ctx.Done():
			return false, false
		case <-p.turn:
		}
	}
	return manual, true
}

// send plays a send or raw step: it sends to each of to in turn, as soon as that has
// room. It returns the number of sessions reached, and whether to go on.
func (p *Player) send(ctx context.Context, st step, to []string, n int64, manual bool) (reached int, ok bool) {
	sending := p.stage.RawWithRoom(st.raw)
	if st.do == doSend {
		m, now := st.message, time.Now()
		m.Data, m.Type, m.ID, m.Comment = expand(m.Data, n, now), expand(m.Type, n, now), expand(m.ID, n, now), expand(m.Comment, n, now)
		var err error
		if sending, err = p.stage.WithRoom(m); err != nil {
			return 0, true // impossible: placeholders do not make a message invalid
		}
	}
	if len(to) == 0 {
		to = []string{message.Everybody}
	}
	for _, clientID := range to {
		one, room := sending(clientID)
		for ; !room; one, room = sending(clientID) {
			if manual, ok = p.awaitRoom(ctx, manual); !ok {
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
	p.status.TotalReached += int64(reached)
	return reached, ctx.Err() == nil && (reached > 0 || p.of == nil)
}

// setFault turns on f, the fault of the i-th step, for each of to if f names no clientId.
// It turns off the fault that the same step turned on in an earlier round.
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
		p.faults[own], _ = p.stage.SetFault(f) // no error: Parse has checked f
	}
}

// clearFaults turns off the faults that steps have turned on.
func (p *Player) clearFaults() {
	for _, id := range p.faults {
		p.stage.ClearFault(id)
	}
	clear(p.faults)
}

// act plays the step clear, close or drop.
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
