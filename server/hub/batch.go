package hub

import (
	"strconv"
	"sync"
)

// batchSize bounds the messages that are joined into one write. net/http buffers
// small writes, and passes larger ones through in one system call. Much larger
// writes stall a peer with a small receive window: TCP holds back a segment that
// exceeds the window until a timer fires.
const batchSize = 8 << 10

// newBatches returns the pool of buffers in which sessions join messages. A
// session holds a buffer only while it writes.
func newBatches() *sync.Pool {
	return &sync.Pool{New: func() any {
		p := make([]byte, 0, batchSize)
		return &p
	}}
}

// batch returns how many deliveries to take from queue at once, and the size of
// their bodies.
func batch(queue []delivery) (k, bytes int) {
	for k < len(queue) && (k == 0 || bytes+len(queue[k].body) <= writeSize) {
		bytes += len(queue[k].body)
		k++
	}
	return k, bytes
}

// writeTaken writes and flushes s.writing. It joins small messages.
func (s *Session) writeTaken() error {
	if s.faulty != nil {
		return s.writeFaulty()
	}
	buf := s.batches.Get().(*[]byte)
	defer s.batches.Put(buf)
	p := (*buf)[:0]
	for _, m := range s.writing {
		size := s.idSize(m) + len(m.body)
		if len(p) > 0 && len(p)+size > batchSize {
			if err := s.write(p); err != nil {
				return err
			}
			p = p[:0]
		}
		p = s.appendID(p, m)
		if size <= batchSize {
			p = append(p, m.body...)
			continue
		}
		for _, part := range [][]byte{p, m.body} {
			if err := s.write(part); err != nil {
				return err
			}
		}
		p = (*buf)[:0] // p may have grown by a long id
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

// idSize returns the maximum length of m's id line.
func (s *Session) idSize(m delivery) int {
	switch {
	case m.raw:
		return 0
	case m.id != "":
		return len("id: \n") + len(m.id)
	}
	return len("id: -\n") + len(s.name) + 20
}

// appendID appends m's id line, or nothing if m is raw.
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
