package hub

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/tmaxmax/go-sse"

	"sseconsole/server/fault"
)

// Serve writes the stream until the session ends, and returns why it did. After
// CutOff and Dropped, and after Faulted with an error, the response must not end
// as if it were whole.
func (s *Session) Serve(ctx context.Context, keepAlive <-chan time.Time) (End, error) {
	var pollOver <-chan time.Time
	if s.mode == LongPolling {
		timer := time.NewTimer(longPoll)
		defer timer.Stop()
		pollOver = timer.C
	}
	if s.bent != nil && s.bent.has(fault.NoKeepAlive) != nil {
		keepAlive = nil
	}
	err := s.begin()
	for err == nil {
		fate, cause := s.take()
		switch {
		case cause != nil:
			return fate, cause
		case s.bent != nil && s.bent.has(fault.RetryStorm) != nil:
			return s.outcome(Faulted, s.finishBody())
		case len(s.writing) > 0:
			err = s.writeTaken()
		case fate == Replaced && s.farewell:
			farewell := s.idBlockAt(s.last.Load())
			farewell.AppendComment("replaced by another subscriber with this clientId")
			if err = s.write(encode(farewell)); err == nil {
				return s.outcome(fate, s.finishBody())
			}
		case fate != "":
			return s.outcome(fate, s.finishBody())
		case s.mode == ShortPolling, s.mode == LongPolling && s.events.Load() > 0:
			return s.outcome(Polled, s.finishBody())
		default:
			s.disarm()
			select {
			case <-s.wake:
			case <-ctx.Done():
				return Left, nil
			case <-pollOver:
				return s.outcome(Polled, s.finishBody())
			case <-s.bent.nextBeat():
				err = s.bent.release()
			case <-keepAlive:
				s.trim()
				err = s.write([]byte(": keep-alive\n\n"))
				if err == nil {
					err = s.flush()
				}
			}
		}
	}
	return s.outcome("", err)
}

// begin writes the id block, with a comment if messages are missing, and sends
// the headers.
func (s *Session) begin() error {
	first := s.idBlockAt(s.first)
	if s.idBlock {
		first.Retry = s.mode.retry()
	}
	first.AppendComment(s.missing)
	if s.bent != nil {
		return s.bent.begin(encode(first))
	}
	if err := s.write(encode(first)); err != nil {
		return err
	}
	return s.flush()
}

// idBlockAt returns a block with the id of the n-th message alone, or an empty one
// if the session goes without.
func (s *Session) idBlockAt(n uint64) *sse.Message {
	if !s.idBlock {
		return &sse.Message{}
	}
	return &sse.Message{ID: sse.ID(s.id(n))}
}

// finishBody makes ready for the end of a whole response, which is written after
// the handler, under the deadline that this sets.
func (s *Session) finishBody() error {
	if s.bent != nil {
		if err := s.bent.end(); err != nil {
			return err
		}
	}
	return s.arm()
}

// take gives back the messages that were written, which are all of writing, and
// moves the next ones there: writeSize of them, or one that is larger. A poll
// that has written leaves what came since to the next one.
func (s *Session) take() (fate End, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.memory.release(s.writing)
	}
	clear(s.writing)
	s.writing, s.written = s.writing[:0], 0
	switch {
	case s.held && s.fate == "":
	case len(s.backlog) > 0:
		k, _ := batch(s.backlog)
		s.writing, s.backlog = append(s.writing, s.backlog[:k]...), s.backlog[k:]
	case s.mode.polls() && s.fate == "" && s.events.Load() > 0:
	default:
		k, bytes := batch(s.queue)
		s.writing = append(s.writing, s.queue[:k]...)
		rest := copy(s.queue, s.queue[k:])
		clear(s.queue[rest:])
		s.queue, s.size = s.queue[:rest], s.size-bytes
	}
	return s.fate, s.cause
}

// writeBent is writeTaken under faults, one by one.
func (s *Session) writeBent() error {
	for _, m := range s.writing {
		if err := s.bent.event(m); err != nil {
			return err
		}
		s.last.Store(m.n)
		s.events.Add(1)
		s.written++
	}
	return nil
}

func (s *Session) write(p []byte) error {
	for {
		if err := s.arm(); err != nil {
			return err
		}
		k := min(len(p), writeSize)
		if err := s.put(p[:k]); err != nil {
			return err
		}
		if p = p[k:]; len(p) == 0 {
			return nil
		}
	}
}

func (s *Session) put(p []byte) error {
	var n int
	var err error
	if s.bent != nil {
		n, err = s.bent.Write(p)
	} else {
		n, err = s.w.Write(p)
	}
	s.bytes.Add(uint64(n))
	return err
}

func (s *Session) flush() error {
	if s.bent != nil {
		return s.bent.flush()
	}
	return s.rc.Flush()
}

// arm sets the deadline for the next write, unless the session was cut off:
// that deadline stands.
func (s *Session) arm() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.rc.SetWriteDeadline(time.Now().Add(s.writeTimeout))
	}
	return s.cause
}

// disarm lifts the deadline while there is nothing to write. Over HTTP/2 it would
// end the stream all the same; over HTTP/1 only a write hears of it.
func (s *Session) disarm() {
	if !s.http2 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.rc.SetWriteDeadline(time.Time{})
	}
}

// outcome is how a session ends that would end as fate, but for err.
func (s *Session) outcome(fate End, err error) (End, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.cause != nil:
		return s.fate, s.cause
	case errors.Is(err, errFault):
		return Faulted, err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return CutOff, err
	case err != nil:
		return Left, err
	}
	return fate, nil
}
