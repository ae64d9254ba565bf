package judge

import "time"

const (
	slowHead    = 2 * time.Second        // for the response, which a server can send at once
	noHead      = 5 * time.Second        // without it, while the request waits
	noResponse  = 15 * time.Second       // without it, at a reconnect
	behindGap   = 300 * time.Millisecond // between an event and the blank line that ends it
	manyBehind  = 2                      // events in a row that the next one completes
	longHalf    = 2 * time.Second        // between the halves of a line
	endlessHalf = 5 * time.Second        // without the second half of a line
	manyBeats   = 4                      // gaps of about the same length between comments
	shortBeat   = 200 * time.Millisecond // shortest gap between comments that are beats
	beatsMissed = 4                      // gaps without a byte after which comments have stopped
	stoppedBeat = 4 * time.Second        // the same as a time: the longer one counts
)

// held detects what arrives late because its end is missing.
type held struct {
	behind int    // events in a row that the next one completed
	half   []byte // the beginning of a line whose rest is late
	missed bool   // the late rest has been reported, before it came
	waited time.Duration

	head       bool // the response was missed
	unanswered bool // for long, at a reconnect
	first      bool // the first lump was looked at

	beats beats
}

// lateHalf reports whether the rest of an unfinished line is late, unless the line
// ends a lump of events.
func (h *held) lateHalf(s *stream, gap time.Duration) bool {
	if !s.lines.unfinished() || gap < longHalf || s.rhythm.events >= lumpSize || s.lines.offset == 0 && !isField(s.lines.head) && s.lines.head[0] != ':' {
		return false
	}
	h.half, h.waited = append(h.half[:0], s.lines.head[:min(len(s.lines.head), maxRaw)]...), gap
	return true
}

// took notes bytes that came after a gap: how many events they completed, and
// whether the block before and the one after them lacked only a blank line. It
// reports whether that has happened several times in a row.
func (h *held) took(before, after bool, events int, gap time.Duration) bool {
	if before && after && events == 1 && gap >= behindGap {
		h.behind++
		return h.behind >= manyBehind
	}
	if events > 0 {
		h.behind = 0
	}
	return false
}

// pending reports whether the current block lacks only its blank line.
func (s *stream) pending() bool { return s.block.hasData && !s.lines.unfinished() }

// endsLine reports whether the next bytes only end a data line.
func (s *stream) endsLine(next []byte) bool {
	return s.lines.unfinished() && isField(s.lines.head) && (next[0] == '\n' || next[0] == '\r')
}

// beats tracks comments that arrive at a steady pace with nothing in between.
type beats struct {
	last time.Time
	gap  time.Duration // between the latest two
	n    int           // gaps of about that length
}

// beat notes a comment that arrived alone.
func (b *beats) beat(now time.Time) {
	gap := now.Sub(b.last)
	switch {
	case b.last.IsZero():
	case gap < shortBeat: // lines of a greeting
		b.n = 0
	case b.n > 0 && (gap-b.gap).Abs() <= max(b.gap/4, together):
		b.n++
	default:
		b.n = 1
	}
	b.gap, b.last = gap, now
}

// broken notes that something else arrived.
func (b *beats) broken() { *b = beats{} }

// stopped reports whether the next beat is long overdue after a silence.
func (b *beats) stopped(quiet time.Duration) bool {
	return b.n >= manyBeats && quiet >= max(beatsMissed*b.gap, stoppedBeat)
}
