package judge

import "time"

const (
	pause     = 900 * time.Millisecond // shortest silence before a lump: many are collected for a second
	together  = 100 * time.Millisecond // longest gap between reads of one lump
	lumpSize  = 5                      // fewest events in a lump
	manyLumps = 4                      // lumps in a row that make a rhythm
	manyCut   = 2                      // the same, if they end within an event
	longTick  = 3 * time.Second / 2    // shortest silence for which times of whole seconds are precise enough
	longHeld  = 2 * time.Second        // from the request to events that come all at once

	blockUnit  = 1 << 10 // bytes that buffers are a multiple of
	manyBlocks = 3       // in a row
)

// rhythm detects events that arrive in lumps, as from a proxy that buffers them. A
// lump is many events at once after a silence. Bytes between lumps speak against
// buffering, as do reads of one event each, as a server writes them; a lump that
// ends within an event speaks for it.
type rhythm struct {
	asked  time.Time
	opened time.Time
	last   time.Time // the last bytes

	start   time.Time // the current lump
	events  int
	reads   int
	silence time.Duration // before it
	loose   bool          // its bytes did not arrive together
	torn    bool          // a read of it ended within an event
	cut     bool          // the latest read did
	count   int           // lumps of the connection, including this one
	times   times         // in the payloads of the current lump
	before  time.Time     // the last time in the lump before

	blocks blocks

	lumps int // in a row
	cuts  int // those in a row that end within an event
	size  int // events of the latest
	beat  time.Duration
}

// open starts a connection whose response came at t.
func (r *rhythm) open(asked, t time.Time) {
	if asked.IsZero() {
		asked = t
	}
	*r = rhythm{asked: asked, opened: t, last: asked}
}

// arrive notes that bytes arrive, before they are read. It reports whether the lump
// before them is one of many.
func (r *rhythm) arrive(t time.Time) bool {
	gap := t.Sub(r.last)
	r.last = t
	full := gap > together && r.blocks.next()
	if full {
		r.size, r.beat = r.blocks.size, gap
	}
	if gap < pause && r.count > 0 {
		r.loose = r.loose || gap > together
		return full
	}
	many := r.close() || full
	r.start, r.silence, r.events, r.reads, r.loose, r.torn, r.cut = t, gap, 0, 0, false, false, false
	r.count++
	r.before, r.times = r.times.last, times{}
	return many
}

// took notes how many bytes arrived, how many events they completed, and whether
// they end within one.
func (r *rhythm) took(bytes, events int, cut bool) {
	r.blocks.add(bytes, events, cut)
	r.events += events
	r.reads++
	r.cut = cut
	r.torn = r.torn || cut
}

// whole reports whether the current lump looks buffered, rather than sent event by
// event.
func (r *rhythm) whole() bool { return !r.loose && (r.torn || r.events >= 2*r.reads) }

// close ends the current lump and reports whether it is one of many.
func (r *rhythm) close() bool {
	if r.silence < pause || !r.whole() || r.events < lumpSize || r.tick() {
		r.lumps, r.cuts = 0, 0
		return false
	}
	r.lumps++
	r.cuts++
	if !r.cut {
		r.cuts = 0
	}
	r.size, r.beat = r.events, r.silence
	return r.lumps >= manyLumps || r.cuts >= manyCut
}

// tick reports whether the events of the current lump were created together, about as
// long after those before as they arrived: a feed with a fixed tick. Times may be in
// whole seconds, so short silences do not count.
func (r *rhythm) tick() bool {
	made := r.times.first.Sub(r.before)
	return !r.cut && r.silence >= longTick && r.times.atOnce() && !r.before.IsZero() && (made-r.silence).Abs() <= r.silence/2
}

// held reports whether the first lump was held back: it came long after the request,
// and the stream then ended, the response came with it, or the times in its payloads
// show that it was created meanwhile.
func (r *rhythm) held(ended bool) bool {
	wait := r.start.Sub(r.asked)
	late := r.start.Sub(r.opened) <= together // the response came with it
	if r.count != 1 || wait < longHeld || !r.whole() {
		return false
	}
	r.size, r.beat = r.events, wait
	return r.events >= lumpSize && (ended || late || r.times.within(wait)) || ended && late && r.events >= 3
}

// heldWhole reports whether the whole stream, even a short one, arrived in one lump
// at its end.
func (r *rhythm) heldWhole() bool {
	wait := r.start.Sub(r.asked)
	if r.count != 1 || wait < longHeld || r.loose || r.events < 2 {
		return false
	}
	r.size, r.beat = r.events, wait
	return true
}

// blocks detects bytes that arrive in blocks of a buffer's size, at any pace.
type blocks struct {
	bytes, events int // of the current one
	cut           bool
	row           int // full ones in a row that ended within an event
	size          int // events of the latest
}

func (b *blocks) add(bytes, events int, cut bool) {
	b.bytes += bytes
	b.events += events
	b.cut = cut
}

// next ends the current block and reports whether it is one of many.
func (b *blocks) next() bool {
	if b.bytes > 0 && b.bytes%blockUnit == 0 && b.cut && b.events > 1 {
		b.row++
	} else {
		b.row = 0
	}
	*b = blocks{row: b.row, size: b.events}
	return b.row >= manyBlocks
}
