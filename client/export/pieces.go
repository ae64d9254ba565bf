package export

import (
	"bytes"
	"time"

	"sseconsole/client/record"
)

// maxHeld bounds the lines that wait for their block.
const maxHeld = 1000

// pieces puts the bytes of one connection together from its records: those of
// its chunks, and from the items those of which there was no chunk. None is
// taken twice.
type pieces struct {
	next int64 // offset in the connection of the first byte not taken
	gap  bool  // bytes are missing before some others
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

// add gives take what is new in the bytes of r.
func (p *pieces) add(r *record.Record, take func(raw []byte, at time.Time) error) error {
	if r.Offset+int64(len(r.Raw)) <= p.next {
		return nil
	}
	if r.Kind == record.Comment || r.Kind == record.Retry {
		// Within a block it comes again, with the whole block.
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

// release takes the lines that were held.
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
