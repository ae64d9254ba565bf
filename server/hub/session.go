package hub

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"sseconsole/server/fault"
)

const (
	maxQueued      = 256     // messages
	maxQueuedBytes = 4 << 20 // of their wire form
	// A write deadline is set anew after this much, so that it finds a
	// subscriber that does not read and spares one that reads slowly.
	writeSize = 32 << 10
)

// delivery is one message on its way to one subscriber.
type delivery struct {
	n uint64 // of the clientId's messages, from 1
	*payload
}

// Session is one subscriber. Its request's goroutine is the only one that
// writes; any goroutine may push, end and cut.
type Session struct {
	clientID    string
	mode        Mode
	remote      string
	userAgent   string
	lastEventID string // that it came with
	since       time.Time
	faults      []*fault.Active
	met         []fault.Kind // theirs, also once they are off
	crowded     bool
	cost        int // what is counted for it beside messages; the hub's own once it has joined

	// Given by the hub:
	name          string // "<run>.<client>.<k>"
	number        uint64 // k: the clientId's sessions so far
	came          uint64 // the session that it was before, by its Last-Event-ID; 0: none
	continues     bool   // without a Last-Event-ID it continues the poll that ended last
	first, joined uint64 // it begins behind the clientId's first-th message; joined were sent before it
	missing       string // in words, what it misses of those between
	idBlock       bool   // the stream begins with it
	batches       *sync.Pool
	memory        *memory // that its messages count in, until it is cut or over

	w            http.ResponseWriter
	rc           *http.ResponseController
	writeTimeout time.Duration
	http2        bool
	farewell     bool
	wake         chan struct{} // capacity 1: look at the queue and the fate again

	// The writer's own:
	written int   // how many of writing
	bent    *bent // what faults do to it; nil: nothing

	last          atomic.Uint64 // the message that was written last
	events, bytes atomic.Uint64 // written

	mu      sync.Mutex
	backlog []delivery // sent before it joined, not yet taken
	writing []delivery // taken; the writer alone changes it, and reads it without the lock
	queue   []delivery
	size    int   // bytes of queue
	held    bool  // nothing is taken
	fate    End   // why it ends, once it does
	cause   error // not nil: it ends at once, the queue is lost
	over    bool  // the writer has gone
}

// Subscribe is a request for a session.
type Subscribe struct {
	ClientID    string
	Mode        Mode
	Remote      string // address and port of the peer
	UserAgent   string // shown; not more than its beginning
	LastEventID string // shown; the same

	Faults  []*fault.Active // that hit the connection
	Crowded bool            // nearly all files are open; see [ErrFullFiles]
	Size    int             // bytes that the request takes as long as the stream lasts

	Response     http.ResponseWriter
	WriteTimeout time.Duration // of one write, after which the subscriber is cut off
	HTTP2        bool
	// Farewell says to write a comment when another subscriber replaces the session.
	Farewell bool
}

// NewSession returns a session that has yet to join the hub.
func NewSession(r Subscribe) *Session {
	s := &Session{
		clientID:     r.ClientID,
		mode:         r.Mode,
		remote:       r.Remote,
		userAgent:    r.UserAgent,
		lastEventID:  r.LastEventID,
		since:        time.Now(),
		faults:       r.Faults,
		met:          fault.KindsOn(r.Faults),
		crowded:      r.Crowded,
		cost:         sessionCost + r.Size,
		w:            r.Response,
		rc:           http.NewResponseController(r.Response),
		writeTimeout: r.WriteTimeout,
		http2:        r.HTTP2,
		farewell:     r.Farewell,
		wake:         make(chan struct{}, 1),
	}
	if slices.Contains(s.met, fault.Gzip) {
		s.cost += gzipCost
	}
	return s
}

