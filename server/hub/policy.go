package hub

import (
	"cmp"
	"slices"
)

// Policy says what happens when a second subscriber uses a clientId. The empty Policy
// is Replace.
type Policy string

const (
	// Replace ends the old stream. The automatic reconnect of the replaced subscriber
	// gets 204, after which an EventSource stays closed.
	Replace Policy = "replace"
	// Refuse answers the new subscriber with 409, unless it is the old one that
	// reconnects.
	Refuse Policy = "refuse"
	// Share delivers every message to both.
	Share Policy = "share"
	// Spring imitates the demo's original back end. The old stream ends, and its
	// completion races with the new registration: of 200 new streams, 133 are ended
	// too and 26 stay open but receive nothing. A random number decides. Reconnects
	// are always accepted, so that two EventSources with one clientId evict each
	// other for ever. Last-Event-ID is ignored.
	Spring Policy = "spring"
)

// Policies returns all policies, the default first.
func Policies() []Policy { return []Policy{Replace, Refuse, Share, Spring} }

// displace applies the policy to s, a further subscriber of sub, which must be known.
// The error says why s must not join. displace reports whether messages reach s.
func (h *Hub) displace(sub *subscriber, s *Session) (registered bool, err error) {
	// A reconnect has an id of the newest session or, if nothing of that arrived, the
	// id that the newest session was requested with. Older ids belong to subscribers
	// that were replaced.
	again := s.previous != 0 && (s.previous == sub.sessions || s.previous == sub.previous)
	registered = true
	switch h.policy {
	case Refuse:
		if !again && !(s.continues && sub.away.isSameClientAs(s)) {
			return false, ErrTaken
		}
	case Share:
		sub.live = slices.DeleteFunc(sub.live, func(l *Session) bool {
			itself := s.previous != 0 && (s.previous == l.number || s.previous == l.previous)
			if itself {
				l.end(Replaced)
			}
			return itself
		})
		return true, nil
	case Spring:
		registered = len(sub.live) == 0 || h.race(s)
	default:
		if s.previous != 0 && !again {
			return false, ErrReplaced
		}
	}
	for _, l := range sub.live {
		l.end(Replaced)
	}
	sub.live = slices.Delete(sub.live, 0, len(sub.live))
	return registered, nil
}

// race draws what the end of the old session does to s, and reports whether messages
// reach s.
func (h *Hub) race(s *Session) (registered bool) {
	n := h.chance(200)
	if n < 133 {
		s.end(Raced)
	}
	return n >= 133+26
}

// Policy returns the policy for later subscribes.
func (h *Hub) Policy() Policy {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.policy
}

// SetPolicy sets the policy for later subscribes.
func (h *Hub) SetPolicy(p Policy) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.policy = cmp.Or(p, Replace)
}
