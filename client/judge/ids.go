package judge

import (
	"bytes"
	"hash/maphash"
)

const (
	idWindow = 1024 // ids remembered over reconnects
	sure     = 3    // ids in a row that make a series
)

// verdict is what is wrong with an event's id.
type verdict uint8

const (
	fine verdict = iota
	backwards
	repeated
	skipped // events are missing since the connection before
	doubled // it came on a connection before
	ignored // the server began anew instead of after the Last-Event-ID
)

// ids follows the ids of a subscription's events over its connections. Ids are
// judged by their order only as long as they are one contiguous series, n or
// prefix-n.
type ids struct {
	verdict verdict // on the latest id
	any     bool    // some block had an id
	unnamed bool    // events came on a connection before, and no id with any of them

	latest   []byte
	previous []byte
	prefix   []byte // the latest id's part before the number
	n        uint64
	run      int  // how many ids the series has; 0 if the latest is none of any
	broken   bool // a number was left out

	seed    maphash.Seed
	first   uint64              // hash of the first id
	window  []uint64            // hashes of the latest ids
	at      int                 // where the next one goes, once the window is full
	earlier map[uint64]struct{} // those of the connections before; nil if they name no single event
	fresh   bool                // no id yet on a connection after the first
	anew    bool                // this connection was judged as ignored
}

// reconnect begins the next connection.
func (i *ids) reconnect(events bool) {
	i.unnamed = !i.any && (i.unnamed || events)
	i.verdict, i.anew, i.fresh, i.earlier = fine, false, len(i.window) > 0, nil
	if i.fresh {
		i.earlier = make(map[uint64]struct{}, len(i.window))
		for _, h := range i.window {
			i.earlier[h] = struct{}{}
		}
		if len(i.earlier) < len(i.window) {
			i.earlier = nil
		}
	}
}

// take judges the id of the next event; asked reports whether the request named
// the id after which the stream should go on.
func (i *ids) take(id []byte, asked bool) {
	if i.window == nil {
		i.seed = maphash.MakeSeed()
	}
	i.previous, i.latest = i.latest, append(i.previous[:0], id...)
	h := maphash.Bytes(i.seed, id)
	if i.window == nil {
		i.first = h
	}
	_, known := i.earlier[h]
	prefix, n, numbered := number(id)
	same := numbered && i.run > 0 && bytes.Equal(prefix, i.prefix)
	series := same && i.run >= sure && !i.broken
	restart := known && h == i.first && !bytes.Equal(id, i.previous) || !known && series && n <= i.n
	switch {
	case i.fresh && asked && restart:
		i.verdict, i.anew = ignored, true
	case known && !i.anew:
		i.verdict = doubled
	case i.fresh && series && n > i.n+1:
		i.verdict = skipped
	case !i.fresh && series && n == i.n:
		i.verdict = repeated
	case !i.fresh && series && n < i.n:
		i.verdict = backwards
	default:
		i.verdict = fine
	}

	i.count(prefix, n, numbered, same)
	i.fresh = false
	if !known {
		i.remember(h)
	}
}

// count moves the series on to a number.
func (i *ids) count(prefix []byte, n uint64, numbered, same bool) {
	switch {
	case !numbered:
		i.run = 0
	case !same:
		i.run, i.broken = 1, false
	case n == i.n+1:
		i.run++
	default:
		i.run, i.broken = 1, i.broken || n > i.n && !i.fresh
	}
	i.prefix, i.n = append(i.prefix[:0], prefix...), n
}

// pass takes the id of a block without data: the number of something that is no
// event, or of the latest event again. Only the former moves a series on.
func (i *ids) pass(id []byte) {
	prefix, n, numbered := number(id)
	if numbered && i.run > 0 && bytes.Equal(prefix, i.prefix) && n > i.n {
		i.count(prefix, n, true, true)
	}
}

// remember puts an id into the window.
func (i *ids) remember(h uint64) {
	if len(i.window) < idWindow {
		i.window = append(i.window, h)
		return
	}
	i.window[i.at] = h
	i.at = (i.at + 1) % idWindow
}

// number splits an id into a prefix and the decimal number at its end.
func number(id []byte) (prefix []byte, n uint64, ok bool) {
	const digits = 18 // as many always fit
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
