package server

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

const (
	DelayHeaders      FaultKind = "delay-headers"        // the headers wait for Delay
	DelayEvents       FaultKind = "delay-events"         // every event waits for Delay and up to Jitter more
	Trickle           FaultKind = "trickle"              // bytes go out one by one, Delay (10 ms) between them
	SplitRune         FaultKind = "split-rune"           // an event pauses for Delay (100 ms) in its first character that has several bytes
	CutAfterEvents    FaultKind = "cut-after-events"     // the connection is cut in the middle of the event after the N-th
	CutAfterBytes     FaultKind = "cut-after-bytes"      // the connection is cut after N bytes of the stream
	Refusal           FaultKind = "status"               // Status (500) instead of a stream; 429 and 503 with Retry-After, if RetryAfter is set
	WrongType         FaultKind = "wrong-type"           // Content-Type: text/plain
	HTMLPage          FaultKind = "html"                 // an error page in HTML, with status 200
	NoBlankLine       FaultKind = "no-blank-line"        // no event ends
	LineEndCR         FaultKind = "cr"                   // CR instead of LF
	LineEndCRLF       FaultKind = "crlf"                 // CRLF instead of LF
	ByteOrderMark     FaultKind = "bom"                  // U+FEFF at the beginning
	RawLineFeed       FaultKind = "raw-line-feed"        // data is not split into lines, as by Spring
	NULInID           FaultKind = "nul-in-id"            // every id of an event has a NUL
	HugeEvent         FaultKind = "huge-event"           // an event "huge" with N (10 MiB) bytes of data comes first
	NoKeepAlive       FaultKind = "no-keep-alive"        // no comments while it is quiet
	Gzip              FaultKind = "gzip"                 // compressed, asked for or not
	Beats             FaultKind = "beats"                // everything is held back and sent every Delay (2 s), as by a bad proxy
	DuplicateIDs      FaultKind = "duplicate-ids"        // 1 1 2 2 …
	SkippedIDs        FaultKind = "skipped-ids"          // 2 4 6 …
	BackwardsIDs      FaultKind = "backwards-ids"        // 2 1 4 3 …
	IgnoreLastEventID FaultKind = "ignore-last-event-id" // a reconnect is taken for a fresh subscribe
	RetryStorm        FaultKind = "retry-storm"          // "retry: 0", and the stream ends at once
)

// FaultKinds returns all kinds.
func FaultKinds() []FaultKind {
	return []FaultKind{
		DelayHeaders, DelayEvents, Trickle, SplitRune, CutAfterEvents, CutAfterBytes, Refusal, WrongType, HTMLPage, NoBlankLine, LineEndCR,
		LineEndCRLF, ByteOrderMark, RawLineFeed, NULInID, HugeEvent, NoKeepAlive, Gzip, Beats, DuplicateIDs, SkippedIDs, BackwardsIDs,
		IgnoreLastEventID, RetryStorm,
	}
}

// Fault is something that goes wrong on purpose for the connections, that is
// subscribes, of a clientId. Several faults can meet in one connection.
type Fault struct {
	Kind     FaultKind
	ClientID string // empty: every clientId
	// Next is how many more connections it hits; 0: all, until it is cleared.
	Next int
	// Share is the part of the connections that it hits, spread evenly: with
	// 0.25 every fourth. 0: all.
	Share float64

	// These count for some kinds only; where 0 stands for another value, the
	// kind says it.
	Delay, Jitter time.Duration
	N             int
	Status        int           // 204, 301, 401, 404, 429, 500 or 503
	RetryAfter    time.Duration // whole seconds

	// Set by the server:
	ID   int
	Hits int // connections so far
}

// fault is a Fault that was set.
type fault struct {
	Fault
	seen int         // connections that it could have hit
	live int         // of those that it has hit, how many are under way
	off  atomic.Bool // cleared; for those connections that it has hit
}

// faults are those that are on: for later connections, or spent and there for
// a stream that is under way.
type faults struct {
	mu        sync.Mutex
	on, spent []*fault
	last      int // ID
}

// SetFault turns f on for later connections and returns its ID. It refuses what
// it does not know, or what is out of range.
func (s *Server) SetFault(f Fault) (id int, err error) {
	if err := f.check(); err != nil {
		return 0, fmt.Errorf("server: fault: %w", err)
	}
	defaults := map[FaultKind]Fault{
		Trickle:   {Delay: 10 * time.Millisecond},
		SplitRune: {Delay: 100 * time.Millisecond},
		Beats:     {Delay: 2 * time.Second},
		HugeEvent: {N: 10 << 20},
		Refusal:   {Status: http.StatusInternalServerError},
	}[f.Kind]
	if f.Delay == 0 {
		f.Delay = defaults.Delay
	}
	if f.N == 0 {
		f.N = defaults.N
	}
	if f.Status == 0 {
		f.Status = defaults.Status
	}
	id = s.faults.add(f)
	s.observe(Notice{Kind: FaultOn, ClientID: f.ClientID, Fault: f.String()})
	return id, nil
}

