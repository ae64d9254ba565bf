package hub

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"sseconsole/server/fault"
)

var errDropped = errors.New("server: dropped")

// State is what a session is doing.
type State string

const (
	// Open: it brings what is sent.
	Open State = "open"
	// Held: it is open, and delivery pauses.
	Held State = "held"
	// Away: a poll is over, and the next one is awaited.
	Away State = "away"
	// Ending: it writes the last of what is queued.
	Ending State = "ending"
	// Stray: it is open, but no send reaches it; see [Spring].
	Stray State = "stray"
)

// SessionInfo is a session at one moment, as the call sessions shows it.
type SessionInfo struct {
	ID          string       `json:"session"` // the part of the event ids before the "-"
	ClientID    string       `json:"clientId"`
	State       State        `json:"state"`
	Mode        Mode         `json:"mode"`
	Remote      string       `json:"remote"`
	UserAgent   string       `json:"userAgent"`   // not more than its beginning
	LastEventID string       `json:"lastEventId"` // that it came with; not more than its beginning
	Since       time.Time    `json:"since"`
	Events      uint64       `json:"events"` // written
	Bytes       uint64       `json:"bytes"`  // written, before chunking and TLS
	Queued      int          `json:"queued"` // messages; of a session that is away, those that wait for the next poll
	QueuedBytes int          `json:"queuedBytes"`
	Faults      []fault.Kind `json:"faults,omitempty"` // that hit the connection and are on
}

// List returns the sessions that there are, the oldest first, with those whose next
// poll is awaited.
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
			for _, m := range sub.kept.after(sub.away.last.Load()) {
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
	case s.fate != "" || s.over:
		info.State = Ending
	case s.held:
		info.State = Held
	}
	return info
}

// CloseSession ends the session with this [SessionInfo].ID after what is queued in it,
// or forgets it if it is away. Like the next three it returns at once, and reports
// whether there is such a session.
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
	return h.with(id, func(sess *Session, sub *subscriber) {
		sess.end(Closed)
		h.detach(sub, sess, false)
	})
}

// DropSession cuts the session's connection, in the middle of what is being written.
func (h *Hub) DropSession(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.with(id, h.dropOne)
}

// dropOne cuts the connection of sess, which is sub's. The caller holds the lock.
func (h *Hub) dropOne(sess *Session, sub *subscriber) {
	sess.cut(Dropped, errDropped)
	if sub != nil {
		h.detach(sub, sess, true)
	}
}

// HoldSession pauses delivery to the session: what is sent to it stays in its queue,
// which can fill up as that of a subscriber that does not read. Keep-alive
// comments go on.
func (h *Hub) HoldSession(id string) bool { return h.hold(id, true) }

// ReleaseSession ends a HoldSession.
func (h *Hub) ReleaseSession(id string) bool { return h.hold(id, false) }

func (h *Hub) hold(id string, held bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.with(id, func(sess *Session, _ *subscriber) { sess.hold(held) })
}

// with calls f for the session of a name, if there is one. The caller holds the
// lock.
func (h *Hub) with(name string, f func(*Session, *subscriber)) bool {
	for s := range h.sessions {
		if s.name == name {
			f(s, h.subs[s.clientID])
			return true
		}
	}
	return false
}
