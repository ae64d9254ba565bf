package hub

import (
	"maps"
	"slices"
	"testing"
)

// check checks the hub's invariants, which hold when nobody holds the lock.
func (h *Hub) check(t *testing.T) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	absent, absentBytes, live, addresses := 0, 0, 0, 0
	places := len(h.sessions)
	for clientID, sub := range h.subs {
		if sub.clientID != clientID {
			t.Errorf("%q is registered as %q", sub.clientID, clientID)
		}
		if sub.known() == (sub.absent != nil) {
			t.Errorf("%q is known: %t, absent: %t", clientID, sub.known(), sub.absent != nil)
		}
		if sub.absent != nil {
			absent++
			absentBytes += sub.replay.bytes
		}
		bytes := 0
		for i := range sub.replay.length {
			m := sub.replay.at(i)
			bytes += len(m.body)
			if want := sub.before() + uint64(i) + 1; m.n != want {
				t.Errorf("%q keeps message %d in the place of %d", clientID, m.n, want)
			}
		}
		if bytes != sub.replay.bytes || sub.replay.length > sub.replay.maxEvents {
			t.Errorf("%q keeps %d messages of %d bytes, and counts %d", clientID, sub.replay.length, bytes, sub.replay.bytes)
		}
		if len(sub.live) > 1 && h.policy != Share {
			t.Errorf("%q has %d sessions", clientID, len(sub.live))
		}
		if _, there := h.sessions[sub.away]; sub.away != nil && !there {
			places++
		}
		live += len(sub.live)
		for _, s := range sub.live {
			if _, ok := h.sessions[s]; !ok || s.clientID != clientID {
				t.Errorf("a session of %q is not registered", clientID)
			}
		}
	}
	for _, n := range h.addresses {
		addresses += n
	}
	if absent != h.absent.Len() || absentBytes != h.absentBytes || live > len(h.sessions) || addresses != places || h.places != places {
		t.Errorf("%d absent with %d bytes, %d live, %d places, %d by address; the hub has %d with %d, %d sessions and %d places",
			absent, absentBytes, live, places, addresses, h.absent.Len(), h.absentBytes, len(h.sessions), h.places)
	}
	if want := h.recount(t); h.memory.used.Load() != want {
		t.Errorf("%d bytes are counted, but %d are there", h.memory.used.Load(), want)
	}
}

// recount returns the memory in use, except that of players and request bodies, from the
// lists themselves. Nobody may send or write meanwhile.
func (h *Hub) recount(t *testing.T) (bytes int64) {
	lists := make(map[*payload]int32)
	sessions := maps.Clone(h.sessions)
	for clientID, sub := range h.subs {
		bytes += clientIDSize(clientID)
		for i := range sub.replay.length {
			lists[sub.replay.at(i).payload]++
		}
		if sub.away != nil {
			sessions[sub.away] = struct{}{}
		}
	}
	for s := range sessions {
		bytes += int64(s.cost)
		s.mu.Lock()
		for _, m := range slices.Concat(s.backlog, s.writing, s.queue) {
			if s.cause == nil {
				lists[m.payload]++
			}
		}
		if s.faulty != nil {
			bytes += int64(len(s.faulty.back))
		}
		s.mu.Unlock()
	}
	for p, n := range lists {
		bytes += int64(p.size()) + int64(n)*slotCost
		if got := p.lists.Load(); got != n {
			t.Errorf("a message is in %d lists, and counts as if it were in %d", n, got)
		}
	}
	return bytes
}
