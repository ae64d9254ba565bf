package server

import (
	"container/list"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// maxAbsent bounds how many clientIds without a subscriber are remembered.
const maxAbsent = 10_000

var (
	errReplaced = errors.New("server: the session was replaced")
	errStopped  = errors.New("server: shut down")
)

// hub is the registry of sessions. Its lock guards who is registered: a message
// is queued under it, so it goes to a session that is there, or to none.
type hub struct {
	run  string        // random, the same for all sessions of this server
	idle chan struct{} // closed once it is stopped and no session is left

	mu       sync.Mutex
	subs     map[string]*subscriber
	absent   list.List             // of the subscribers without a session, the longest absent first
	numbered uint64                // subscribers so far
	sessions map[*session]struct{} // with those that end, until they are forgotten
	stopped  bool
}

// subscriber is what the hub remembers of a clientId.
type subscriber struct {
	clientID string
	number   uint64
	sessions uint64 // so far
	messages uint64 // so far
	live     *session
	absent   *list.Element // while live is nil
}

func newHub() *hub {
	return &hub{
		run:      strings.ToLower(rand.Text()[:8]),
		idle:     make(chan struct{}),
		subs:     make(map[string]*subscriber),
		sessions: make(map[*session]struct{}),
	}
}

// join registers s and gives it its name. The session that had the clientId
// ends after what is queued in it.
func (h *hub) join(s *session, lastEventID string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return errStopped
	}
	sub := h.subs[s.clientID]
	if sub == nil {
		h.numbered++
		sub = &subscriber{clientID: s.clientID, number: h.numbered}
		h.subs[s.clientID] = sub
	}
	s.came = h.named(sub, lastEventID)
	if sub.live != nil {
		// A subscriber comes back with an id of the living session, or with the
		// one that the living session came with, if nothing of that arrived. An
		// older id is that of a subscriber which was replaced.
		if s.came != 0 && s.came != sub.sessions && s.came != sub.live.came {
			return errReplaced
		}
		sub.live.end(Replaced)
	}
	if sub.absent != nil {
		h.absent.Remove(sub.absent)
		sub.absent = nil
	}
	sub.sessions++
	s.name = fmt.Sprintf("%s.%d.%d", h.run, sub.number, sub.sessions)
	s.first = sub.messages
	sub.live = s
	h.sessions[s] = struct{}{}
	return nil
}

// named returns which session of sub, counted from 1, an id is of; 0 if none.
func (h *hub) named(sub *subscriber, id string) uint64 {
	rest, ok := strings.CutPrefix(id, fmt.Sprintf("%s.%d.", h.run, sub.number))
	if !ok {
		return 0
	}
	session, _, ok := strings.Cut(rest, "-")
	k, err := strconv.ParseUint(session, 10, 64)
	if !ok || err != nil || k > sub.sessions {
		return 0
	}
	return k
}

// send queues p for clientID and returns how many sessions it reached. If that
// is none it returns ErrUnknown or, after the session was cut off, ErrQueueFull.
func (h *hub) send(clientID string, p *payload) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sub := h.subs[clientID]
	if sub == nil || sub.live == nil {
		return 0, ErrUnknown
	}
	return h.deliver(sub, p)
}

// broadcast queues p for everybody and returns how many sessions it reached.
func (h *hub) broadcast(p *payload) (reached int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, sub := range h.subs {
		if sub.live != nil {
			n, _ := h.deliver(sub, p)
			reached += n
		}
	}
	return reached
}

// deliver queues p for sub, which has a session.
func (h *hub) deliver(sub *subscriber, p *payload) (int, error) {
	if !sub.live.push(message{sub.messages + 1, p}) {
		sub.live.cut(ErrQueueFull)
		h.vacate(sub)
		return 0, ErrQueueFull
	}
	sub.messages++
	return 1, nil
}

// close ends the session of clientID; it tells whether there was one.
func (h *hub) close(clientID string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	sub := h.subs[clientID]
	if sub == nil || sub.live == nil {
		return false
	}
	sub.live.end(Closed)
	h.vacate(sub)
	return true
}

// vacate leaves sub without a session.
func (h *hub) vacate(sub *subscriber) {
	sub.live = nil
	sub.absent = h.absent.PushBack(sub)
	if h.absent.Len() > maxAbsent {
		oldest := h.absent.Remove(h.absent.Front()).(*subscriber)
		delete(h.subs, oldest.clientID)
	}
}

// leave is called when the writer of s has written its last: no message
// reaches s any more. It returns the ids of those that s did not write.
func (h *hub) leave(s *session) (lost []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if sub := h.subs[s.clientID]; sub != nil && sub.live == s {
		h.vacate(sub)
	}
	return s.finish()
}

// forget is called after leave, once everything about s is told.
func (h *hub) forget(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, s)
	if h.stopped && len(h.sessions) == 0 {
		close(h.idle)
	}
}

// count is the number of sessions that a message would reach.
func (h *hub) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subs) - h.absent.Len()
}

// stop ends every session after what is queued, and lets nobody join.
func (h *hub) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return
	}
	h.stopped = true
	for _, sub := range h.subs {
		if sub.live != nil {
			sub.live.end(Closed)
			h.vacate(sub)
		}
	}
	if len(h.sessions) == 0 {
		close(h.idle)
	}
}

// cutAll cuts off the sessions that are left, and returns how many.
func (h *hub) cutAll() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.sessions {
		s.cut(errStopped)
	}
	return len(h.sessions)
}