func (r *faults) add(f Fault) (id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	f.ID, f.Hits = r.last, 0
	r.on = append(r.on, &fault{Fault: f})
	return f.ID
}

// check returns what is unknown or out of range in f.
func (f Fault) check() error {
	statuses := []int{204, 301, 401, 404, 429, 500, 503}
	switch {
	case !slices.Contains(FaultKinds(), f.Kind):
		return fmt.Errorf("there is no kind %q", f.Kind)
	case f.Next < 0 || f.N < 0 || f.Delay < 0 || f.Jitter < 0 || f.RetryAfter < 0 || f.RetryAfter%time.Second != 0:
		return errors.New("a number is out of range")
	case !(f.Share >= 0 && f.Share <= 1):
		return errors.New("the share is from 0 to 1")
	case f.Kind == Refusal && f.Status != 0 && !slices.Contains(statuses, f.Status):
		return fmt.Errorf("the status must be one of %v", statuses)
	}
	return nil
}

// Faults returns the faults that are on, in the order that they were set. One
// that has hit its last connection is on as long as that is under way.
func (s *Server) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	list := make([]Fault, 0, len(s.faults.on)+len(s.faults.spent))
	for _, f := range append(slices.Clone(s.faults.on), s.faults.spent...) {
		list = append(list, f.Fault)
	}
	slices.SortFunc(list, func(a, b Fault) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// ClearFault turns a fault off, also for the connections that it has hit, but
// for compression. It tells whether it was on.
func (s *Server) ClearFault(id int) bool {
	return s.clearFaults(func(f *fault) bool { return f.ID == id })
}

// ClearFaults turns all faults off.
func (s *Server) ClearFaults() { s.clearFaults(func(*fault) bool { return true }) }

func (s *Server) clearFaults(which func(*fault) bool) bool {
	cleared := s.faults.clear(which)
	s.observeOff(cleared)
	return len(cleared) > 0
}

func (s *Server) observeOff(list []Fault) {
	for _, f := range list {
		s.observe(Notice{Kind: FaultOff, ClientID: f.ClientID, Fault: f.String()})
	}
}

func (r *faults) clear(which func(*fault) bool) (cleared []Fault) {
	r.mu.Lock()
	defer r.mu.Unlock()
	off := func(f *fault) bool {
		if !which(f) {
			return false
		}
		f.off.Store(true)
		cleared = append(cleared, f.Fault)
		return true
	}
	r.on = slices.DeleteFunc(r.on, off)
	r.spent = slices.DeleteFunc(r.spent, off)
	return cleared
}

// hit returns the faults of one connection; release must follow.
func (r *faults) hit(clientID string) (hits []*fault) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = slices.DeleteFunc(r.on, func(f *fault) bool {
		if f.ClientID != "" && f.ClientID != clientID {
			return false
		}
		f.seen++
		if f.Share > 0 && int(float64(f.seen)*f.Share) == int(float64(f.seen-1)*f.Share) {
			return false
		}
		f.Hits++
		f.live++
		hits = append(hits, f)
		if f.Next == 0 || f.Hits < f.Next {
			return false
		}
		r.spent = append(r.spent, f)
		return true
	})
	return hits
}

// release says that the connection is over, and returns the faults that this
// turned off.
func (r *faults) release(hits []*fault) (off []Fault) {
	if len(hits) == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range hits {
		f.live--
	}
	r.spent = slices.DeleteFunc(r.spent, func(f *fault) bool {
		if f.live > 0 {
			return false
		}
		off = append(off, f.Fault)
		return true
	})
	return off
}

// kindsOf returns the kinds of those that are on.
func kindsOf(hits []*fault) (kinds []FaultKind) {
	for _, f := range hits {
		if !f.off.Load() {
			kinds = append(kinds, f.Kind)
		}
	}
	return kinds
}

// refuses tells whether the fault leaves no stream.
func (f *fault) refuses() bool { return f.Kind == HTMLPage || f.Kind == Refusal }

// refuse answers a subscribe instead of a stream.
func (f *fault) refuse(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	switch {
	case f.Kind == HTMLPage:
		h.Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>\n")
	case f.Status == http.StatusNoContent:
		w.WriteHeader(f.Status)
	default:
		switch f.Status {
		case http.StatusMovedPermanently:
			h.Set("Location", r.URL.RequestURI())
		case http.StatusUnauthorized:
			h.Set("WWW-Authenticate", "Bearer")
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			if f.RetryAfter > 0 {
				h.Set("Retry-After", fmt.Sprint(int(f.RetryAfter.Seconds())))
			}
		}
		failure(f.Status, "a fault that is on says so").writeTo(w)
	}
}

// faultsPage answers the call faults.
func (s *Server) faultsPage(w http.ResponseWriter, _ *http.Request, _ params) {
	type line struct {
		ID    int    `json:"id"`
		Fault string `json:"fault"`
		Hits  int    `json:"hits"`
	}
	list := []line{}
	for _, f := range s.Faults() {
		list = append(list, line{f.ID, f.String(), f.Hits})
	}
	success(list).writeTo(w)
}
