package hub

import (
	"cmp"
	"errors"
	"slices"
	"sync/atomic"
)

// ErrMemoryFull: the server keeps all that it may (see [Config.MaxMemory]), and
// nothing of it may go.
var ErrMemoryFull = errors.New("server: the server keeps all that it may")

// What is counted beside the messages themselves, in bytes; docs/server.md says
// how it was measured.
const (
	defaultMaxMemory = 512 << 20

	sessionCost  = 32 << 10 // stacks, net/http's buffers, lists
	awaitedCost  = 2 << 10  // of a session that polled, and whose next poll is awaited
	clientIDCost = 512      // what is remembered of a clientId
	gzipCost     = 1 << 20  // what compresses a stream
	payloadCost  = 64
	slotCost     = 16 // of a message in one list
)

// memory counts the bytes that the server keeps. A message counts once, as long
// as it is in a list of any subscriber, and slotCost for each of these.
type memory struct {
	most int64
	used atomic.Int64
}

// fits reports whether n bytes more do not exceed the bound.
func (m *memory) fits(n int) bool { return m.used.Load()+int64(n) <= m.most }

// take counts n bytes more, if they fit.
func (m *memory) take(n int) bool {
	if m.used.Add(int64(n)) <= m.most {
		return true
	}
	m.give(n)
	return false
}

func (m *memory) give(n int) { m.used.Add(int64(-n)) }

// hold counts p in n further lists. The caller puts it there afterwards, since
// whoever takes it out calls release.
func (m *memory) hold(p *payload, n int) {
	m.used.Add(int64(p.enter(n)))
}

// enter puts p into n lists, and returns how many bytes that takes.
func (p *payload) enter(n int) (bytes int) {
	bytes = n * slotCost
	if n > 0 && p.lists.Add(int32(n)) == int32(n) {
		bytes += p.size()
	}
	return bytes
}

// release counts messages no more that are taken out of a list.
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

// leave takes p out of one list, and returns how many bytes that gives back.
func (p *payload) leave() (bytes int) {
	if p.lists.Add(-1) == 0 {
		return slotCost + p.size()
	}
	return slotCost
}

// size is what p takes, in however many lists it is.
func (p *payload) size() int { return payloadCost + cap(p.body) + len(p.id) }

// makeRoom makes room for n bytes by what is kept for those that come back: for
// the absent, the longest absent first; for those that are there, the most first;
// and at last that the absent were there at all. It reports whether there is
// room. The caller holds the lock.
func (h *Hub) makeRoom(n int) bool {
	if int64(n) > h.memory.most {
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
		k := &e.Value.(*subscriber).kept
		h.absentBytes -= k.bytes
		k.drop(k.length)
	}
	return h.memory.fits(n)
}

func (h *Hub) dropForPresent(n int) bool {
	var keepers []*subscriber
	for _, sub := range h.subs {
		if sub.absent == nil && sub.forgettable() > 0 {
			keepers = append(keepers, sub)
		}
	}
	slices.SortFunc(keepers, func(a, b *subscriber) int { return cmp.Compare(b.kept.bytes, a.kept.bytes) })
	for _, sub := range keepers {
		if h.memory.fits(n + int(h.memory.most/64)) { // some more, so that the next message need not look for room again
			break
		}
		sub.kept.drop(sub.forgettable())
	}
	return h.memory.fits(n)
}

// forgettable is how many of the messages kept for sub, which is known, may be
// dropped: all but those that its next poll may ask for.
func (sub *subscriber) forgettable() int {
	if !sub.polling {
		return sub.kept.length
	}
	return int(min(max(sub.polled, sub.before())-sub.before(), uint64(sub.kept.length)))
}

// cutForRoom makes room for n bytes by cutting off whoever has the most to read
// yet, one after the other. It reports whether there is room. The caller holds
// the lock.
func (h *Hub) cutForRoom(n int) bool {
	type reader struct {
		*Session
		unread int
	}
	var readers []reader
	freed := 0 // at most, if all were cut off
	for s := range h.sessions {
		if unread, takes := s.unread(); unread > 0 {
			readers = append(readers, reader{s, unread})
			freed += takes
		}
	}
	if !h.memory.fits(n - freed) {
		return false // nobody is cut off in vain
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

// Charge counts n bytes more, whether there is room for them or not; fewer if n is
// negative.
func (h *Hub) Charge(n int) { h.memory.used.Add(int64(n)) }

// Reserve counts n bytes, and makes room for them if it must. It reports whether
// there is room.
func (h *Hub) Reserve(n int) bool {
	if h.memory.take(n) {
		return true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.makeRoom(n) && h.memory.take(n)
}
