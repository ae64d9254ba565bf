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
	// maxAbsent bounds how many clientIds that nobody is subscribed with are
	// remembered, and maxAbsentBytes what is kept for them.
	maxAbsent      = 10_000
	maxAbsentBytes = 64 << 20

	defaultReplayEvents = 1000
	defaultReplayBytes  = 1 << 20
)

// Why [Hub.Join] does not take a session. There is also ErrMemoryFull, and an
// error of its own after [Hub.Stop].
var (
	// ErrReplaced: it comes back after another subscriber replaced it.
	ErrReplaced = errors.New("server: the session was replaced")
	// ErrTaken: under the policy Refuse, somebody else is subscribed.
	ErrTaken = errors.New("server: somebody else is subscribed")
	// ErrFull and ErrFullAddress: [Config.MaxSessions] or MaxPerAddress is reached.
	ErrFull        = errors.New("server: too many sessions")
	ErrFullAddress = errors.New("server: too many sessions of one address")
	// ErrFullFiles: nearly all the files are open that may be.
	ErrFullFiles = errors.New("server: too many open files")

	errStopped = errors.New("server: shut down")
)

// Hub is the registry of sessions. Its lock guards who is registered: a message
// is queued under it, so it goes to a session that is there, or to none. All
// methods may be called from any goroutine, and none waits for a subscriber.
type Hub struct {
	run  string        // random, the same for all sessions of this server
	idle chan struct{} // closed once it is stopped and no session is left

	replayEvents, replayBytes  int
	maxSessions, maxPerAddress int             // 0: no bound
	chance                     func(n int) int // below n
	batches                    *sync.Pool      // see newBatches
	memory                     memory
	expired                    func(s *Session, lost []string) // called when a clientId that polled did not come back

	mu          sync.Mutex
	policy      Policy
	mode        Mode // of those that ask for none
	idBlock     bool // streams begin with it
	subs        map[string]*subscriber
	absent      list.List                      // of the subscribers that are not known, the longest absent first
	absentBytes int                            // kept for them
	uncounted   int                            // bytes, see tally
	numbered    uint64                         // subscribers so far
	sessions    map[*Session]struct{}          // with those that end, until they are forgotten
	places      int                            // taken by them, and by polls after which the next is awaited
	addresses   map[string]int                 // places of each
	written     struct{ events, bytes uint64 } // by sessions that are forgotten
	stopped     bool
}

// subscriber is what the hub remembers of a clientId.
type subscriber struct {
	clientID string
	number   uint64
	sessions uint64 // so far
	came     uint64 // see session; of the newest
	messages uint64 // so far
	kept     kept
	live     []*Session // more than one only if they share

	polling bool        // the newest session polls
	polled  uint64      // and has got the messages up to here
	away    *Session    // it, while sub is known though no poll is there
	expiry  *time.Timer // ends that

	absent *list.Element // while sub is not known
}

// known reports whether sub can be sent to.
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
	h.memory.most = defaultMaxMemory
	return h
}

