package eventstream

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	bom = "\uFEFF"

	// pieceSize is how much of a chunk is appended at a time to a block that
	// began in an earlier chunk. Most blocks end within it, and the rest of the
	// chunk is then parsed in place, without copying.
	pieceSize = 4 << 10

	// maxReuse is the largest buffer that is reused for the next block. A larger
	// one is dropped after its block.
	maxReuse = 1 << 20
)

// Decoder decodes one response body. The zero value with Handle set is ready to
// use. A Decoder must not be used by two goroutines at once, nor be copied after
// the first Write. It starts no goroutine and holds no resources.
type Decoder struct {
	// Handle is called with every item, in the order of the stream, from within
	// Write and End. The item belongs to the decoder and is valid until Handle
	// returns. A retry field or a comment inside a block comes before the event
	// of the block, as the standard applies it.
	Handle func(*Item)

	// LastEventID is the standard's last event ID. Set it before the first
	// Write to carry it over from an earlier connection; read it at any time.
	LastEventID string

	// Limit is the maximum size of a block or comment in bytes; 0 means no limit.
	Limit int

	carry   []byte // the unfinished block (or comment line) from earlier chunks
	offset  int64  // where the unfinished block starts in the stream
	line    int    // where the unfinished line starts in the block
	scanned int    // how far the unfinished line was searched for its end
	afterCR bool   // the last byte was a CR, so a LF that follows belongs to it
	block   block
	item    Item // passed to Handle
	valid   bool // the bytes being parsed are valid UTF-8

	// For chunkOf:
	chunk      int   // number of the current chunk
	chunkStart int64 // where it starts in the stream
	written    int64 // where it ends
	blockChunk int   // the chunk in which the unfinished block began
	lineChunk  int   // the chunk in which the unfinished line began

	types  map[string]string
	shared strings.Builder // memory that short strings share
	err    error
}

// Write decodes the next chunk and emits each item that it completes. It does not
// retain p. If a block exceeds Limit, Write returns a *TooLargeError, and so do
// all later calls, without decoding anything.
func (d *Decoder) Write(p []byte) (int, error) {
	size := len(p)
	if size > 0 {
		d.chunk++
		d.chunkStart = d.written
		d.written += int64(size)
	}
	if d.afterCR && len(p) > 0 {
		d.afterCR = false
		if p[0] == '\n' {
			d.swallow()
			p = p[1:]
		}
	}
	for len(p) > 0 && d.err == nil {
		if len(d.carry) == 0 {
			n := d.parse(p, false)
			d.carry = append(d.carry, p[n:]...)
			break
		}
		carried := len(d.carry)
		piece := p[:min(len(p), pieceSize)]
		d.carry = append(d.carry, piece...)
		n := d.parse(d.carry, true)
		if n == 0 {
			p = p[len(piece):]
			continue
		}
		p = p[n-carried:]
		d.carry = reuse(d.carry)
	}
	if d.offset >= d.chunkStart {
		d.blockChunk = d.chunk
	}
	if d.offset+int64(d.line) >= d.chunkStart {
		d.lineChunk = d.chunk
	}
	if d.err == nil {
		d.checkSize(len(d.carry))
	}
	if d.err != nil {
		d.carry = nil
		return 0, d.err
	}
	return size, nil
}

// End tells the decoder that the stream has ended. Bytes after the last blank line
// are emitted as a Discarded item; the standard ignores them.
func (d *Decoder) End() {
	if len(d.carry) > 0 {
		d.hand(Discarded, "", "", 0, d.carry, d.offset)
	}
	d.offset += int64(len(d.carry))
	d.carry, d.line, d.scanned, d.block = nil, 0, 0, block{}
}

// hand emits an item with the bytes raw, which start at offset.
func (d *Decoder) hand(kind Kind, typ, data string, delay time.Duration, raw []byte, offset int64) {
	i := &d.item // reused: allocating and copying an item would take longer than decoding it
	i.Kind, i.Type, i.Data, i.ID, i.Delay = kind, typ, data, d.LastEventID, delay
	i.Raw, i.Offset, i.FirstChunk, i.LastChunk = raw, offset, d.chunkOf(offset), d.chunk
	d.Handle(i)
}

// chunkOf returns the number of the chunk that contains the byte at offset. The
// byte is in the current chunk, or begins the unfinished block or its last line.
func (d *Decoder) chunkOf(offset int64) int {
	switch {
	case offset >= d.chunkStart:
		return d.chunk
	case offset == d.offset:
		return d.blockChunk
	}
	return d.lineChunk
}

