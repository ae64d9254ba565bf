package journal

import (
	"encoding/binary"
	"time"
)

// input reads the parts of a code. At the first part that is missing it becomes bad,
// and returns zeros from then on.
type input struct {
	rest []byte
	bad  bool
}

func (in *input) fail() { in.rest, in.bad = nil, true }

func (in *input) uvarint() uint64 {
	v, n := binary.Uvarint(in.rest)
	if n <= 0 {
		in.fail()
		return 0
	}
	in.rest = in.rest[n:]
	return v
}

func (in *input) varint() int64 {
	v, n := binary.Varint(in.rest)
	if n <= 0 {
		in.fail()
		return 0
	}
	in.rest = in.rest[n:]
	return v
}

// skip passes over n numbers, signed or not.
func (in *input) skip(n int) {
	for i := 0; n > 0; i++ {
		if i == len(in.rest) {
			in.fail()
			return
		}
		if in.rest[i] < 0x80 {
			if n--; n == 0 {
				in.rest = in.rest[i+1:]
			}
		}
	}
}

// bytes returns the next text. Its capacity is its length.
func (in *input) bytes() []byte {
	n := in.uvarint()
	if n > uint64(len(in.rest)) {
		in.fail()
		return nil
	}
	b := in.rest[:n:n]
	in.rest = in.rest[n:]
	return b
}

func (in *input) time(base int64) time.Time {
	sec, nanos := in.varint(), in.uvarint()
	if nanos >= 1e9 {
		in.fail()
		return time.Time{}
	}
	return time.Unix(base+sec, int64(nanos))
}

func (in *input) header() map[string][]string {
	h := input{rest: in.bytes()}
	header := map[string][]string{}
	for len(h.rest) > 0 {
		name, n := string(h.bytes()), h.uvarint()
		if n > uint64(len(h.rest)) { // a value takes at least a byte
			in.fail()
			return nil
		}
		values := make([]string, n)
		for i := range values {
			values[i] = string(h.bytes())
		}
		header[name] = values
	}
	in.bad = in.bad || h.bad
	return header
}