// ClientID, Name, Mode, Remote and Faults are what s was made of; Name, which
// every id begins with, is empty until it has joined. Met are the kinds of its
// faults that were on when it was made.
func (s *Session) ClientID() string        { return s.clientID }
func (s *Session) Name() string            { return s.name }
func (s *Session) Mode() Mode              { return s.mode }
func (s *Session) Remote() string          { return s.remote }
func (s *Session) Faults() []*fault.Active { return s.faults }
func (s *Session) Met() []fault.Kind       { return s.met }

// WriteHeader begins the answer, with the headers as its faults want them. ctx is
// the request's.
func (s *Session) WriteHeader(ctx context.Context) {
	if s.faults != nil {
		s.bent = newBent(ctx, s, s.faults)
	}
	s.w.WriteHeader(http.StatusOK)
}

// id is the id of the n-th message.
func (s *Session) id(n uint64) string {
	return s.name + "-" + strconv.FormatUint(n, 10)
}

// address is the remote address without the port.
func (s *Session) address() string {
	host, _, err := net.SplitHostPort(s.remote)
	if err != nil {
		return s.remote
	}
	return host
}

// push queues m, unless the queue is full.
func (s *Session) push(m delivery) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil || !s.fits(len(m.body)) {
		return false
	}
	s.queue = append(s.queue, m)
	s.size += len(m.body)
	s.signal()
	return true
}

// fits reports whether a message of a size can be queued; s.mu is held.
func (s *Session) fits(size int) bool {
	return len(s.queue) < maxQueued && (len(s.queue) == 0 || s.size+size <= maxQueuedBytes)
}

// hasRoom is fits, with room to spare for what others send meanwhile. A session
// that ends has room: nothing waits for it.
func (s *Session) hasRoom(size int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fate != "" || s.over || len(s.queue) < maxQueued/2 && s.fits(size)
}

// end lets the stream end after what is queued. The caller sees to it that
// nothing is pushed afterwards.
func (s *Session) end(why End) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.fate = why
	}
	s.signal()
}

// cut ends the stream at once, even in the middle of a write.
func (s *Session) cut(why End, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil || s.over {
		return // the connection may serve another request already
	}
	s.releaseAll()
	s.fate, s.cause = why, cause
	s.rc.SetWriteDeadline(time.Now())
	s.signal()
}

// releaseAll counts nothing any more for the messages of s, which will hardly
// have them any longer; s.mu is held.
func (s *Session) releaseAll() {
	if s.cause == nil {
		s.memory.release(s.backlog)
		s.memory.release(s.writing)
		s.memory.release(s.queue)
	}
}

// unread is how many bytes of messages s has yet to write, 0 if it was cut off,
// and how much memory they take if nobody else has them.
func (s *Session) unread() (bytes, takes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil {
		return 0, 0
	}
	for _, list := range [][]delivery{s.backlog, s.writing, s.queue} {
		for _, m := range list {
			bytes += len(m.body)
			takes += m.size() + slotCost
		}
	}
	return bytes, takes
}

func (s *Session) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // the writer will look anyway
	}
}

// hold makes the writer leave the queue as it is, or go on; it writes what is
// left in any case before it ends.
func (s *Session) hold(held bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = held
	s.signal()
}

// trim gives back what a burst of messages made the queues grow to. The writer
// calls it when it has nothing to write.
func (s *Session) trim() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		s.queue = nil
	}
	s.writing = nil // take has emptied it
}

// finish is the writer's last word. It returns the ids of what was not written;
// not of what a poll left, which waits for the next one.
func (s *Session) finish() (lost []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	s.releaseAll()
	if !s.mode.polls() {
		for _, m := range append(s.writing[s.written:], s.queue...) {
			if m.n > s.joined && !m.raw {
				lost = append(lost, s.id(m.n))
			}
		}
	}
	s.backlog, s.writing, s.queue, s.size = nil, nil, nil, 0
	if s.bent != nil {
		s.memory.give(len(s.bent.back))
	}
	s.bent, s.w, s.rc = nil, nil, nil // a session that polled is remembered for a while, without its response
	return lost
}
