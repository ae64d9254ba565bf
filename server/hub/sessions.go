package hub

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"sseconsole/server/fault"
)

var errDropped = errors.New("server: dropped")

// State is the state of a session.
type State string

const (
	// Open means that messages are delivered.
	Open State = "open"
	// Held means that the session is open and delivery is paused.
	Held State = "held"
	// Away means that a poll has ended and the next one is awaited.
	Away State = "away"
	// Ending means that the session is writing the rest of its queue.
	Ending State = "ending"
	// Stray means that the session is open, but no message reaches it; see [Spring].
	Stray State = "stray"
)

// SessionInfo is a snapshot of a session, as the call sessions returns it.
type SessionInfo struct {
	ID          string       `json:"session"` // the part of the event ids before the "-"
	ClientID    string       `json:"clientId"`
	State       State        `json:"state"`
	Mode        Mode         `json:"mode"`
	Remote      string       `json:"remote"`
	UserAgent   string       `json:"userAgent"`   // shortened
	LastEventID string       `json:"lastEventId"` // of the request; shortened
	Since       time.Time    `json:"since"`
	Events      uint64       `json:"events"` // written
	Bytes       uint64       `json:"bytes"`  // written, before chunking and TLS
	Queued      int          `json:"queued"` // messages in the queue or, if Away, for the next poll
	QueuedBytes int          `json:"queuedBytes"`
	Faults      []fault.Kind `json:"faults,omitempty"` // that hit the connection and are on
}

// List returns all sessions, including those that are away, the oldest first.
func (h *Hub) List() []SessionInfo {
	h.mu.Lock()
	list := make([]SessionInfo, 0, len(h.sessions))
	for sess := range h.sessions {
		info := sess.info()
		sub := h.subs[sess.clientID]
		if info.State != Ending && (sub == nil || !slices.Contains(sub.live, sess)) {
			info.State = Stray
		}
		if sub == nil || sub.away != sess {
			list = append(list, info)
		}
	}
	for _, sub := range h.subs {
		if sub.away != nil {
			info := sub.away.info()
			info.State, info.Queued, info.QueuedBytes = Away, 0, 0
			for _, m := range sub.replay.after(sub.away.last.Load()) {
				info.Queued++
				info.QueuedBytes += len(m.body)
			}
			list = append(list, info)
		}
	}
	h.mu.Unlock()
	slices.SortFunc(list, func(a, b SessionInfo) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func (s *Session) info() SessionInfo {
	info := SessionInfo{
		ID: s.name, ClientID: s.clientID, State: Open, Mode: cmp.Or(s.mode, Streaming), Remote: s.remote, UserAgent: s.userAgent,
		LastEventID: s.lastEventID, Faults: fault.KindsOn(s.faults), Since: s.since, Events: s.events.Load(), Bytes: s.bytes.Load(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	info.Queued, info.QueuedBytes = len(s.queue), s.size
	switch {
	case s.reason != "" || s.over:
		info.State = Ending
	case s.held:
		info.State = Held
	}
	return info
}

// CloseSession ends the session with this [SessionInfo].ID after it has written its
// queue, or forgets it if it is away. It does not block, and reports whether there is
// such a session; so do the next three.
func (h *Hub) CloseSession(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, sub := range h.subs {
		if sub.away != nil && sub.away.name == id {
			h.markPresent(sub)
			if !sub.known() {
				h.park(sub)
			}
			return true
		}
	}
	return h.withSession(id, func(sess *Session, sub *subscriber) {
		sess.end(Closed)
		h.detach(sub, sess, false)
	})
}

// DropSession cuts the session's connection, even in the middle of a write.
func (h *Hub) DropSession(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.withSession(id, h.dropOne)
}

// dropOne cuts the connection of sess, a session of sub. The caller holds h.mu.
func (h *Hub) dropOne(sess *Session, sub *subscriber) {
	sess.cut(Dropped, errDropped)
	if sub != nil {
		h.detach(sub, sess, true)
	}
}

// HoldSession pauses delivery to the session. Messages stay in its queue, which can
// overflow. Keep-alive comments are still written.
func (h *Hub) HoldSession(id string) bool { return h.hold(id, true) }

// ReleaseSession resumes delivery after HoldSession.
func (h *Hub) ReleaseSession(id string) bool { return h.hold(id, false) }

func (h *Hub) hold(id string, held bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.withSession(id, func(sess *Session, _ *subscriber) { sess.hold(held) })
}

// withSession calls f with the session of this name, and reports whether there is one.
// The caller holds h.mu.
func (h *Hub) withSession(name string, f func(*Session, *subscriber)) bool {
	for s := range h.sessions {
		if s.name == name {
			f(s, h.subs[s.clientID])
			return true
		}
	}
	return false
}
