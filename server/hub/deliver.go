package hub

import (
	"context"
	"errors"
	"maps"
	"slices"

	"sseconsole/server/message"
)

var (
	// ErrUnknown means that nobody is subscribed with the clientId.
	ErrUnknown = errors.New("server: no such clientId")
	// ErrQueueFull means that the subscriber did not keep up and was cut off.
	ErrQueueFull = errors.New("server: queue full")
	// ErrKeptFull means that the replay buffer is full of messages that the
	// subscriber has yet to poll.
	ErrKeptFull = errors.New("server: too many messages wait for the next poll")
)

// Send queues m for its recipients and returns the number of sessions that it
// reached. A clientId between two polls counts as one session. If ctx is done, the
// remaining recipients are skipped. Send does not block.
//
// The error says that m is invalid, that there is no memory for it
// ([ErrMemoryFull]), or, if m has one recipient, why it reached nobody:
// [ErrUnknown], [ErrQueueFull] or [ErrKeptFull].
func (h *Hub) Send(ctx context.Context, m message.Message) (reached int, err error) {
	p, err := newPayload(m)
	if err != nil {
		return 0, err
	}
	switch len(m.To) {
	case 0:
		return h.broadcast(p)
	case 1:
		return h.sendOne(m.To[0], p)
	}
	to := slices.Clone(m.To)
	slices.Sort(to)
	return h.sendEach(ctx, slices.Compact(to), p)
}

// WithRoom returns a function that sends m if there is room for it. The error says
// why m is invalid.
func (h *Hub) WithRoom(m message.Message) (message.Sending, error) {
	p, err := newPayload(m)
	if err != nil {
		return nil, err
	}
	return h.sending(p), nil
}

// RawWithRoom is like [Hub.WithRoom] for raw bytes of the stream.
func (h *Hub) RawWithRoom(text []byte) message.Sending {
	return h.sending(&payload{body: text, raw: true})
}

func (h *Hub) sending(p *payload) message.Sending {
	return func(clientID string) (reached int, room bool) { return h.sendWithRoom(clientID, p) }
}

// sendOne queues p for clientID and returns the number of sessions that it reached.
// If that is 0, the error is ErrUnknown, ErrKeptFull, ErrMemoryFull or, if the
// sessions were cut off, ErrQueueFull.
func (h *Hub) sendOne(clientID string, p *payload) (reached int, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sub := h.subs[clientID]
	if sub == nil || !sub.known() {
		return 0, ErrUnknown
	}
	if !h.roomFor(p, 1+len(sub.live)) {
		return 0, ErrMemoryFull
	}
	if !sub.known() {
		return 0, ErrQueueFull // roomFor cut it off
	}
	defer h.tally()
	return h.deliver(sub, p)
}

// sendEach queues p for clientIDs, which has no duplicates, until ctx is done, and
// returns the number of sessions that it reached. If the error is ErrMemoryFull it
// reached none.
func (h *Hub) sendEach(ctx context.Context, clientIDs []string, p *payload) (reached int, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	lists := 0
	for _, clientID := range clientIDs {
		if sub := h.subs[clientID]; sub != nil {
			lists += 1 + len(sub.live)
		}
	}
	if !h.roomFor(p, lists) {
		return 0, ErrMemoryFull
	}
	defer h.tally()
	for _, clientID := range clientIDs {
		if ctx.Err() != nil {
			break
		}
		if sub := h.subs[clientID]; sub != nil && sub.known() {
			n, _ := h.deliver(sub, p) // reported by the sum
			reached += n
		}
	}
	return reached, nil
}

// broadcast queues p for every known clientId and returns the number of sessions
// that it reached. If the error is ErrMemoryFull it reached none.
func (h *Hub) broadcast(p *payload) (reached int, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.roomFor(p, len(h.subs)+len(h.sessions)) {
		return 0, ErrMemoryFull
	}
	defer h.tally()
	for _, sub := range h.subs {
		if sub.known() {
			n, _ := h.deliver(sub, p)
			reached += n
		}
	}
	return reached, nil
}

