package hub

import (
	"fmt"

	"sseconsole/server/message"
)

// replayBuffer stores the newest messages of a clientId, without a gap, for a
// subscriber that reconnects. The newest is stored even if it alone exceeds maxBytes.
type replayBuffer struct {
	maxEvents, maxBytes int
	memory              *memory // that counts the messages

	// ring holds payloads, not deliveries, since it is the largest part of a quiet
	// subscriber. The numbers follow from newest.
	ring   []*payload
	from   int    // index of the oldest in ring
	length int    // number of messages
	newest uint64 // number of the newest message
	bytes  int    // size of the bodies
}

// at returns the i-th message, counted from the oldest, which is 0.
func (k *replayBuffer) at(i int) delivery {
	return delivery{k.newest - uint64(k.length-1-i), k.ring[(k.from+i)%len(k.ring)]}
}

// evicts returns how many of the oldest messages a new one of this size evicts.
func (k *replayBuffer) evicts(size int) (count int) {
	bytes := k.bytes + size
	for count < k.length && (k.length-count >= k.maxEvents || bytes > k.maxBytes) {
		bytes -= len(k.at(count).body)
		count++
	}
	return count
}

// add stores m, whose number follows the newest and which the caller has counted.
// It returns the number of bytes freed, which the caller must give back.
func (k *replayBuffer) add(m delivery) (freed int) {
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

// after returns the messages after the n-th.
func (k *replayBuffer) after(n uint64) (list []delivery) {
	for i := range k.length {
		if m := k.at(i); m.n > n {
			list = append(list, m)
		}
	}
	return list
}

// find returns the number of the newest message that was sent with this id.
func (k *replayBuffer) find(id string) (n uint64, ok bool) {
	for i := k.length - 1; i >= 0; i-- {
		if m := k.at(i); m.id == id {
			return m.n, true
		}
	}
	return 0, false
}

// drop removes the n oldest messages.
func (k *replayBuffer) drop(n int) { k.memory.give(k.evict(n)) }

// evict is like drop, but returns the number of bytes that the caller must give back.
func (k *replayBuffer) evict(n int) (freed int) {
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

// before returns the number of messages of sub before those in its replay buffer.
func (sub *subscriber) before() uint64 {
	return sub.messages - uint64(sub.replay.length)
}

// resume returns the number of the message after which a subscriber with lastEventID
// continues, and a sentence about messages that are missing. at is the number of the
// message that the id names, if known.
func (sub *subscriber) resume(lastEventID string, at uint64, known bool) (first uint64, missing string) {
	first = sub.before()
	switch {
	case known && at >= first:
		return at, ""
	case known:
		return first, fmt.Sprintf("messages %d to %d are missing: they are no longer stored", at+1, first)
	case first > 0:
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all stored messages follow, without messages 1 to %d", message.Beginning(lastEventID), first)
	default:
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all messages follow", message.Beginning(lastEventID))
	}
}
