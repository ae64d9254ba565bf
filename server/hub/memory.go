package hub

import (
	"cmp"
	"errors"
	"slices"
	"sync/atomic"
)

// ErrMemoryFull means that [Config.MaxMemory] is reached and nothing can be dropped.
var ErrMemoryFull = errors.New("server: out of memory")

// Memory counted in addition to messages, in bytes. docs/server.md says how it was
// measured.
const (
	defaultMaxMemory = 512 << 20

	sessionCost  = 32 << 10 // stacks, buffers of net/http, lists
	awaitedCost  = 2 << 10  // a poll whose successor is awaited
	clientIDCost = 512      // a remembered clientId
	gzipCost     = 1 << 20  // compression of a stream
	payloadCost  = 64
	slotCost     = 16 // a message in one list
)

// memory counts the memory of a hub. A message counts once while it is in any list
// of any subscriber, plus slotCost for each list.
type memory struct {
	max  int64
	used atomic.Int64
}

// fits reports whether n more bytes stay within the bound.
func (m *memory) fits(n int) bool { return m.used.Load()+int64(n) <= m.max }

// take counts n more bytes if they fit, and reports whether they do.
func (m *memory) take(n int) bool {
	if m.used.Add(int64(n)) <= m.max {
		return true
	}
	m.give(n)
	return false
}

func (m *memory) give(n int) { m.used.Add(int64(-n)) }

// hold counts p in n further lists. The caller adds p to them afterwards, because
// whoever removes it calls release.
func (m *memory) hold(p *payload, n int) {
	m.used.Add(int64(p.enter(n)))
}

// enter records that p is in n further lists and returns the bytes that they take.
func (p *payload) enter(n int) (bytes int) {
	bytes = n * slotCost
	if n > 0 && p.lists.Add(int32(n)) == int32(n) {
		bytes += p.size()
	}
	return bytes
}

// release stops counting messages that were removed from a list.
func (m *memory) release(list []delivery) {
	if len(list) == 0 {
		return
	}
	bytes := 0
	for _, one := range list {
		bytes += one.leave()
	}
	m.give(bytes)
}

// leave records that p was removed from one list and returns the bytes that it frees.
func (p *payload) leave() (bytes int) {
	if p.lists.Add(-1) == 0 {
		return slotCost + p.size()
	}
	return slotCost
}

// size returns the bytes that p takes, without its slots.
func (p *payload) size() int { return payloadCost + cap(p.body) + len(p.id) }

// makeRoom makes room for n bytes and reports whether it succeeded. It empties replay
// buffers, those of the longest absent first, then the largest of the others, and at
// last forgets the absent. The caller holds h.mu.
func (h *Hub) makeRoom(n int) bool {
	if int64(n) > h.memory.max {
		return false
	}
	if h.memory.fits(n) || h.dropForAbsent(n) || h.dropForPresent(n) {
		return true
	}
	for h.absent.Len() > 0 && !h.memory.fits(n) {
		h.forgetLongestAbsent()
	}
	return h.memory.fits(n)
}

func (h *Hub) dropForAbsent(n int) bool {
	for e := h.absent.Front(); h.absentBytes > 0 && !h.memory.fits(n); e = e.Next() {
		k := &e.Value.(*subscriber).replay
		h.absentBytes -= k.bytes
		k.drop(k.length)
	}
	return h.memory.fits(n)
}

func (h *Hub) dropForPresent(n int) bool {
	var candidates []*subscriber
	for _, sub := range h.subs {
		if sub.absent == nil && sub.droppable() > 0 {
			candidates = append(candidates, sub)
		}
	}
	slices.SortFunc(candidates, func(a, b *subscriber) int { return cmp.Compare(b.replay.bytes, a.replay.bytes) })
	for _, sub := range candidates {
		if h.memory.fits(n + int(h.memory.max/64)) { // a little more, or every message would come here again
			break
		}
		sub.replay.drop(sub.droppable())
	}
	return h.memory.fits(n)
}

// droppable returns how many of the oldest messages in the replay buffer of sub, which
// must be known, may be dropped: all but those that its next poll may ask for.
func (sub *subscriber) droppable() int {
	if !sub.polling {
		return sub.replay.length
	}
	return int(min(max(sub.polled, sub.before())-sub.before(), uint64(sub.replay.length)))
}

// cutForRoom makes room for n bytes by cutting off sessions, those with the most
// unread bytes first, and reports whether it succeeded. The caller holds h.mu.
func (h *Hub) cutForRoom(n int) bool {
	type reader struct {
		*Session
		unread int
	}
	var readers []reader
	freed := 0 // at most, if all are cut off
	for s := range h.sessions {
		if unread, takes := s.unread(); unread > 0 {
			readers = append(readers, reader{s, unread})
			freed += takes
		}
	}
	if !h.memory.fits(n - freed) {
		return false // cutting them all off would not suffice
	}
	slices.SortFunc(readers, func(a, b reader) int { return cmp.Compare(b.unread, a.unread) })
	for _, r := range readers {
		if h.memory.fits(n) {
			break
		}
		r.cut(CutOff, ErrMemoryFull)
		if sub := h.subs[r.clientID]; sub != nil {
			h.detach(sub, r.Session, true)
		}
		h.dropForAbsent(n)
	}
	return h.memory.fits(n)
}

// Charge adds n, which may be negative, to the memory in use, even beyond the bound.
func (h *Hub) Charge(n int) { h.memory.used.Add(int64(n)) }

// Reserve counts n more bytes, making room if it must, and reports whether they fit.
func (h *Hub) Reserve(n int) bool {
	if h.memory.take(n) {
		return true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.makeRoom(n) && h.memory.take(n)
}
