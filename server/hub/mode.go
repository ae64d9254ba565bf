package hub

import (
	"cmp"
	"slices"
	"time"

	"sseconsole/server/fault"
)

// Mode is how a subscribe is answered. The empty Mode is Streaming.
type Mode string

const (
	// Streaming: one answer that brings events until it is ended.
	Streaming Mode = "streaming"
	// LongPolling: the answer waits for the next events, 25 s at most, brings
	// them and ends.
	LongPolling Mode = "long"
	// ShortPolling: the answer brings what was sent since the last poll, which
	// may be nothing, and ends.
	ShortPolling Mode = "short"
)

// Modes returns all modes, the default first.
func Modes() []Mode { return []Mode{Streaming, LongPolling, ShortPolling} }

const (
	longPoll   = 25 * time.Second // answered by then, if with nothing
	pollMemory = 30 * time.Second // known without a poll

	// The reconnection times that make an EventSource poll again.
	longPollRetry  = 100 * time.Millisecond
	shortPollRetry = time.Second
)

func (m Mode) polls() bool { return m == LongPolling || m == ShortPolling }

// retry is the reconnection time that a subscriber in this mode is told; 0: none.
func (m Mode) retry() time.Duration {
	switch m {
	case LongPolling:
		return longPollRetry
	case ShortPolling:
		return shortPollRetry
	}
	return 0
}

// Mode returns how a subscribe that does not say it is answered.
func (h *Hub) Mode() Mode {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mode
}

// SetMode changes that for later subscribes.
func (h *Hub) SetMode(m Mode) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mode = cmp.Or(m, Streaming)
}

// IDBlock reports whether streams begin with the id block: a block of nothing but
// an id and, for a poll, a reconnection time. By it an EventSource that was replaced
// is told from a new one. Some clients dispatch an empty event for it.
func (h *Hub) IDBlock() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.idBlock
}

// SetIDBlock changes that for later subscribes.
func (h *Hub) SetIDBlock(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.idBlock = on
}

// isContinuedBy reports whether s, which named no Last-Event-ID, continues the
// poll of sub that ended last. Clients that ignore the id of a block without data
// name none until they have received a message.
func (sub *subscriber) isContinuedBy(s *Session) bool {
	return s.mode.polls() && sub.away != nil && !slices.Contains(s.met, fault.IgnoreLastEventID)
}

// isSameClientAs reports whether next, which named no Last-Event-ID, may come from
// the client of the poll s.
func (s *Session) isSameClientAs(next *Session) bool {
	return s.lastEventID == "" && s.address() == next.address() && s.userAgent == next.userAgent
}
