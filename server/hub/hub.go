package hub

import (
	"container/list"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// maxAbsent bounds the number of absent clientIds that are remembered, and
	// maxAbsentBytes the size of their replay buffers together.
	maxAbsent      = 10_000
	maxAbsentBytes = 64 << 20

	defaultReplayEvents = 1000
	defaultReplayBytes  = 1 << 20
)

// Errors of [Hub.Join]. It also returns [ErrMemoryFull] and, after [Hub.Stop], an
// error that is not exported.
var (
	// ErrReplaced means that the session reconnects after another replaced it.
	ErrReplaced = errors.New("server: the session was replaced")
	// ErrTaken means that, under the policy Refuse, somebody else is subscribed.
	ErrTaken = errors.New("server: somebody else is subscribed")
	// ErrFull and ErrFullAddress mean that [Config.MaxSessions] or MaxPerAddress is
	// reached.
	ErrFull        = errors.New("server: too many sessions")
	ErrFullAddress = errors.New("server: too many sessions from one address")
	// ErrFullFiles means that the process may open hardly any more files.
	ErrFullFiles = errors.New("server: too many open files")

	errStopped = errors.New("server: shut down")
)

// Hub is a registry of sessions. Messages are queued under the lock that guards who
// is registered, so a message goes to a registered session or to none. Methods may be
// called from any goroutine, and none waits for a subscriber.
type Hub struct {
	run  string        // random; the first part of every session's name
	idle chan struct{} // closed when the hub is stopped and has no sessions

	replayEvents, replayBytes  int
	maxSessions, maxPerAddress int             // 0: no bound
	chance                     func(n int) int // a random number in [0,n)
	batches                    *sync.Pool      // see newBatches
	memory                     memory
	expired                    func(s *Session, lost []string) // see Config.Expired

	mu          sync.Mutex
	policy      Policy
	mode        Mode // of subscribes that name none
	idBlock     bool // streams begin with the id block
	subs        map[string]*subscriber
	absent      list.List                      // of absent subscribers, the longest absent first
	absentBytes int                            // size of their replay buffers
	uncounted   int                            // bytes; see tally
	numbered    uint64                         // subscribers so far
	sessions    map[*Session]struct{}          // open or ending, until Forget
	places      int                            // sessions, and polls whose successor is awaited
	addresses   map[string]int                 // places by address
	written     struct{ events, bytes uint64 } // by sessions that were forgotten
	stopped     bool
}

// subscriber is what the hub remembers of a clientId.
type subscriber struct {
	clientID string
	number   uint64
	sessions uint64 // so far
	previous uint64 // Session.previous of the newest session
	messages uint64 // so far
	replay   replayBuffer
	live     []*Session // open sessions; more than one only under Share

	polling bool        // the newest session polls
	polled  uint64      // number of the message that the newest poll began after
	away    *Session    // the last poll, while the next one is awaited
	expiry  *time.Timer // stops waiting for it

	absent *list.Element // nil if sub is known
}

// known reports whether a message to sub would reach somebody.
func (sub *subscriber) known() bool { return len(sub.live) > 0 || sub.away != nil }

func newHub() *Hub {
	h := &Hub{
		run:          strings.ToLower(rand.Text()[:8]),
		idle:         make(chan struct{}),
		replayEvents: defaultReplayEvents,
		replayBytes:  defaultReplayBytes,
		chance:       mathrand.IntN,
		batches:      newBatches(),
		idBlock:      true,
		subs:         make(map[string]*subscriber),
		sessions:     make(map[*Session]struct{}),
		addresses:    make(map[string]int),
	}
	h.memory.max = defaultMaxMemory
	return h
}

