package journal

import (
	"iter"
	"math/bits"
	"time"

	"sseconsole/client/record"
)

// Code is an encoded record: looking at its kind or searching its text costs a
// tenth of decoding it.
type Code struct {
	Seq        int64
	Kind, Call record.Kind

	bytes []byte
	base  int64
}

// Text returns bytes that contain all texts of the record, including those of Raw
// and Header, each unchanged and in one piece. The caller must not change them.
func (c *Code) Text() []byte { return c.bytes }

// Record decodes the record into r and reports whether it could: the file may be
// damaged. The Raw of r is valid as long as c is.
func (c *Code) Record(r *record.Record) bool {
	if decodeRecord(r, c.bytes, c.base) != nil {
		return false
	}
	r.Seq = c.Seq
	return true
}

// Stream returns the target, the clientId and the number of the connection of the
// record, without decoding the rest. They are empty where the record has none or is
// damaged. The caller must not change the texts, which are valid as long as c is.
func (c *Code) Stream() (target, clientID []byte, conn int) {
	in := input{rest: c.bytes[2:]}
	textBits, longBits, intBits := in.uvarint(), in.uvarint(), in.uvarint()
	skip := bits.OnesCount64(longBits >> firstLong)
	for _, two := range [...]int{bitTime, bitExpiry, bitData} { // numbers in each
		if longBits&(1<<two) != 0 {
			skip += 2
		}
	}
	in.skip(skip)
	if intBits&(1<<intConn) != 0 {
		conn = int(in.varint())
	}
	in.skip(bits.OnesCount64(intBits >> (intConn + 1)))
	for _, text := range [...]int{bitRaw, bitHeader} {
		if textBits&(1<<text) != 0 {
			in.bytes()
		}
	}
	if textBits&(1<<(firstText+textTarget)) != 0 {
		target = in.bytes()
	}
	if textBits&(1<<(firstText+textClientID)) != 0 {
		clientID = in.bytes()
	}
	if in.bad {
		return nil, nil, 0
	}
	return target, clientID, conn
}

// Time returns the time of the record, as Stream does.
func (c *Code) Time() time.Time {
	in := input{rest: c.bytes[2:]}
	in.uvarint()
	longBits := in.uvarint()
	in.uvarint()
	if longBits&(1<<bitTime) == 0 || in.bad {
		return time.Time{}
	}
	return in.time(c.base)
}

// Codes yields the records numbered first to last that still exist, in order and
// encoded. It is the fast way to search: if accept returns false for the body of a
// block, all its records, some 300, are skipped. The body contains the texts of the
// records unchanged, see Code.Text. A nil accept skips nothing. A Code is valid
// until the next step.
func (j *Journal) Codes(first, last int64, accept func(body []byte) bool) iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		onDisk := nowhere
		if j.w != nil {
			onDisk = j.w.disk.scanner(last, accept, true)
		}
		codes(func(seq int64) *block { return j.find(seq, onDisk) }, first, last, accept, yield)
	}
}

// codes yields the codes numbered first to last in the blocks that find returns and
// accept accepts.
func codes(find func(seq int64) *block, first, last int64, accept func(body []byte) bool, yield func(*Code) bool) {
	var c Code
	for seq := max(first, 1); seq <= last; {
		b := find(seq)
		if b == nil {
			return
		}
		seq = max(seq, b.first)
		if accept != nil && !accept(b.body) { // blocks in memory have not been checked yet
			seq = b.last() + 1
			continue
		}
		c.base = b.base
		for ; seq <= min(last, b.last()); seq++ {
			c.Seq, c.bytes = seq, b.code(seq)
			if len(c.bytes) < 2 {
				continue
			}
			c.Kind, c.Call = record.Kind(c.bytes[0]), known(c.bytes[1])
			if c.Kind.Known() && !yield(&c) {
				return
			}
		}
	}
}
