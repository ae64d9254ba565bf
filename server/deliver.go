package server

import "slices"

// send queues p for clientID and returns how many sessions it reached. If that
// is none it returns ErrUnknown, ErrKeptFull or, after they were cut off,
// ErrQueueFull.
func (h *hub) send(clientID string, p *payload) (reached int, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sub := h.subs[clientID]
	if sub == nil || !sub.known() {
		return 0, ErrUnknown
	}
	return h.deliver(sub, p)
}

// broadcast queues p for everybody and returns how many sessions it reached.
func (h *hub) broadcast(p *payload) (reached int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, sub := range h.subs {
		if sub.known() {
			n, _ := h.deliver(sub, p)
			reached += n
		}
	}
	return reached
}

// deliver queues p for sub, which is known.
func (h *hub) deliver(sub *subscriber, p *payload) (reached int, err error) {
	if p.raw {
		return h.deliverRaw(sub, p), nil
	}
	if sub.polling {
		evicted := sub.kept.evicts(len(p.body))
		if evicted > 0 && sub.before()+uint64(evicted) > sub.polled {
			return 0, ErrKeptFull // the next poll may ask for what would be evicted
		}
	}
	m := message{sub.messages + 1, p}
	if sub.away != nil {
		reached++
	}
	for i := len(sub.live) - 1; i >= 0; i-- {
		s := sub.live[i]
		switch {
		case s.push(m):
			reached++
		case s.mode.polls():
			s.end(Polled) // the next poll brings the rest
			h.part(sub, s, true)
			reached++
		default:
			s.cut(CutOff, ErrQueueFull)
			h.part(sub, s, true)
		}
	}
	if reached == 0 {
		return 0, ErrQueueFull
	}
	sub.messages++
	sub.kept.add(m)
	return reached, nil
}

// deliverRaw queues bytes for the open sessions of sub.
func (h *hub) deliverRaw(sub *subscriber, p *payload) (reached int) {
	m := message{sub.messages, p}
	for _, s := range slices.Clone(sub.live) {
		if s.push(m) {
			reached++
			continue
		}
		s.cut(CutOff, ErrQueueFull)
		h.part(sub, s, true)
	}
	return reached
}

// roomFor tells whether every session of clientID, or with everybody of all,
// has room for a message of a size in its queue.
func (h *hub) roomFor(clientID string, size int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	fits := func(sub *subscriber) bool {
		return sub == nil || !slices.ContainsFunc(sub.live, func(s *session) bool { return !s.hasRoom(size) })
	}
	if clientID != everybody {
		return fits(h.subs[clientID])
	}
	for _, sub := range h.subs {
		if !fits(sub) {
			return false
		}
	}
	return true
}