// Join registers s, names it, and gives it the messages after lastEventID. Sessions
// that it displaces end after writing what is queued.
func (h *Hub) Join(s *Session, lastEventID string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return errStopped
	}
	sub := h.subs[s.clientID]
	if err := h.checkLimits(s, sub); err != nil {
		return err
	}
	cost := s.cost + int(clientIDSize(s.clientID))
	if sub != nil {
		cost += sub.replay.length * slotCost // for the backlog
	}
	if !h.makeRoom(cost) {
		return ErrMemoryFull
	}
	if sub = h.subs[s.clientID]; sub == nil { // new, or makeRoom has forgotten it
		h.numbered++
		sub = &subscriber{clientID: s.clientID, number: h.numbered}
		sub.replay.maxEvents, sub.replay.maxBytes, sub.replay.memory = h.replayEvents, h.replayBytes, &h.memory
		h.subs[s.clientID] = sub
		h.memory.used.Add(clientIDSize(s.clientID))
	}
	previous, at, found := h.parseID(sub, lastEventID)
	s.previous = previous
	if s.continues = lastEventID == "" && sub.isContinuedBy(s); s.continues {
		at, found = sub.away.last.Load(), true
	}
	registered := true
	if sub.known() {
		var err error
		if registered, err = h.displace(sub, s); err != nil {
			return err
		}
	}
	h.markPresent(sub)

	sub.sessions++
	sub.previous, sub.polling = s.previous, s.mode.polls()
	s.number = sub.sessions
	s.name = fmt.Sprintf("%s.%d.%d", h.run, sub.number, s.number)
	s.batches, s.memory, s.idBlock = h.batches, &h.memory, h.idBlock
	s.first, s.joined = sub.messages, sub.messages
	if (lastEventID != "" || s.continues) && h.policy != Spring {
		s.first, s.missing = sub.resume(lastEventID, at, found)
		s.backlog = sub.replay.after(s.first)
		for _, m := range s.backlog {
			h.memory.hold(m.payload, 1)
		}
	}
	sub.polled = s.first
	s.last.Store(s.first)
	h.sessions[s] = struct{}{}
	h.memory.used.Add(int64(s.cost))
	h.places++
	h.addresses[s.address()]++
	if registered {
		sub.live = append(sub.live, s)
	} else {
		h.park(sub)
	}
	return nil
}

// checkLimits returns why s exceeds a limit, or nil. sub may be nil.
func (h *Hub) checkLimits(s *Session, sub *subscriber) error {
	switch {
	case sub != nil && len(sub.live) > 0 && h.policy != Share:
		return nil
	case sub != nil && sub.away != nil: // s takes the place of the last poll
	case h.maxSessions > 0 && h.places >= h.maxSessions:
		return ErrFull
	case h.maxPerAddress > 0 && h.addresses[s.address()] >= h.maxPerAddress:
		return ErrFullAddress
	}
	if s.fewFiles {
		return ErrFullFiles
	}
	return nil
}

// clientIDSize returns the memory counted for a remembered clientId.
func clientIDSize(clientID string) int64 { return clientIDCost + int64(len(clientID)) }

// vacate gives up the place of s, unless s is registered or its next poll is
// awaited.
func (h *Hub) vacate(s *Session) {
	if _, there := h.sessions[s]; there {
		return
	}
	cost := 0
	sub := h.subs[s.clientID]
	awaited := sub != nil && sub.away == s
	if awaited {
		cost = awaitedCost
	}
	h.memory.give(s.cost - cost)
	s.cost = cost
	if awaited {
		return
	}
	h.places--
	if h.addresses[s.address()]--; h.addresses[s.address()] == 0 {
		delete(h.addresses, s.address())
	}
}

// parseID returns which session of sub the id belongs to, counted from 1 with 0 for
// none, and the number of the message that it names, if found.
func (h *Hub) parseID(sub *subscriber, id string) (session, at uint64, found bool) {
	rest, ok := strings.CutPrefix(id, fmt.Sprintf("%s.%d.", h.run, sub.number))
	if !ok {
		at, found = sub.replay.find(id)
		return 0, at, found
	}
	k, n, ok := strings.Cut(rest, "-")
	session, err := strconv.ParseUint(k, 10, 64)
	if !ok || err != nil || session > sub.sessions {
		return 0, 0, false
	}
	at, err = strconv.ParseUint(n, 10, 64)
	return session, at, err == nil && at <= sub.messages
}

// Close ends the sessions of clientID after they have written what is queued, and
// reports whether clientID was known.
func (h *Hub) Close(clientID string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	sub := h.subs[clientID]
	if sub == nil || !sub.known() {
		return false
	}
	h.dismiss(sub)
	return true
}

