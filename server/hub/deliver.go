package hub

import (
	"context"
	"errors"
	"maps"
	"slices"

	"sseconsole/server/message"
)

var (
	// ErrUnknown: nobody is subscribed with this clientId.
	ErrUnknown = errors.New("server: no such clientId")
	// ErrQueueFull: the subscriber did not keep up and was cut off.
	ErrQueueFull = errors.New("server: queue full")
	// ErrKeptFull: the subscriber polls too rarely; nothing more can be kept for
	// it until it does.
	ErrKeptFull = errors.New("server: too much waits for the next poll")
)

// Send queues m for those it goes to, until ctx is done, and returns how many
// sessions it reached; a clientId that polls, and is between two polls, counts as
// one. It does not block. An error says that m is invalid, that there is no room
// for it ([ErrMemoryFull]), or, if m goes to one clientId only, why it reached
// nobody: [ErrUnknown], [ErrQueueFull] or [ErrKeptFull].
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

// WithRoom returns a function that sends m if there is room, or why m is invalid.
func (h *Hub) WithRoom(m message.Message) (message.Sending, error) {
	p, err := newPayload(m)
	if err != nil {
		return nil, err
	}
	return h.sending(p), nil
}

// RawWithRoom is WithRoom for bytes of the stream.
func (h *Hub) RawWithRoom(text []byte) message.Sending {
	return h.sending(&payload{body: text, raw: true})
}

func (h *Hub) sending(p *payload) message.Sending {
	return func(clientID string) (reached int, room bool) { return h.sendWithRoom(clientID, p) }
}

// sendOne queues p for clientID and returns how many sessions it reached. If that
// is none it returns ErrUnknown, ErrKeptFull, ErrMemoryFull or, after they were
// cut off, ErrQueueFull.
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
		return 0, ErrQueueFull // it was in the way itself
	}
	defer h.tally()
	return h.deliver(sub, p)
}

// sendEach queues p for several, each named once, until ctx is done, and returns
// how many sessions it reached. An error is ErrMemoryFull: then it reached none.
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
			n, _ := h.deliver(sub, p) // the sum says it
			reached += n
		}
	}
	return reached, nil
}

// broadcast queues p for everybody and returns how many sessions it reached. An
// error is ErrMemoryFull: then it reached none.
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

// roomFor makes room for p in so many lists, if need be by cutting off those that
// have the most to read yet, and reports whether there is.
func (h *Hub) roomFor(p *payload, lists int) bool {
	n := p.size() + lists*slotCost
	return h.makeRoom(n) || h.cutForRoom(n)
}

// tally counts what deliver has kept, for all of a broadcast at once.
func (h *Hub) tally() {
	h.memory.used.Add(int64(h.uncounted))
	h.uncounted = 0
}

// deliver queues p for sub, which is known. The caller calls tally afterwards.
func (h *Hub) deliver(sub *subscriber, p *payload) (reached int, err error) {
	if p.raw {
		return h.deliverRaw(sub, p), nil
	}
	if sub.overfills(p) {
		return 0, ErrKeptFull
	}
	m := delivery{sub.messages + 1, p}
	h.uncounted += p.enter(1 + len(sub.live)) // before a writer can take it out
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
			s.end(Polled) // the next poll brings the rest
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
	h.uncounted -= sub.kept.add(m)
	return reached, nil
}

// deliverRaw queues bytes for the open sessions of sub.
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

// sendWithRoom is sendOne or, for everybody, broadcast, but does nothing and returns
// false if a session, what is kept for a poll, or the memory has no room for p.
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
		n, _ := h.deliver(sub, p) // the number says it
		reached += n
	}
	return reached, true
}

// hasRoom reports whether p loses nothing for sub.
func (sub *subscriber) hasRoom(p *payload) bool {
	if !p.raw && sub.overfills(p) {
		return false
	}
	return !slices.ContainsFunc(sub.live, func(s *Session) bool { return !s.hasRoom(len(p.body)) })
}

// overfills reports whether to keep p would push out what the next poll may still
// ask for.
func (sub *subscriber) overfills(p *payload) bool {
	if !sub.polling {
		return false
	}
	evicted := sub.kept.evicts(len(p.body))
	return evicted > 0 && sub.before()+uint64(evicted) > sub.polled
}
