package judge

import (
	"bytes"
	"hash/maphash"
	"unicode"
)

const (
	idWindow = 1024 // ids remembered across reconnects
	sure     = 3    // ids in a row that make a series
)

// verdict is what is wrong with an event's id.
type verdict uint8

const (
	fine verdict = iota
	backwards
	repeated
	gap      // some are missing on one connection
	skipped  // events are missing since the connection before
	doubled  // the event came on an earlier connection
	ignored  // the server restarted instead of continuing after Last-Event-ID
	stranger // the ids are those of another server
)

// ids tracks the ids of a subscription's events across its connections. The order of
// ids is judged only while they are one contiguous series, n or prefix-n, or contain
// a time.
type ids struct {
	verdict  verdict // on the latest id
	any      bool    // some block had an id
	unnamed  bool    // an earlier connection had events, none with an id
	from, to []byte  // the two ids that the verdict is about

	latest   []byte
	previous []byte
	prefix   []byte // the latest id's part before the number
	n        uint64
	run      int  // length of the series; 0 if the latest id is not in one
	broken   bool // a number was skipped
	mixed    bool // series alternate on one connection
	clock    clock

	seed    maphash.Seed
	first   uint64            // hash of the first id
	begun   uint64            // hash of the first id of the latest connection
	window  []idEvent         // the latest events with an id
	at      int               // index of the next one, once the window is full
	earlier map[uint64]uint64 // content by id, of the connections before; nil if an id is not unique to an event
	fresh   bool              // no id yet on a connection after the first
	anew    bool              // this connection was judged as ignored

	jump  jump  // not confirmed yet
	again again // the same event several times
	tail  tail  // events without an id
}

// idEvent is an event with an id.
type idEvent struct {
	id      uint64 // its hash
	content uint64 // a hash of type and data
}

// jump is something odd about an id that the next ids must confirm.
type jump struct {
	verdict verdict // fine if there is no jump
	n       uint64  // the end of the series before it
	run     int     // ids since
	wanted  int     // ids that confirm it
}

// reconnect starts the next connection.
func (i *ids) reconnect(events bool) {
	i.unnamed = !i.any && (i.unnamed || events)
	i.verdict, i.anew, i.fresh, i.earlier = fine, false, len(i.window) > 0, nil
	i.jump, i.again = jump{}, again{}
	i.clock.reconnect()
	i.tail.reconnect()
	if i.fresh {
		i.earlier = make(map[uint64]uint64, len(i.window))
		for _, e := range i.window {
			i.earlier[e.id] = e.content
		}
		if len(i.earlier) < len(i.window) {
			i.earlier = nil
		}
	}
}

// forget starts again: the ids to come do not continue the ones before.
func (i *ids) forget() { *i = ids{seed: i.seed, any: i.any, unnamed: i.unnamed} }

// take judges the id of the next event, whose hash is content. asked is true if the
// request had a Last-Event-ID.
func (i *ids) take(id []byte, content uint64, asked bool) {
	i.previous, i.latest = i.latest, append(i.previous[:0], id...)
	e := idEvent{maphash.Bytes(i.seed, id), content}
	if len(i.window) == 0 {
		i.first = e.id
	}
	i.tail.named()
	before, known := i.earlier[e.id]
	prefix, n, numbered := number(id)
	same := numbered && i.run > 0 && bytes.Equal(prefix, i.prefix)
	series := same && i.run >= sure && !i.broken
	leap := series && n > i.n+1 && !isMoment(id)
	i.verdict = fine
	switch {
	case i.fresh && known && (e.id == i.first || e.id == i.begun):
		i.expect(jump{verdict: ignored, wanted: 1}, i.previous) // or a greeting, or a snapshot
	case known && i.jump.verdict == ignored && asked:
		i.verdict, i.anew, i.jump = ignored, true, jump{}
	case i.fresh && asked && !known && series && n <= i.n:
		i.verdict, i.anew = ignored, true
		i.about(i.previous, i.latest)
	case known && !i.anew && before == content:
		i.verdict = doubled
	case i.fresh && leap:
		i.expect(jump{verdict: skipped, n: i.n, wanted: 2}, i.previous)
	case i.fresh && asked && numbered && i.run >= sure && !same && n != i.n+1 && !i.mixed && otherName(prefix, i.prefix) && !isTime(id):
		i.expect(jump{verdict: stranger, wanted: 1}, i.previous)
	case !i.fresh && series && n == i.n && content == i.again.event.content:
		i.verdict = repeated
	case !i.fresh && series && n < i.n, i.jump.fills(same, n, i.n):
		i.verdict, i.jump = backwards, jump{}
		i.about(i.previous, i.latest)
	case !i.fresh && leap:
		i.expect(jump{verdict: gap, n: i.n, wanted: 1}, i.previous)
	default:
		i.confirm(same, n)
	}
	if late := i.clock.take(id); late && i.verdict == fine && !i.fresh {
		i.verdict = backwards
		i.about(i.previous, i.latest)
	}
	if i.again.take(e) && i.verdict == fine {
		i.verdict = repeated
	}

	i.count(prefix, n, numbered, same)
	if i.fresh {
		i.begun = e.id
	}
	i.fresh = false
	if !known {
		i.remember(e)
	}
}