// Join registers s and gives it its name and what was sent behind lastEventID.
// The sessions that it displaces end after what is queued in them.
func (h *Hub) Join(s *Session, lastEventID string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return errStopped
	}
	sub := h.subs[s.clientID]
	if err := h.room(s, sub); err != nil {
		return err
	}
	cost := s.cost + int(clientIDSize(s.clientID))
	if sub != nil {
		cost += sub.kept.length * slotCost // for the backlog
	}
	if !h.makeRoom(cost) {
		return ErrMemoryFull
	}
	if sub = h.subs[s.clientID]; sub == nil { // or it was forgotten to make room
		h.numbered++
		sub = &subscriber{clientID: s.clientID, number: h.numbered}
		sub.kept.maxEvents, sub.kept.maxBytes, sub.kept.memory = h.replayEvents, h.replayBytes, &h.memory
		h.subs[s.clientID] = sub
		h.memory.used.Add(clientIDSize(s.clientID))
	}
	came, at, found := h.named(sub, lastEventID)
	s.came = came
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
	sub.came, sub.polling = s.came, s.mode.polls()
	s.number = sub.sessions
	s.name = fmt.Sprintf("%s.%d.%d", h.run, sub.number, s.number)
	s.batches, s.memory, s.idBlock = h.batches, &h.memory, h.idBlock
	s.first, s.joined = sub.messages, sub.messages
	if (lastEventID != "" || s.continues) && h.policy != Spring {
		s.first, s.missing = sub.resume(lastEventID, at, found)
		s.backlog = sub.kept.after(s.first)
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

// room reports whether there is room for s; sub may be nil.
func (h *Hub) room(s *Session, sub *subscriber) error {
	switch {
	case sub != nil && len(sub.live) > 0 && h.policy != Share:
		return nil
	case sub != nil && sub.away != nil: // s takes the place of the poll before
	case h.maxSessions > 0 && h.places >= h.maxSessions:
		return ErrFull
	case h.maxPerAddress > 0 && h.addresses[s.address()] >= h.maxPerAddress:
		return ErrFullAddress
	}
	if s.crowded {
		return ErrFullFiles
	}
	return nil
}

// clientIDSize is what is counted for a clientId that is remembered.
func clientIDSize(clientID string) int64 { return clientIDCost + int64(len(clientID)) }

// vacate gives back the place of s, unless s is still there or the next poll is
// awaited after it.
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

// named returns which session of sub, counted from 1, an id is of, 0 if of
// none; and which message it is at, if that was sent.
func (h *Hub) named(sub *subscriber, id string) (session, at uint64, found bool) {
	rest, ok := strings.CutPrefix(id, fmt.Sprintf("%s.%d.", h.run, sub.number))
	if !ok {
		at, found = sub.kept.find(id)
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

// Close ends the sessions of clientID after what is queued for them, and reports
// whether clientID was known.
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

// dismiss ends all sessions of sub, which is known.
func (h *Hub) dismiss(sub *subscriber) {
	for _, s := range sub.live {
		s.end(Closed)
	}
	sub.live = nil
	h.markPresent(sub)
	h.park(sub)
}

// detach removes s, which gets no more messages, from sub.live. If s is a poll that may
// come again, sub stays known for a while.
func (h *Hub) detach(sub *subscriber, s *Session, again bool) {
	i := slices.Index(sub.live, s)
	if i < 0 {
		return
	}
	sub.live = slices.Delete(sub.live, i, i+1)
	if again && s.mode.polls() {
		h.markPresent(sub)
		sub.away = s
		sub.expiry = time.AfterFunc(pollMemory, func() { h.expire(sub, s) })
	}
	if !sub.known() {
		h.park(sub)
	}
}

// expire forgets that sub polled, unless it did so again.
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

// markPresent stops the expiry timer of sub and unparks it.
func (h *Hub) markPresent(sub *subscriber) {
	if s := sub.away; s != nil {
		sub.expiry.Stop()
		sub.away = nil
		h.vacate(s)
	}
	if sub.absent != nil {
		h.absent.Remove(sub.absent)
		sub.absent = nil
		h.absentBytes -= sub.kept.bytes
	}
}

// park remembers sub, which is not known any more, among the absent. Those that
// are absent longest are forgotten, what is kept for them first.
func (h *Hub) park(sub *subscriber) {
	sub.absent = h.absent.PushBack(sub)
	h.absentBytes += sub.kept.bytes
	if h.absent.Len() > maxAbsent {
		h.forgetLongestAbsent()
	}
	for e := h.absent.Front(); h.absentBytes > maxAbsentBytes; e = e.Next() {
		k := &e.Value.(*subscriber).kept
		h.absentBytes -= k.bytes
		k.drop(k.length)
	}
}

// forgetLongestAbsent forgets whoever is absent longest, and what is kept for it.
func (h *Hub) forgetLongestAbsent() {
	sub := h.absent.Remove(h.absent.Front()).(*subscriber)
	delete(h.subs, sub.clientID)
	h.absentBytes -= sub.kept.bytes
	sub.kept.drop(sub.kept.length)
	h.memory.used.Add(-clientIDSize(sub.clientID))
}

// Leave is called when the writer of s has written its last: no message
// reaches s any more. It returns the ids of those that s did not write.
func (h *Hub) Leave(s *Session) (lost []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if sub := h.subs[s.clientID]; sub != nil {
		h.detach(sub, s, true)
	}
	return s.finish()
}

// Forget is called after Leave, once everything about s is told.
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

// Clients returns how many clientIds a message would reach.
func (h *Hub) Clients() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subs) - h.absent.Len()
}

// Stop ends every session after what is queued, and lets nobody join.
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

// Idle returns what is closed once h is stopped and no session is left.
func (h *Hub) Idle() <-chan struct{} { return h.idle }

// CutAll cuts off the sessions that are left, and returns how many.
func (h *Hub) CutAll() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.sessions {
		s.cut(CutOff, errStopped)
	}
	return len(h.sessions)
}
