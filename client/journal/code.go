package journal

import (
	"iter"

	"sseconsole/client/record"
)

// Code is a record that is not decoded: a look at its kind or for a text costs
// a tenth of what the record itself costs.
type Code struct {
	Seq        int64
	Kind, Call record.Kind

	bytes []byte
	base  int64
}

// Text returns bytes among which all texts of the record, those of its Raw and
// Header included, stand as they are, each in one piece. They must not be
// changed.
func (c *Code) Text() []byte { return c.bytes }

// Record sets r to the record, and reports whether it could: the file may be
// damaged. Its Raw is valid as long as c is.
func (c *Code) Record(r *record.Record) bool {
	if decodeRecord(r, c.bytes, c.base) != nil {
		return false
	}
	r.Seq = c.Seq
	return true
}

// Codes yields the records numbered first to last that are kept, in order and
// not decoded. It is the quick way to look for few among many: of blocks whose
// body may refuses, some 300 records each, none is yielded and nothing else is
// looked at. In a body stand, as they are, all texts of its records; see
// Code.Text. A nil may refuses none. A Code is valid until the next step.
func (j *Journal) Codes(first, last int64, may func(body []byte) bool) iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		onDisk := nowhere
		if j.w != nil {
			onDisk = j.w.disk.scanner(last, may, true)
		}
		codes(func(seq int64) *block { return j.find(seq, onDisk) }, first, last, may, yield)
	}
}

// codes yields the codes numbered first to last in the blocks that find finds
// and may lets through.
func codes(find func(seq int64) *block, first, last int64, may func(body []byte) bool, yield func(*Code) bool) {
	var c Code
	for seq := max(first, 1); seq <= last; {
		b := find(seq)
		if b == nil {
			return
		}
		seq = max(seq, b.first)
		if may != nil && !may(b.body) { // blocks in memory were not asked for yet
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
