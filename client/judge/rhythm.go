package judge

import "time"

const (
	pause     = time.Second            // silence before a lump, at least
	together  = 100 * time.Millisecond // reads of one lump follow each other within
	lumpSize  = 5                      // events in a lump, at least
	manyLumps = 4                      // in a row, before they are a rhythm
	longHeld  = 2 * time.Second        // for a whole stream that comes at its end
)

// rhythm sees whether events come in lumps at a steady beat, as from a proxy
// that collects them. A lump is many events at once after a silence. Bytes that
// come in between speak against it; a lump that ends within an event speaks for
// it, whatever the beat.
type rhythm struct {
	opened time.Time
	last   time.Time // the last bytes

	start  time.Time // the present lump
	events int
	silent bool // it came after a silence
	loose  bool // its bytes did not come together
	cut    bool // it ends within an event
	count  int  // lumps of the connection, this one among them

	lumps  int       // in a row
	size   int       // events of the latest
	before time.Time // its start
	beat   time.Duration
	wasCut bool
}

func (r *rhythm) open(t time.Time) { *r = rhythm{opened: t, last: t} }

// arrive says that bytes come. It reports whether the lump before them is one of
// many.
func (r *rhythm) arrive(t time.Time) bool {
	gap := t.Sub(r.last)
	r.last = t
	if gap < pause && r.count > 0 {
		r.loose = r.loose || gap > together
		return false
	}
	many := r.close()
	r.start, r.silent, r.events, r.loose, r.cut = t, gap >= pause, 0, false, false
	r.count++
	return many
}

// took says how many events those bytes completed, and whether they end within one.
func (r *rhythm) took(events int, cut bool) {
	r.events += events
	r.cut = cut
}

// close ends the present lump and reports whether it is one of many.
func (r *rhythm) close() bool {
	if !r.silent || r.loose || r.events < lumpSize {
		r.lumps = 0
		return false
	}
	beat := r.start.Sub(r.before)
	switch {
	case r.lumps < 2 || r.wasCut || (beat-r.beat).Abs() <= r.beat/8:
		r.lumps++
	default:
		r.lumps = 2
	}
	r.before, r.beat, r.wasCut, r.size = r.start, beat, r.cut, r.events
	return r.lumps >= manyLumps
}

// end ends the connection. It reports whether the last lump is one of many, or,
// of a stream that came whole, the only one: long after the response and right
// before the end.
func (r *rhythm) end(whole bool) bool {
	only := whole && r.count == 1 && r.silent && !r.loose && r.events > 1 && r.start.Sub(r.opened) >= longHeld
	if r.close() {
		return true
	}
	if only {
		r.size, r.beat = r.events, r.start.Sub(r.opened)
	}
	return only
}
