package server

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