// about saves the ids that a verdict is about.
func (i *ids) about(from, to []byte) {
	i.from, i.to = append(i.from[:0], from...), append(i.to[:0], to...)
}

// expect saves something odd about the latest id, which came after from.
func (i *ids) expect(j jump, from []byte) {
	i.jump = j
	i.about(from, i.latest)
}

// confirm confirms a jump if the series continues with n.
func (i *ids) confirm(same bool, n uint64) {
	switch i.jump.verdict {
	case fine:
		return
	case ignored: // the stream continues
		i.jump = jump{}
		return
	}
	if !same || n != i.n+1 {
		if i.jump.run == 0 || i.jump.verdict != gap {
			i.jump = jump{}
		}
		return
	}
	if i.jump.run++; i.jump.run == i.jump.wanted {
		i.verdict = i.jump.verdict
		if i.jump.verdict != gap {
			i.jump = jump{}
		}
	}
}

// fills reports whether n is in the gap before the latest number.
func (j *jump) fills(same bool, n, latest uint64) bool {
	return j.verdict == gap && same && j.n < n && n < latest
}

// count continues the series with a number.
func (i *ids) count(prefix []byte, n uint64, numbered, same bool) {
	switch {
	case !numbered:
		i.run = 0
	case !same:
		i.mixed = i.mixed || i.run > 0 && !i.fresh
		i.run, i.broken = 1, false
	case n == i.n+1:
		i.run++
	default:
		i.run, i.broken = 1, i.broken || n > i.n && !i.fresh
	}
	i.prefix, i.n = append(i.prefix[:0], prefix...), n
}

// pass takes the id of a block without data: a new number, of something that is not
// an event, or the latest event's again. Only a new one continues the series.
func (i *ids) pass(id []byte) {
	prefix, n, numbered := number(id)
	if numbered && i.run > 0 && bytes.Equal(prefix, i.prefix) && n > i.n {
		i.count(prefix, n, true, true)
	}
}

// remember adds an event to the window.
func (i *ids) remember(e idEvent) {
	if len(i.window) < idWindow {
		i.window = append(i.window, e)
		return
	}
	i.window[i.at] = e
	i.at = (i.at + 1) % idWindow
}

// again detects that every event comes several times, with the same id and content.
type again struct {
	event  idEvent // the latest
	times  int     // how often it came; 0 if the copies differ
	others int     // events before it that came several times
}

// take reports whether e is a copy in a stream where several events are repeated.
func (a *again) take(e idEvent) bool {
	switch {
	case a.event.id != e.id:
		if a.times > 1 {
			a.others++
		}
		a.times = 1
	case a.event.content != e.content:
		a.times = 0
	case a.times > 0:
		a.times++
	}
	a.event = e
	return a.times > 1 && a.others > 0
}

// tail detects that an event without an id is repeated after a reconnect, since
// Last-Event-ID could not name it.
type tail struct {
	ids      bool   // some event of this connection had an id
	first    uint64 // content of its first event
	events   int    // on this connection
	nameless uint64 // content of the latest event if it has no id and earlier ones have; 0 otherwise
	before   uint64 // nameless of the connection before
	greeted  uint64 // first of the connection before
}

func (t *tail) reconnect() { *t = tail{before: t.nameless, greeted: t.first} }

// named notes an event with an id.
func (t *tail) named() { t.ids, t.nameless = true, 0; t.events++ }

// take notes an event without an id and reports whether it came before.
func (t *tail) take(content uint64) bool {
	t.events++
	if t.events == 1 {
		t.first = content
	}
	if t.ids {
		t.nameless = content
	}
	return t.events == 1 && content == t.before && content != t.greeted
}

// number splits an id into a prefix and the decimal number at its end.
func number(id []byte) (prefix []byte, n uint64, ok bool) {
	const digits = 18 // these always fit
	from := len(id)
	for from > 0 && '0' <= id[from-1] && id[from-1] <= '9' {
		from--
	}
	if from == len(id) || len(id)-from > digits {
		return nil, 0, false
	}
	for _, c := range id[from:] {
		n = n*10 + uint64(c-'0')
	}
	return id[:from], n, true
}

// otherName reports whether two prefixes name different things: they differ in more
// than digits, or in the number of a name such as web2.
func otherName(a, b []byte) bool {
	digits := func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}
	return !bytes.Equal(bytes.Map(digits, a), bytes.Map(digits, b)) || len(a) > 1 && isLetter(a[0]) && !bytes.Equal(name(a), name(b))
}

// name returns the letters at the beginning of a prefix and the few digits after them.
func name(prefix []byte) []byte {
	letters := prefix[:len(prefix)-len(bytes.TrimLeftFunc(prefix, unicode.IsLetter))]
	digits := prefix[len(letters) : len(prefix)-len(bytes.TrimLeft(prefix[len(letters):], "0123456789"))]
	if len(letters) < 2 || len(digits) > 3 {
		return letters
	}
	return prefix[:len(letters)+len(digits)]
}
