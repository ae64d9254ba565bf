package server

import (
	"fmt"
	"slices"
)

// kept are the newest messages of a clientId, without a gap, for a subscriber
// that comes back. The newest is kept even if it exceeds maxBytes alone.
type kept struct {
	maxEvents, maxBytes int

	buf   []message
	from  int // in buf, before it they are evicted
	bytes int // of the bodies
}

// list returns the messages, the oldest first; they remain k's.
func (k *kept) list() []message { return k.buf[k.from:] }

// evicts returns how many messages, the oldest, one more of a size pushes out.
func (k *kept) evicts(size int) (count int) {
	list, bytes := k.list(), k.bytes+size
	for count < len(list) && (len(list)-count >= k.maxEvents || bytes > k.maxBytes) {
		bytes -= len(list[count].body)
		count++
	}
	return count
}

func (k *kept) add(m message) {
	for range k.evicts(len(m.body)) {
		k.bytes -= len(k.buf[k.from].body)
		k.buf[k.from] = message{}
		k.from++
	}
	if len(k.buf) == cap(k.buf) && k.from > cap(k.buf)/4 { // reuse rather than grow
		n := copy(k.buf, k.buf[k.from:])
		clear(k.buf[n:])
		k.buf, k.from = k.buf[:n], 0
	}
	k.buf = append(k.buf, m)
	k.bytes += len(m.body)
}

// after returns a copy of the messages behind the n-th.
func (k *kept) after(n uint64) []message {
	list := k.list()
	for i := range list {
		if list[i].n > n {
			return slices.Clone(list[i:])
		}
	}
	return nil
}

// find returns the newest message that was sent with an id of its own.
func (k *kept) find(id string) (n uint64, ok bool) {
	for _, m := range slices.Backward(k.list()) {
		if m.id == id {
			return m.n, true
		}
	}
	return 0, false
}

func (k *kept) clear() { k.buf, k.from, k.bytes = nil, 0, 0 }

// before is how many messages of sub came before those that are kept.
func (sub *subscriber) before() uint64 {
	return sub.messages - uint64(len(sub.kept.list()))
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
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all that is kept follows, without messages 1 to %d", beginning(lastEventID), first)
	default:
		return first, fmt.Sprintf("Last-Event-ID %q is unknown; all messages since the start follow", beginning(lastEventID))
	}
}
