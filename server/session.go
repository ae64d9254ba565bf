package server

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/tmaxmax/go-sse"
)

const (
	maxQueued      = 256     // messages
	maxQueuedBytes = 4 << 20 // of their wire form
	// A write deadline is set anew after this much, so that it finds a
	// subscriber that does not read and spares one that reads slowly.
	writeSize = 32 << 10
)

// message is one event on its way to one subscriber.
type message struct {
	n uint64 // of the clientId's messages, from 1
	*payload
}

// session is one subscriber. Its request's goroutine is the only one that
// writes; any goroutine may push, end and cut.
type session struct {
	clientID string
	name     string // "<run>.<client>.<k>"
	first    uint64 // the clientId's messages before this session
	came     uint64 // the session that it was before, by its Last-Event-ID; 0: none

	w            http.ResponseWriter
	rc           *http.ResponseController
	writeTimeout time.Duration
	wake         chan struct{} // capacity 1: look at the queue and the fate again

	// The writer's own:
	writing []message // taken from the queue, not yet written out
	line    []byte    // of the id

	mu    sync.Mutex
	queue []message
	size  int   // bytes of queue
	fate  Kind  // why it ends, once it does
	cause error // not nil: it ends at once, the queue is lost
	over  bool  // the writer has gone
}

// id is the id of the n-th message.
func (s *session) id(n uint64) string {
	return s.name + "-" + strconv.FormatUint(n, 10)
}

// push queues m, unless the queue is full.
func (s *session) push(m message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) >= maxQueued || len(s.queue) > 0 && s.size+len(m.body) > maxQueuedBytes {
		return false
	}
	s.queue = append(s.queue, m)
	s.size += len(m.body)
	s.signal()
	return true
}

// end lets the stream end after what is queued. The caller sees to it that
// nothing is pushed afterwards.
func (s *session) end(why Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fate = why
	s.signal()
}

// cut ends the stream at once, even in the middle of a write.
func (s *session) cut(cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil || s.over {
		return // the connection may serve another request already
	}
	s.fate, s.cause = CutOff, cause
	s.rc.SetWriteDeadline(time.Now())
	s.signal()
}

func (s *session) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // the writer will look anyway
	}
}

// serve writes the stream until the session ends, and returns why it did. After
// CutOff the response must not end as if it were whole.
func (s *session) serve(ctx context.Context, keepAlive <-chan time.Time) (Kind, error) {
	n := s.first
	err := s.write(encode(&sse.Message{ID: sse.ID(s.id(n))}))
	if err == nil {
		err = s.rc.Flush()
	}
	for err == nil {
		fate, cause := s.take()
		switch {
		case cause != nil:
			return CutOff, cause
		case len(s.writing) > 0:
			n = s.writing[len(s.writing)-1].n
			err = s.writeTaken()
		case fate == Replaced:
			farewell := &sse.Message{ID: sse.ID(s.id(n))}
			farewell.AppendComment("replaced by another subscriber with this clientId")
			return s.outcome(fate, s.write(encode(farewell)))
		case fate != "":
			// What ends the response is written after the handler, under this deadline.
			return s.outcome(fate, s.arm())
		default:
			select {
			case <-s.wake:
			case <-ctx.Done():
				return Left, nil
			case <-keepAlive:
				err = s.write([]byte(": keep-alive\n\n"))
				if err == nil {
					err = s.rc.Flush()
				}
			}
		}
	}
	return s.outcome("", err)
}

// take moves the next messages, writeSize of them or one that is larger, from
// the queue to writing.
func (s *session) take() (fate Kind, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, bytes := 0, 0
	for k < len(s.queue) && (k == 0 || bytes+len(s.queue[k].body) <= writeSize) {
		bytes += len(s.queue[k].body)
		k++
	}
	s.writing = append(s.writing, s.queue[:k]...)
	rest := copy(s.queue, s.queue[k:])
	clear(s.queue[rest:])
	s.queue, s.size = s.queue[:rest], s.size-bytes
	return s.fate, s.cause
}

// writeTaken writes and flushes what was taken.
func (s *session) writeTaken() error {
	for _, m := range s.writing {
		p := append(s.line[:0], "id: "...)
		if m.id != "" {
			p = append(p, m.id...)
		} else {
			p = append(p, s.name...)
			p = append(p, '-')
			p = strconv.AppendUint(p, m.n, 10)
		}
		s.line = append(p, '\n') // kept, as it is written through an interface
		if _, err := s.w.Write(s.line); err != nil {
			return err
		}
		if err := s.write(m.body); err != nil {
			return err
		}
	}
	if err := s.rc.Flush(); err != nil {
		return err
	}
	clear(s.writing)
	s.writing = s.writing[:0]
	return nil
}

func (s *session) write(p []byte) error {
	for {
		if err := s.arm(); err != nil {
			return err
		}
		k := min(len(p), writeSize)
		if _, err := s.w.Write(p[:k]); err != nil {
			return err
		}
		if p = p[k:]; len(p) == 0 {
			return nil
		}
	}
}

// arm sets the deadline for the next write, unless the session was cut off:
// that deadline stands.
func (s *session) arm() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.rc.SetWriteDeadline(time.Now().Add(s.writeTimeout))
	}
	return s.cause
}

// outcome is how a session ends that would end as fate, but for err.
func (s *session) outcome(fate Kind, err error) (Kind, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.cause != nil:
		return CutOff, s.cause
	case errors.Is(err, os.ErrDeadlineExceeded):
		return CutOff, err
	case err != nil:
		return Left, err
	}
	return fate, nil
}

// finish is the writer's last word. It returns the ids of what was not written.
func (s *session) finish() (lost []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for _, m := range append(s.writing, s.queue...) {
		lost = append(lost, s.id(m.n))
	}
	s.writing, s.queue = nil, nil
	return lost
}
