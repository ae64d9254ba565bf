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
	// writeSize is the number of bytes per write deadline. So a subscriber that does
	// not read is cut off, and one that reads slowly is not.
	writeSize = 32 << 10
)

// delivery is one message for one subscriber.
type delivery struct {
	n uint64 // number among the clientId's messages, from 1
	*payload
}

// Session is one subscriber. Only the goroutine of its request writes to it; any
// goroutine may push messages, end it and cut it.
type Session struct {
	clientID    string
	mode        Mode
	remote      string
	userAgent   string
	lastEventID string // of the request
	since       time.Time
	faults      []*fault.Active
	faultKinds  []fault.Kind // of faults, also after they were cleared
	fewFiles    bool
	cost        int // memory counted in addition to messages; guarded by Hub.mu once joined

	// Set by Hub.Join:
	name          string // "<run>.<client>.<k>"
	number        uint64 // k, counted from 1 for each clientId
	previous      uint64 // number of the session named by the request's Last-Event-ID; 0 for none
	continues     bool   // continues the last poll though the request has no Last-Event-ID
	first, joined uint64 // the stream begins after message first; joined were sent before Join
	missing       string // a sentence about messages in between that are missing
	idBlock       bool   // the stream begins with the id block
	batches       *sync.Pool
	memory        *memory // counts the session's messages until it is cut or over

	w            http.ResponseWriter
	rc           *http.ResponseController
	writeTimeout time.Duration
	http2        bool
	farewell     bool
	wake         chan struct{} // capacity 1; tells the writer to call take

	// Used by the writer only:
	written int          // number of messages of writing that are written
	faulty  *faultWriter // nil if no fault hit the connection

	last          atomic.Uint64 // number of the last message written
	events, bytes atomic.Uint64 // written so far

	mu      sync.Mutex
	backlog []delivery // sent before Join, not yet taken
	writing []delivery // taken; only the writer changes it, and reads it without the lock
	queue   []delivery
	size    int   // bytes in queue
	held    bool  // take leaves the queue alone
	reason  End   // empty while the session goes on
	cause   error // if not nil, the session ends at once and the queue is lost
	over    bool  // the writer has finished
}

// Subscribe describes a request for a session.
type Subscribe struct {
	ClientID    string
	Mode        Mode
	Remote      string // address and port of the peer
	UserAgent   string // to be shown; shortened
	LastEventID string // to be shown; shortened

	Faults   []*fault.Active // that hit the connection
	FewFiles bool            // hardly any files are left; see [ErrFullFiles]
	Size     int             // bytes that the request occupies while the stream lasts

	Response     http.ResponseWriter
	WriteTimeout time.Duration // for one write; then the subscriber is cut off
	HTTP2        bool
	Farewell     bool // write a comment when another subscriber replaces the session
}

// NewSession returns a session for r, to be passed to [Hub.Join].
func NewSession(r Subscribe) *Session {
	s := &Session{
		clientID:     r.ClientID,
		mode:         r.Mode,
		remote:       r.Remote,
		userAgent:    r.UserAgent,
		lastEventID:  r.LastEventID,
		since:        time.Now(),
		faults:       r.Faults,
		faultKinds:   fault.KindsOn(r.Faults),
		fewFiles:     r.FewFiles,
		cost:         sessionCost + r.Size,
		w:            r.Response,
		rc:           http.NewResponseController(r.Response),
		writeTimeout: r.WriteTimeout,
		http2:        r.HTTP2,
		farewell:     r.Farewell,
		wake:         make(chan struct{}, 1),
	}
	if slices.Contains(s.faultKinds, fault.Gzip) {
		s.cost += gzipCost
	}
	return s
}

// ClientID, Mode, Remote and Faults return what NewSession was called with. Name
// returns the name that the session's ids begin with, or "" before Join. FaultKinds
// returns the kinds of the faults that were on when NewSession was called.
func (s *Session) ClientID() string         { return s.clientID }
func (s *Session) Name() string             { return s.name }
func (s *Session) Mode() Mode               { return s.mode }
func (s *Session) Remote() string           { return s.remote }
func (s *Session) Faults() []*fault.Active  { return s.faults }
func (s *Session) FaultKinds() []fault.Kind { return s.faultKinds }

// WriteHeader applies the faults of s to the response headers and writes status 200.
// ctx is the context of the request.
func (s *Session) WriteHeader(ctx context.Context) {
	if s.faults != nil {
		s.faulty = newFaultWriter(ctx, s, s.faults)
	}
	s.w.WriteHeader(http.StatusOK)
}

// id returns the id of the n-th message.
func (s *Session) id(n uint64) string {
	return s.name + "-" + strconv.FormatUint(n, 10)
}

// address returns the remote address without the port.
func (s *Session) address() string {
	host, _, err := net.SplitHostPort(s.remote)
	if err != nil {
		return s.remote
	}
	return host
}

// push queues m and reports whether there was room.
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

// fits reports whether a message of this size can be queued. The caller holds s.mu.
func (s *Session) fits(size int) bool {
	return len(s.queue) < maxQueued && (len(s.queue) == 0 || s.size+size <= maxQueuedBytes)
}

// hasRoom is like fits, but leaves half of the queue to other senders. A session that
// is ending has room, so that nobody waits for it.
func (s *Session) hasRoom(size int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reason != "" || s.over || len(s.queue) < maxQueued/2 && s.fits(size)
}

// end ends the stream after the queue has been written. The caller must not push
// afterwards.
func (s *Session) end(why End) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		s.reason = why
	}
	s.signal()
}

// cut ends the stream at once, even in the middle of a write.
func (s *Session) cut(why End, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil || s.over {
		return // the connection may already serve another request
	}
	s.releaseAll()
	s.reason, s.cause = why, cause
	s.rc.SetWriteDeadline(time.Now())
	s.signal()
}

// releaseAll stops counting the messages of s, which is about to drop them. The caller
// holds s.mu.
func (s *Session) releaseAll() {
	if s.cause == nil {
		s.memory.release(s.backlog)
		s.memory.release(s.writing)
		s.memory.release(s.queue)
	}
}

// unread returns the bytes of the messages that s has yet to write, and the memory that
// they take if no other list contains them. Both are 0 if s was cut.
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
	default: // a signal is pending
	}
}

// hold pauses delivery, or resumes it. A session that ends writes its queue even while
// it is held.
func (s *Session) hold(held bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = held
	s.signal()
}

// trim frees the capacity of empty queues. The writer calls it when it has nothing to
// write.
func (s *Session) trim() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		s.queue = nil
	}
	s.writing = nil // emptied by take
}

// finish drops the queues, after the writer has finished. It returns the ids of the
// messages that were not written; none for a poll, whose successor delivers them.
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
	if s.faulty != nil {
		s.memory.give(len(s.faulty.back))
	}
	s.faulty, s.w, s.rc = nil, nil, nil // a poll outlives its response while the next one is awaited
	return lost
}
