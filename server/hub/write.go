package hub

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/tmaxmax/go-sse"

	"sseconsole/server/fault"
)

// Serve writes the stream until the session ends, and returns why it ended. It writes a
// comment when keepAlive receives. After CutOff and Dropped, and after Faulted with an
// error, the caller must abort the response.
func (s *Session) Serve(ctx context.Context, keepAlive <-chan time.Time) (End, error) {
	var pollOver <-chan time.Time
	if s.mode == LongPolling {
		timer := time.NewTimer(longPoll)
		defer timer.Stop()
		pollOver = timer.C
	}
	if s.faulty != nil && s.faulty.has(fault.NoKeepAlive) != nil {
		keepAlive = nil
	}
	err := s.begin()
	for err == nil {
		reason, cause := s.take()
		switch {
		case cause != nil:
			return reason, cause
		case s.faulty != nil && s.faulty.has(fault.RetryStorm) != nil:
			return s.outcome(Faulted, s.finishBody())
		case len(s.writing) > 0:
			err = s.writeTaken()
		case reason == Replaced && s.farewell:
			farewell := s.idBlockAt(s.last.Load())
			farewell.AppendComment("replaced by another subscriber with this clientId")
			if err = s.write(encode(farewell)); err == nil {
				return s.outcome(reason, s.finishBody())
			}
		case reason != "":
			return s.outcome(reason, s.finishBody())
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
			case <-s.faulty.nextBeat():
				err = s.faulty.release()
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

// begin writes the id block, with a comment if messages are missing, and flushes the
// headers.
func (s *Session) begin() error {
	first := s.idBlockAt(s.first)
	if s.idBlock {
		first.Retry = s.mode.retry()
	}
	first.AppendComment(s.missing)
	if s.faulty != nil {
		return s.faulty.begin(encode(first))
	}
	if err := s.write(encode(first)); err != nil {
		return err
	}
	return s.flush()
}

// idBlockAt returns a block with only the id of the n-th message, or an empty one if
// the session has no id block.
func (s *Session) idBlockAt(n uint64) *sse.Message {
	if !s.idBlock {
		return &sse.Message{}
	}
	return &sse.Message{ID: sse.ID(s.id(n))}
}

// finishBody prepares a complete response for its end, which net/http writes after the
// handler returns, under the deadline set here.
func (s *Session) finishBody() error {
	if s.faulty != nil {
		if err := s.faulty.end(); err != nil {
			return err
		}
	}
	return s.arm()
}

// take releases s.writing, whose messages are all written, and moves the next messages
// there: up to writeSize bytes, or a larger message. A poll that has delivered
// something leaves newer messages to the next poll.
func (s *Session) take() (reason End, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.memory.release(s.writing)
	}
	clear(s.writing)
	s.writing, s.written = s.writing[:0], 0
	switch {
	case s.held && s.reason == "":
	case len(s.backlog) > 0:
		k, _ := batch(s.backlog)
		s.writing, s.backlog = append(s.writing, s.backlog[:k]...), s.backlog[k:]
	case s.mode.polls() && s.reason == "" && s.events.Load() > 0:
	default:
		k, bytes := batch(s.queue)
		s.writing = append(s.writing, s.queue[:k]...)
		rest := copy(s.queue, s.queue[k:])
		clear(s.queue[rest:])
		s.queue, s.size = s.queue[:rest], s.size-bytes
	}
	return s.reason, s.cause
}

// writeFaulty is like writeTaken, through the fault writer.
func (s *Session) writeFaulty() error {
	for _, m := range s.writing {
		if err := s.faulty.event(m); err != nil {
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
	if s.faulty != nil {
		n, err = s.faulty.Write(p)
	} else {
		n, err = s.w.Write(p)
	}
	s.bytes.Add(uint64(n))
	return err
}

func (s *Session) flush() error {
	if s.faulty != nil {
		return s.faulty.flush()
	}
	return s.rc.Flush()
}

// arm sets the deadline of the next write, or returns the cause if the session was cut,
// and leaves the deadline set by cut.
func (s *Session) arm() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.rc.SetWriteDeadline(time.Now().Add(s.writeTimeout))
	}
	return s.cause
}

// disarm clears the write deadline while there is nothing to write. Over HTTP/2 it would
// end an idle stream; over HTTP/1 it affects writes only.
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

// outcome returns how the session ended: for reason, unless it was cut or err says
// otherwise.
func (s *Session) outcome(reason End, err error) (End, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.cause != nil:
		return s.reason, s.cause
	case errors.Is(err, errFault):
		return Faulted, err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return CutOff, err
	case err != nil:
		return Left, err
	}
	return reason, nil
}
