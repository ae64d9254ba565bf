package hub

import (
	"fmt"

	"sseconsole/server/message"
)

// kept are the newest messages of a clientId, without a gap, for a subscriber
// that comes back. The newest is kept even if it exceeds maxBytes alone.
type kept struct {
	maxEvents, maxBytes int
	memory              *memory // that they count in

	// ring of payloads, not messages, as they are numbered without a gap: it is
	// the most that a quiet subscriber takes.
	ring   []*payload
	from   int    // in ring, the oldest
	length int    // of what is kept
	newest uint64 // number
	bytes  int    // of the bodies
}

// at returns the i-th message, the oldest being the 0th.
func (k *kept) at(i int) delivery {
	return delivery{k.newest - uint64(k.length-1-i), k.ring[(k.from+i)%len(k.ring)]}
}

// evicts returns how many messages, the oldest, one more of a size pushes out.
func (k *kept) evicts(size int) (count int) {
	bytes := k.bytes + size
	for count < k.length && (k.length-count >= k.maxEvents || bytes > k.maxBytes) {
		bytes -= len(k.at(count).body)
		count++
	}
	return count
}

// add keeps m, which the caller has put into one more list, and whose number
// follows that of the last. It returns how many bytes were freed that the caller
// has yet to give back.
func (k *kept) add(m delivery) (freed int) {
	freed = k.evict(k.evicts(len(m.body)))
	if k.length == len(k.ring) {
		larger := make([]*payload, min(max(2*k.length, 8), max(k.maxEvents, 1)))
		for i := range k.length {
			larger[i] = k.at(i).payload
		}
		k.ring, k.from = larger, 0
	}
	k.ring[(k.from+k.length)%len(k.ring)] = m.payload
	k.length++
	k.newest = m.n
	k.bytes += len(m.body)
	return freed
}

// after returns the messages behind the n-th.
func (k *kept) after(n uint64) (list []delivery) {
	for i := range k.length {
		if m := k.at(i); m.n > n {
			list = append(list, m)
		}
	}
	return list
}

// find returns the newest message that was sent with an id of its own.
func (k *kept) find(id string) (n uint64, ok bool) {
	for i := k.length - 1; i >= 0; i-- {
		if m := k.at(i); m.id == id {
			return m.n, true
		}
	}
	return 0, false
}

// drop keeps the n oldest messages no longer.
func (k *kept) drop(n int) { k.memory.give(k.evict(n)) }

// evict is drop, but returns the bytes for the caller to give back.
func (k *kept) evict(n int) (freed int) {
	if n == 0 {
		return 0
	}
	for range n {
		p := k.ring[k.from]
		k.ring[k.from] = nil
		k.bytes -= len(p.body)
		freed += p.leave()
		k.from = (k.from + 1) % len(k.ring)
	}
	if k.length -= n; k.length == 0 {
		k.ring, k.from = nil, 0
	}
	return freed
}

// before is how many messages of sub came before those that are kept.
func (sub *subscriber) before() uint64 {
	return sub.messages - uint64(sub.kept.length)
}

// resume returns behind which message a subscriber goes on that came with
// lastEventID, and in words what it misses. at is the message that the id names,
// if known.
func (sub *subscriber) resume(lastEventID string, at uint64, known bool) (first uint64, missing string) {
	first = sub.before()
	switch {
	case known && at >= first:
		return at, ""
	case known:
		return first, fmt.Sprintf("messages %d to %d are missing: they are no longer kept", at+1, first)
	case first > 0:
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all that is kept follows, without messages 1 to %d", message.Beginning(lastEventID), first)
	default:
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all messages since the start follow", message.Beginning(lastEventID))
	}
}