// swallow consumes the LF of a CRLF that was split between two chunks.
func (d *Decoder) swallow() {
	if len(d.carry) == 0 {
		d.offset++
		return
	}
	d.carry = append(d.carry, '\n')
	d.line++
	d.scanned++
}

// parse handles the lines that end in b, which starts with the unfinished block,
// and returns how much of b it has consumed. If one is set it stops after the
// first block or comment.
func (d *Decoder) parse(b []byte, one bool) int {
	start, line := 0, d.line
	// Checking everything at once is far cheaper than checking each short text.
	d.valid = !one && utf8.Valid(b[:len(b)-CutCharacter(b)])
	ends := NoLineEnds()
	from := d.scanned
	for {
		end := ends.Next(b, from)
		if end == len(b) || !d.checkSize(end+1-start) {
			break
		}
		next := end + 1
		var done bool
		if line == start && isPlain(b[start:], end-start) && d.checkSize(next+1-start) {
			next++
			d.dispatchPlain(b[start:next])
			done = true
		} else {
			if b[end] == '\r' {
				if next == len(b) {
					d.afterCR = true
				} else if b[next] == '\n' {
					next++
				}
			}
			done = d.takeLine(b[start:next], line-start, end-start)
		}
		if done {
			d.offset += int64(next - start)
			start = next
			if one {
				d.line, d.scanned = 0, 0
				return start
			}
		}
		line, from = next, next
	}
	d.line, d.scanned = line-start, len(b)-start
	return start
}

// isPlain reports whether b starts with a block of the most common form: one data
// line, whose length is line, and a blank line, both ending in LF. Such a block
// needs no further parsing.
func isPlain(b []byte, line int) bool {
	return line >= len("data:") && line+1 < len(b) && b[line] == '\n' && b[line+1] == '\n' && string(b[:len("data:")]) == "data:"
}

// dispatchPlain emits the event of a plain block.
func (d *Decoder) dispatchPlain(raw []byte) {
	data := raw[len("data:") : len(raw)-len("\n\n")]
	if len(data) > 0 && data[0] == ' ' {
		data = data[1:]
	}
	d.hand(Event, defaultType, d.text(data), 0, raw, d.offset)
}

// takeLine handles the line raw[from:to] of the block that starts with raw. It
// reports whether raw has been consumed completely.
func (d *Decoder) takeLine(raw []byte, from, to int) bool {
	line := raw[from:to]
	if d.offset == 0 && from == 0 {
		line = bytes.TrimPrefix(line, []byte(bom))
	}
	if len(line) == 0 {
		d.dispatch(raw)
		return true
	}
	name, value := Field(line)
	if len(name) == 0 {
		d.hand(Comment, "", d.text(value), 0, raw[from:], d.offset+int64(from))
		return !d.block.open
	}
	d.block.open = true
	at := span{to - len(value), to}
	switch string(name) {
	case "data":
		d.block.addData(raw, at)
	case "event":
		d.block.typ = at
	case "id":
		if bytes.IndexByte(value, 0) < 0 {
			d.block.id, d.block.hasID = at, true
		}
	case "retry":
		if delay, ok := milliseconds(value); ok {
			d.hand(Retry, "", string(value), delay, raw[from:], d.offset+int64(from))
		}
	}
	return false
}

// dispatch ends the block whose bytes are raw.
func (d *Decoder) dispatch(raw []byte) {
	b := &d.block
	if !b.open {
		return
	}
	if b.hasID && string(b.id.of(raw)) != d.LastEventID {
		d.LastEventID = d.text(b.id.of(raw))
	}
	switch {
	case b.dataLines > 0:
		data := b.joined
		if b.dataLines == 1 {
			data = b.data.of(raw)
		}
		d.hand(Event, d.typeName(b.typ.of(raw)), d.text(data), 0, raw, d.offset)
	case b.hasID:
		d.hand(Cursor, "", "", 0, raw, d.offset)
	default:
		d.hand(Ignored, "", "", 0, raw, d.offset)
	}
	*b = block{joined: reuse(b.joined)}
}

// checkSize reports whether a block of n bytes is allowed.
func (d *Decoder) checkSize(n int) bool {
	if d.Limit > 0 && n > d.Limit && d.err == nil {
		d.err = &TooLargeError{Limit: d.Limit, Offset: d.offset}
	}
	return d.err == nil
}

// reuse returns buf with length 0, or nil if it is too large to keep.
func reuse(buf []byte) []byte {
	if cap(buf) > maxReuse {
		return nil
	}
	return buf[:0]
}
