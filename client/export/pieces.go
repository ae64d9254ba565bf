package export

import (
	"bytes"
	"time"

	"sseconsole/client/record"
)

// maxHeld bounds the number of lines that wait for their block.
const maxHeld = 1000

// pieces assembles the bytes of one connection from its records: from its chunks,
// and from items where a chunk is missing. No byte is used twice.
type pieces struct {
	next int64 // offset in the connection of the next byte
	gap  bool  // some bytes are missing
	held []piece
}

type piece struct {
	raw    []byte
	offset int64
	at     time.Time
}

// hasBytes reports whether a record has bytes of a stream.
func hasBytes(r *record.Record) bool {
	switch r.Kind {
	case record.Chunk, record.Event, record.Comment, record.Retry, record.Cursor, record.Discarded:
		return len(r.Raw) > 0
	}
	return false
}

// add passes the bytes of r that are new to take.
func (p *pieces) add(r *record.Record, take func(raw []byte, at time.Time) error) error {
	if r.Offset+int64(len(r.Raw)) <= p.next {
		return nil
	}
	if r.Kind == record.Comment || r.Kind == record.Retry {
		// If it is within a block, its bytes come again with the block.
		p.held = append(p.held, piece{bytes.Clone(r.Raw), r.Offset, r.Time})
		if len(p.held) > maxHeld {
			return p.release(take)
		}
		return nil
	}
	for i, h := range p.held {
		if h.offset >= r.Offset {
			p.held = p.held[:i]
			break
		}
	}
	if err := p.release(take); err != nil {
		return err
	}
	return p.take(piece{r.Raw, r.Offset, r.Time}, take)
}

// release uses the lines that were held.
func (p *pieces) release(take func(raw []byte, at time.Time) error) error {
	for _, h := range p.held {
		if err := p.take(h, take); err != nil {
			return err
		}
	}
	p.held = p.held[:0]
	return nil
}

func (p *pieces) take(new piece, take func(raw []byte, at time.Time) error) error {
	known := p.next - new.offset
	if known >= int64(len(new.raw)) {
		return nil
	}
	if known > 0 {
		new.raw = new.raw[known:]
	}
	p.gap = p.gap || known < 0
	p.next = max(p.next, new.offset) + int64(len(new.raw))
	return take(new.raw, new.at)
}
