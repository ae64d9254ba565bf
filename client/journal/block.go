package journal

import (
	"bytes"
	"encoding/binary"
	"sort"

	"sseconsole/client/record"
)

// blockSize is the number of bytes after which a block is full.
const blockSize = 64 << 10

// blockCost is the memory of a block besides its codes and their ends, in bytes.
const blockCost = 128

// block is a sequence of encoded records with consecutive numbers. What has been
// added never changes, so a copy of a block can be read while more is added to the
// original.
type block struct {
	first int64    // Seq of its first record
	base  int64    // the second that times are relative to
	body  []byte   // the codes
	ends  []uint32 // the end of each code in body
}

// newBlock returns a block that begins with r, with capacity for size bytes of
// codes.
func newBlock(r *record.Record, size int) *block {
	b := &block{first: r.Seq, body: make([]byte, 0, size)}
	if !r.Time.IsZero() {
		b.base = r.Time.Unix()
	}
	b.add(r)
	return b
}

func (b *block) add(r *record.Record) {
	b.body = appendRecord(b.body, r, b.base)
	b.ends = append(b.ends, uint32(len(b.body)))
}

// clip releases unused capacity of the body.
func (b *block) clip() {
	if cap(b.body) > len(b.body)+len(b.body)/8 {
		b.body = bytes.Clone(b.body)
	}
}

func (b *block) last() int64 { return b.first + int64(len(b.ends)) - 1 }

// cost returns the memory of b in bytes.
func (b *block) cost() int64 { return blockCost + int64(cap(b.body)+4*cap(b.ends)) }

// code returns the code of record seq, which must be in b.
func (b *block) code(seq int64) []byte {
	i := seq - b.first
	var start uint32
	if i > 0 {
		start = b.ends[i-1]
	}
	end := b.ends[i]
	return b.body[start:end:end]
}

// read sets r to record seq, which must be in b, and reports whether it could: the
// record may be damaged, or of an unknown kind of a later version.
func (b *block) read(r *record.Record, seq int64) bool {
	if code := b.code(seq); len(code) > 0 && !record.Kind(code[0]).Known() {
		return false
	}
	if decodeRecord(r, b.code(seq), b.base) != nil {
		return false
	}
	r.Seq = seq
	return true
}

// append appends b to out as a frame.
func (b *block) append(out []byte) []byte {
	start := len(out)
	out = append(out, make([]byte, frameSize)...)
	var before uint32
	for _, end := range b.ends {
		out = binary.AppendUvarint(out, uint64(end-before))
		before = end
	}
	out = append(out, b.body...)
	frame{kind: frameRecords, count: uint32(len(b.ends)), first: b.first, base: b.base}.put(out[start:])
	return out
}

// parseBlock returns the block in the body of a frame, or nil if it is invalid. The
// block retains body.
func parseBlock(f frame, body []byte) *block {
	if uint64(f.count) > uint64(len(body)) {
		return nil
	}
	b := &block{first: f.first, base: f.base, ends: make([]uint32, f.count)}
	in := input{rest: body}
	var sum uint64
	for i := range b.ends {
		n := in.uvarint()
		if n > uint64(len(body)) {
			return nil
		}
		sum += n
		b.ends[i] = uint32(sum)
	}
	if in.bad || sum != uint64(len(in.rest)) {
		return nil
	}
	b.body = in.rest
	return b
}

// seek returns the first of blocks, which are in order, whose last record is seq or
// later, or nil if there is none.
func seek(blocks []*block, seq int64) *block {
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].last() >= seq })
	if i == len(blocks) {
		return nil
	}
	return blocks[i]
}

// recordAt returns record seq if b contains it, and nil otherwise; b may be nil.
func recordAt(b *block, seq int64) *record.Record {
	if b == nil || seq < b.first {
		return nil
	}
	r := new(record.Record)
	if !b.read(r, seq) {
		return nil
	}
	return r
}

// scan yields the records numbered first to last in the blocks that find returns.
func scan(find func(seq int64) *block, first, last int64, yield func(*record.Record) bool) {
	var r record.Record
	for seq := max(first, 1); seq <= last; {
		b := find(seq)
		if b == nil {
			return
		}
		for seq = max(seq, b.first); seq <= min(last, b.last()); seq++ {
			if b.read(&r, seq) && !yield(&r) {
				return
			}
		}
	}
}
