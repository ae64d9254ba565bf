package hub

import (
	"cmp"
	"slices"
	"time"

	"sseconsole/server/fault"
)

// Mode is the way events are delivered to a subscriber. The empty Mode is Streaming.
type Mode string

const (
	// Streaming delivers events in one response until it is ended.
	Streaming Mode = "streaming"
	// LongPolling waits for the next events, at most 25 s, delivers them and ends the
	// response.
	LongPolling Mode = "long"
	// ShortPolling delivers the events since the last poll, if any, and ends the
	// response.
	ShortPolling Mode = "short"
)

// Modes returns all modes, the default first.
func Modes() []Mode { return []Mode{Streaming, LongPolling, ShortPolling} }

const (
	longPoll    = 25 * time.Second // a long poll ends by then
	pollTimeout = 30 * time.Second // how long the next poll is awaited

	// The reconnection times that make an EventSource poll again.
	longPollRetry  = 100 * time.Millisecond
	shortPollRetry = time.Second
)

func (m Mode) polls() bool { return m == LongPolling || m == ShortPolling }

// retry returns the reconnection time sent in this mode, or 0 for none.
func (m Mode) retry() time.Duration {
	switch m {
	case LongPolling:
		return longPollRetry
	case ShortPolling:
		return shortPollRetry
	}
	return 0
}

// Mode returns the mode of subscribes that name none.
func (h *Hub) Mode() Mode {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mode
}

// SetMode sets the mode of later subscribes that name none.
func (h *Hub) SetMode(m Mode) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mode = cmp.Or(m, Streaming)
}

// IDBlock reports whether streams begin with the id block, which has only an id and,
// for a poll, a reconnection time. A replaced EventSource reconnects with this id,
// which distinguishes it from a new one. Some clients dispatch an empty event for the
// block.
func (h *Hub) IDBlock() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.idBlock
}

// SetIDBlock sets whether later streams begin with the id block.
func (h *Hub) SetIDBlock(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.idBlock = on
}

// isContinuedBy reports whether s, which has no Last-Event-ID, continues the last
// poll of sub. Clients that ignore the id of a block without data send none until they
// have received a message.
func (sub *subscriber) isContinuedBy(s *Session) bool {
	return s.mode.polls() && sub.away != nil && !slices.Contains(s.faultKinds, fault.IgnoreLastEventID)
}

// isSameClientAs reports whether next, which has no Last-Event-ID, may come from the
// client of the poll s.
func (s *Session) isSameClientAs(next *Session) bool {
	return s.lastEventID == "" && s.address() == next.address() && s.userAgent == next.userAgent
}
