package eventstream

// block holds the fields of the unfinished block. Values are positions in the
// block's bytes, since the bytes move when more of them arrive.
type block struct {
	open      bool // it has a line other than a comment
	dataLines int
	data      span   // the value of the first data field
	joined    []byte // the values of several data fields, joined by line feeds
	typ       span
	id        span
	hasID     bool
}

type span struct{ from, to int }

func (s span) of(b []byte) []byte { return b[s.from:s.to] }

// addData adds the value of another data field; raw is the block so far.
func (b *block) addData(raw []byte, at span) {
	switch b.dataLines {
	case 0:
		b.data = at
	case 1:
		b.joined = append(b.joined, b.data.of(raw)...)
		fallthrough
	default:
		b.joined = append(append(b.joined, '\n'), at.of(raw)...)
	}
	b.dataLines++
}