// dismiss ends all sessions of sub, which must be known.
func (h *Hub) dismiss(sub *subscriber) {
	for _, s := range sub.live {
		s.end(Closed)
	}
	sub.live = nil
	h.markPresent(sub)
	h.park(sub)
}

// detach removes s from sub.live, so that it receives no more messages. If again is
// set and s is a poll, sub stays known while the next poll is awaited.
func (h *Hub) detach(sub *subscriber, s *Session, again bool) {
	i := slices.Index(sub.live, s)
	if i < 0 {
		return
	}
	sub.live = slices.Delete(sub.live, i, i+1)
	if again && s.mode.polls() {
		h.markPresent(sub)
		sub.away = s
		sub.expiry = time.AfterFunc(pollTimeout, func() { h.expire(sub, s) })
	}
	if !sub.known() {
		h.park(sub)
	}
}

// expire stops waiting for the poll of sub that follows s, unless it has come.
func (h *Hub) expire(sub *subscriber, s *Session) {
	h.mu.Lock()
	if sub.away != s {
		h.mu.Unlock()
		return
	}
	sub.away = nil
	h.vacate(s)
	if !sub.known() {
		h.park(sub)
	}
	var lost []string
	for n := s.last.Load() + 1; n <= sub.messages; n++ {
		lost = append(lost, s.id(n))
	}
	h.mu.Unlock()
	h.expired(s, lost)
}

// markPresent stops the expiry timer of sub and removes it from the absent.
func (h *Hub) markPresent(sub *subscriber) {
	if s := sub.away; s != nil {
		sub.expiry.Stop()
		sub.away = nil
		h.vacate(s)
	}
	if sub.absent != nil {
		h.absent.Remove(sub.absent)
		sub.absent = nil
		h.absentBytes -= sub.replay.bytes
	}
}

// park adds sub, which is no longer known, to the absent. If they are too many, the
// longest absent is forgotten; if they store too much, its messages are dropped.
func (h *Hub) park(sub *subscriber) {
	sub.absent = h.absent.PushBack(sub)
	h.absentBytes += sub.replay.bytes
	if h.absent.Len() > maxAbsent {
		h.forgetLongestAbsent()
	}
	for e := h.absent.Front(); h.absentBytes > maxAbsentBytes; e = e.Next() {
		k := &e.Value.(*subscriber).replay
		h.absentBytes -= k.bytes
		k.drop(k.length)
	}
}

// forgetLongestAbsent forgets the subscriber that has been absent longest.
func (h *Hub) forgetLongestAbsent() {
	sub := h.absent.Remove(h.absent.Front()).(*subscriber)
	delete(h.subs, sub.clientID)
	h.absentBytes -= sub.replay.bytes
	sub.replay.drop(sub.replay.length)
	h.memory.used.Add(-clientIDSize(sub.clientID))
}

// Leave unregisters s after [Session.Serve] has returned: no message reaches it any
// more. It returns the ids of the messages that s did not write.
func (h *Hub) Leave(s *Session) (lost []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if sub := h.subs[s.clientID]; sub != nil {
		h.detach(sub, s, true)
	}
	return s.finish()
}

// Forget removes s from the list of sessions, after Leave.
func (h *Hub) Forget(s *Session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, s)
	h.vacate(s)
	h.written.events += s.events.Load()
	h.written.bytes += s.bytes.Load()
	if h.stopped && len(h.sessions) == 0 {
		close(h.idle)
	}
}

// Clients returns the number of known clientIds.
func (h *Hub) Clients() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subs) - h.absent.Len()
}

// Stop ends every session after it has written what is queued, and makes Join fail.
func (h *Hub) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return
	}
	h.stopped = true
	for _, sub := range h.subs {
		if sub.known() {
			h.dismiss(sub)
		}
	}
	if len(h.sessions) == 0 {
		close(h.idle)
	}
}

// Idle returns a channel that is closed when h is stopped and has no sessions.
func (h *Hub) Idle() <-chan struct{} { return h.idle }

// CutAll cuts off the remaining sessions and returns their number.
func (h *Hub) CutAll() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.sessions {
		s.cut(CutOff, errStopped)
	}
	return len(h.sessions)
}