// roomFor makes room for p in this many lists and reports whether it succeeded. If
// it must, it cuts off the sessions with the most unread bytes.
func (h *Hub) roomFor(p *payload, lists int) bool {
	n := p.size() + lists*slotCost
	return h.makeRoom(n) || h.cutForRoom(n)
}

// tally adds what deliver has stored to the memory in use, once for a whole
// broadcast.
func (h *Hub) tally() {
	h.memory.used.Add(int64(h.uncounted))
	h.uncounted = 0
}

// deliver queues p for sub, which must be known. The caller must call tally.
func (h *Hub) deliver(sub *subscriber, p *payload) (reached int, err error) {
	if p.raw {
		return h.deliverRaw(sub, p), nil
	}
	if sub.overfills(p) {
		return 0, ErrKeptFull
	}
	m := delivery{sub.messages + 1, p}
	h.uncounted += p.enter(1 + len(sub.live)) // before a writer can remove it
	if sub.away != nil {
		reached++
	}
	for i := len(sub.live) - 1; i >= 0; i-- {
		s := sub.live[i]
		switch {
		case s.push(m):
			reached++
		case s.mode.polls():
			h.memory.release([]delivery{m})
			s.end(Polled) // the next poll delivers the rest
			h.detach(sub, s, true)
			reached++
		default:
			h.memory.release([]delivery{m})
			s.cut(CutOff, ErrQueueFull)
			h.detach(sub, s, true)
		}
	}
	if reached == 0 {
		h.memory.release([]delivery{m})
		return 0, ErrQueueFull
	}
	sub.messages++
	h.uncounted -= sub.replay.add(m)
	return reached, nil
}

// deliverRaw queues raw bytes for the open sessions of sub.
func (h *Hub) deliverRaw(sub *subscriber, p *payload) (reached int) {
	m := delivery{sub.messages, p}
	h.memory.hold(p, len(sub.live))
	for _, s := range slices.Clone(sub.live) {
		if s.push(m) {
			reached++
			continue
		}
		h.memory.release([]delivery{m})
		s.cut(CutOff, ErrQueueFull)
		h.detach(sub, s, true)
	}
	return reached
}

// sendWithRoom is like sendOne or, for everybody, broadcast. But if a queue, a replay
// buffer that a poll needs, or the memory has no room for p, it does nothing and
// returns false.
func (h *Hub) sendWithRoom(clientID string, p *payload) (reached int, room bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	to := []*subscriber{h.subs[clientID]}
	if clientID == message.Everybody {
		to = slices.AppendSeq(to[:0], maps.Values(h.subs))
	}
	to = slices.DeleteFunc(to, func(sub *subscriber) bool { return sub == nil || !sub.known() })
	if slices.ContainsFunc(to, func(sub *subscriber) bool { return !sub.hasRoom(p) }) {
		return 0, false
	}
	if !h.makeRoom(p.size() + (len(to)+len(h.sessions))*slotCost) {
		return 0, false
	}
	defer h.tally()
	for _, sub := range to {
		n, _ := h.deliver(sub, p) // reported by the sum
		reached += n
	}
	return reached, true
}

// hasRoom reports whether p can be delivered to sub without losing anything.
func (sub *subscriber) hasRoom(p *payload) bool {
	if !p.raw && sub.overfills(p) {
		return false
	}
	return !slices.ContainsFunc(sub.live, func(s *Session) bool { return !s.hasRoom(len(p.body)) })
}

// overfills reports whether storing p would evict a message that the next poll may
// still ask for.
func (sub *subscriber) overfills(p *payload) bool {
	if !sub.polling {
		return false
	}
	evicted := sub.replay.evicts(len(p.body))
	return evicted > 0 && sub.before()+uint64(evicted) > sub.polled
}
