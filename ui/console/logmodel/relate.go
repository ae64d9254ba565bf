package logmodel

import (
	"slices"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// link says that a record belongs to another: an answer to its call, the response of a
// stream and what opens its body to the request.
type link struct{ child, parent int64 }

// mostLanes bounds how many streams a relater remembers; it forgets the longest unused.
const mostLanes = 1 << 14

// mostOpening is how many items may open the body of a stream, and mostOpeningBytes how
// far into it they may be. What follows belongs to the stream as its events do.
const (
	mostOpening      = 16
	mostOpeningBytes = 16 << 10
)

// mostRedirects is how many redirects belong to a request. No client follows as many.
const mostRedirects = 50

// mostPending is how many requests of a kind wait for their outcomes.
const mostPending = 16

// sameTime is how far the time of a request may be from when its outcome says it began.
const sameTime = 20 * time.Millisecond

// openingGap is how many bytes, such as those of blank lines, may be between two items that
// open a body. No event is as short.
const openingGap = 5

// relater finds out which records belong to which, reading records in their order. Its zero
// value knows nothing of what was before.
type relater struct {
	lanes, older map[stream]*lane // older is what lanes was before it was full
	opening      int              // lanes whose bodies may have more items that open them
}

// stream names the subscription and the calls of one clientId.
type stream struct{ target, clientID string }

// lane is the latest requests of a stream.
type lane struct {
	subscribe, send, close request

	conn    int   // of subscribe
	opening int   // how many items have opened its body
	end     int64 // of those items, in the body
	closed  bool  // nothing opens it any more

	whole bool // nothing of the stream before what was read is wanted
}

// request is the latest of its kind.
type request struct {
	seq       int64  // 0 if there was none
	pending   []sent // those without an outcome, at most mostPending
	redirects int    // of the latest
}

// sent is a request without an outcome.
type sent struct {
	seq int64
	at  time.Time
}

func (r *request) begin(c *item) {
	if len(r.pending) == mostPending { // their outcomes got lost
		r.pending = slices.Delete(r.pending, 0, 1)
	}
	r.seq, r.redirects, r.pending = c.seq, 0, append(r.pending, sent{c.seq, c.at})
}

// end returns the request that an outcome belongs to, 0 if to none: the one that was sent
// when the outcome began. A zero time means that this is not known; then it is the only one.
func (r *request) end(began time.Time) (seq int64) {
	for i, s := range slices.Backward(r.pending) {
		if began.Sub(s.at).Abs() <= sameTime || began.IsZero() && len(r.pending) == 1 {
			r.pending = slices.Delete(r.pending, i, i+1)
			return s.seq
		}
	}
	return 0
}

// item is what a relater needs of a record.
type item struct {
	seq        int64
	kind, call record.Kind
	stream     stream
	conn       int
	at         time.Time // of a request; when an outcome began
	offset     int64     // of what may open a body
	size       int
}

// mayRelate reports whether a record can be a child or have children, or be between
// children.
func mayRelate(kind record.Kind) bool {
	switch kind {
	case record.Subscribe, record.Send, record.Close, record.Answer, record.Fail, record.Redirect, record.Open, record.Cursor, record.Retry, record.Comment:
		return true
	}
	return false
}

// mayBeChild reports whether records of a kind can belong to others.
func mayBeChild(kind record.Kind) bool {
	switch kind {
	case record.Answer, record.Fail, record.Redirect, record.Open, record.Cursor, record.Retry:
		return true
	}
	return false
}

// next reads the next record. It returns the number of the record that it belongs to, 0 if
// to none. If that depends on records before those that r has read, it returns an orphan.
func (r *relater) next(c *journal.Code) (parent int64, orphan *item) {
	if !mayRelate(c.Kind) || c.Kind == record.Comment && r.opening == 0 {
		return 0, nil
	}
	target, clientID, conn := c.Stream()
	l := r.lane(target, clientID)
	if l != nil && l.closed && (c.Kind == record.Comment || c.Kind == record.Cursor || c.Kind == record.Retry) {
		return 0, nil // most of these: nothing is decoded
	}
	it := item{seq: c.Seq, kind: c.Kind, call: c.Call, conn: conn}
	switch c.Kind {
	case record.Comment:
		if l == nil || l.subscribe.seq == 0 {
			return 0, nil
		}
		fallthrough
	case record.Cursor, record.Retry:
		var of record.Record
		if !c.Record(&of) || len(of.Raw) == 0 || of.Offset > mostOpeningBytes {
			return 0, nil
		}
		it.offset, it.size = of.Offset, len(of.Raw)
	case record.Subscribe, record.Send, record.Close:
		if l == nil {
			l = r.add(stream{string(target), string(clientID)})
		}
		it.at = c.Time()
		before := l.isOpening()
		l.begin(&it)
		r.count(l, before)
		return 0, nil
	case record.Answer, record.Fail:
		var of record.Record
		if !c.Record(&of) {
			return 0, nil
		}
		if it.call != record.Subscribe && of.Took > 0 {
			it.at = of.Time.Add(-of.Took)
		}
	}
	if l != nil {
		before := l.isOpening()
		parent, known := l.place(&it)
		if r.count(l, before); known {
			return parent, nil
		}
	}
	if !mayBeChild(it.kind) {
		return 0, nil
	}
	it.stream = stream{string(target), string(clientID)}
	return 0, &it
}

// count updates r.opening after a change of l.
func (r *relater) count(l *lane, before bool) {
	switch after := l.isOpening(); {
	case after && !before:
		r.opening++
	case before && !after:
		r.opening--
	}
}

// place returns the record that it belongs to, after all that r has read, and whether r has
// read enough to know.
func (r *relater) place(it *item) (parent int64, known bool) {
	if l := r.lane([]byte(it.stream.target), []byte(it.stream.clientID)); l != nil {
		return l.place(it)
	}
	return 0, false
}

func (r *relater) lane(target, clientID []byte) *lane {
	if l := r.lanes[stream{string(target), string(clientID)}]; l != nil {
		return l
	}
	l := r.older[stream{string(target), string(clientID)}]
	if l != nil {
		r.put(stream{string(target), string(clientID)}, l)
	}
	return l
}

func (r *relater) add(s stream) *lane {
	l := &lane{}
	r.put(s, l)
	return l
}

func (r *relater) put(s stream, l *lane) {
	if r.lanes == nil || len(r.lanes) >= mostLanes/2 {
		r.older, r.lanes = r.lanes, map[stream]*lane{}
	}
	r.lanes[s] = l
}

// isOpening reports whether more items may open the body of l's stream.
func (l *lane) isOpening() bool { return l.subscribe.seq > 0 && !l.closed }

func (l *lane) begin(it *item) {
	switch it.kind {
	case record.Send:
		l.send.begin(it)
	case record.Close:
		l.close.begin(it)
	case record.Subscribe:
		l.subscribe = request{} // one connection at a time
		l.subscribe.begin(it)
		l.conn, l.opening, l.end, l.closed = it.conn, 0, 0, false
	}
}

// place returns the request that it belongs to, 0 if to none, and whether that is known.
func (l *lane) place(it *item) (parent int64, known bool) {
	request := &l.subscribe
	switch {
	case it.kind == record.Answer || it.kind == record.Fail || it.kind == record.Redirect:
		switch it.call {
		case record.Send:
			request = &l.send
		case record.Close:
			request = &l.close
		case record.Subscribe:
		default:
			return 0, true
		}
	}
	switch {
	case request.seq == 0:
		return 0, l.whole
	case request == &l.subscribe && it.conn != l.conn:
		return 0, true
	}
	switch it.kind {
	case record.Redirect:
		if len(request.pending) != 1 || request.redirects == mostRedirects {
			return 0, true
		}
		request.redirects++
		return request.seq, true
	case record.Cursor, record.Retry, record.Comment:
		return l.opens(it), true
	}
	return request.end(it.at), true
}

// opens returns the request of the stream if it is among the items that open its body.
func (l *lane) opens(it *item) (parent int64) {
	if l.closed = l.closed || l.opening == mostOpening || it.offset > l.end+openingGap; l.closed {
		return 0
	}
	l.opening++
	l.end = max(l.end, it.offset+int64(it.size))
	if it.kind == record.Comment {
		return 0
	}
	return l.subscribe.seq
}
