package hub

import (
	"strconv"
	"sync"
)

// Messages are put together up to this size. net/http writes what it is given in
// pieces of 2 KiB and half as many system calls; a larger piece goes out as it is.
// Much larger ones stall a peer with a small receive window: TCP holds back
// a segment that exceeds the window, until a timer fires.
const togetherSize = 8 << 10

// newBatches returns the memory that sessions put what they write together in.
// It is lent for the time of the writes, so that a quiet session has none.
func newBatches() *sync.Pool {
	return &sync.Pool{New: func() any {
		p := make([]byte, 0, togetherSize)
		return &p
	}}
}

// batch is how many of queue to take at once, and the bytes of their bodies.
func batch(queue []delivery) (k, bytes int) {
	for k < len(queue) && (k == 0 || bytes+len(queue[k].body) <= writeSize) {
		bytes += len(queue[k].body)
		k++
	}
	return k, bytes
}

// writeTaken writes and flushes what was taken, small messages together.
func (s *Session) writeTaken() error {
	if s.bent != nil {
		return s.writeBent()
	}
	lent := s.batches.Get().(*[]byte)
	defer s.batches.Put(lent)
	p := (*lent)[:0]
	for _, m := range s.writing {
		size := s.idSize(m) + len(m.body)
		if len(p) > 0 && len(p)+size > togetherSize {
			if err := s.write(p); err != nil {
				return err
			}
			p = p[:0]
		}
		p = s.appendID(p, m)
		if size <= togetherSize {
			p = append(p, m.body...)
			continue
		}
		for _, part := range [][]byte{p, m.body} {
			if err := s.write(part); err != nil {
				return err
			}
		}
		p = (*lent)[:0] // a long id made it grow
	}
	if len(p) > 0 {
		if err := s.write(p); err != nil {
			return err
		}
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.last.Store(s.writing[len(s.writing)-1].n)
	s.events.Add(uint64(len(s.writing)))
	s.written = len(s.writing)
	return nil
}

// idSize is how long the line of m's id is at most.
func (s *Session) idSize(m delivery) int {
	switch {
	case m.raw:
		return 0
	case m.id != "":
		return len("id: \n") + len(m.id)
	}
	return len("id: -\n") + len(s.name) + 20
}

// appendID appends the line of m's id, which raw bytes do not have.
func (s *Session) appendID(p []byte, m delivery) []byte {
	if m.raw {
		return p
	}
	p = append(p, "id: "...)
	if m.id != "" {
		p = append(p, m.id...)
	} else {
		p = append(p, s.name...)
		p = append(p, '-')
		p = strconv.AppendUint(p, m.n, 10)
	}
	return append(p, '\n')
}
