package hub

import (
	"cmp"
	"slices"
)

// Policy is what a further subscriber of one clientId does to the one that is
// there. The empty Policy is Replace.
type Policy string

const (
	// Replace: the new one takes over. The old one's automatic reconnect is
	// refused with 204, after which an EventSource stays closed.
	Replace Policy = "replace"
	// Refuse: the new one is refused with 409, unless it is the old one that
	// comes back.
	Refuse Policy = "refuse"
	// Share: both get everything.
	Share Policy = "share"
	// Spring does what the demo's original back end does, on purpose. The old
	// one's stream ends. Its completion then races with the new registration:
	// of 200 tries, 133 end the new stream too and 26 leave it open where no send
	// reaches it; chance decides in that proportion. Every reconnect is let in,
	// so that two EventSources with one clientId evict each other for ever.
	// Last-Event-ID is ignored.
	Spring Policy = "spring"
)

// Policies returns all policies, the default first.
func Policies() []Policy { return []Policy{Replace, Refuse, Share, Spring} }

// displace makes room for s where sub is known already, or returns why s must
// not join. It reports whether s can be registered.
func (h *Hub) displace(sub *subscriber, s *Session) (registered bool, err error) {
	// A subscriber comes back with an id of the newest session, or with the one
	// that the newest session came with, if nothing of that arrived. An older id
	// is that of a subscriber which was replaced.
	again := s.came != 0 && (s.came == sub.sessions || s.came == sub.came)
	registered = true
	switch h.policy {
	case Refuse:
		if !again && !(s.continues && sub.away.isSameClientAs(s)) {
			return false, ErrTaken
		}
	case Share:
		sub.live = slices.DeleteFunc(sub.live, func(l *Session) bool {
			itself := s.came != 0 && (s.came == l.number || s.came == l.came)
			if itself {
				l.end(Replaced)
			}
			return itself
		})
		return true, nil
	case Spring:
		registered = len(sub.live) == 0 || h.race(s)
	default:
		if s.came != 0 && !again {
			return false, ErrReplaced
		}
	}
	for _, l := range sub.live {
		l.end(Replaced)
	}
	sub.live = slices.Delete(sub.live, 0, len(sub.live))
	return registered, nil
}

// race decides whether s survives the end of the session before it.
func (h *Hub) race(s *Session) (registered bool) {
	n := h.chance(200)
	if n < 133 {
		s.end(Raced)
	}
	return n >= 133+26
}

// Policy returns what a further subscriber of one clientId does.
func (h *Hub) Policy() Policy {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.policy
}

// SetPolicy changes that for later subscribes.
func (h *Hub) SetPolicy(p Policy) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.policy = cmp.Or(p, Replace)
}
