package fault

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind is the kind of a fault.
type Kind string

// The kinds. Numbers in parentheses are defaults.
const (
	DelayHeaders      Kind = "delay-headers"        // delays the headers by Delay
	DelayEvents       Kind = "delay-events"         // delays each event by Delay plus up to Jitter
	Trickle           Kind = "trickle"              // sends single bytes, Delay (10 ms) apart
	SplitRune         Kind = "split-rune"           // pauses for Delay (100 ms) within the first multi-byte character of each event
	CutAfterEvents    Kind = "cut-after-events"     // cuts the connection in the middle of the event after the N-th
	CutAfterBytes     Kind = "cut-after-bytes"      // cuts the connection after N bytes of the stream
	Refusal           Kind = "status"               // responds with Status (500); with RetryAfter for 429 and 503
	WrongType         Kind = "wrong-type"           // sends Content-Type: text/plain
	HTMLPage          Kind = "html"                 // responds with an HTML error page and status 200
	NoBlankLine       Kind = "no-blank-line"        // omits the blank line after each event
	LineEndCR         Kind = "cr"                   // ends lines with CR
	LineEndCRLF       Kind = "crlf"                 // ends lines with CRLF
	ByteOrderMark     Kind = "bom"                  // begins the stream with U+FEFF
	RawLineFeed       Kind = "raw-line-feed"        // does not split data into lines, like Spring
	NULInID           Kind = "nul-in-id"            // puts a NUL into the id of each event
	HugeEvent         Kind = "huge-event"           // sends an event "huge" with N (10 MiB) bytes of data first
	NoKeepAlive       Kind = "no-keep-alive"        // omits keep-alive comments
	Gzip              Kind = "gzip"                 // compresses the stream even if not requested
	Beats             Kind = "beats"                // holds everything back and sends it every Delay (2 s), like a bad proxy
	DuplicateIDs      Kind = "duplicate-ids"        // numbers ids 1 1 2 2 …
	SkippedIDs        Kind = "skipped-ids"          // numbers ids 2 4 6 …
	BackwardsIDs      Kind = "backwards-ids"        // numbers ids 2 1 4 3 …
	IgnoreLastEventID Kind = "ignore-last-event-id" // treats a reconnect as a new subscribe
	RetryStorm        Kind = "retry-storm"          // sends "retry: 0" and ends the stream at once
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{
		DelayHeaders, DelayEvents, Trickle, SplitRune, CutAfterEvents, CutAfterBytes, Refusal, WrongType, HTMLPage, NoBlankLine, LineEndCR,
		LineEndCRLF, ByteOrderMark, RawLineFeed, NULInID, HugeEvent, NoKeepAlive, Gzip, Beats, DuplicateIDs, SkippedIDs, BackwardsIDs,
		IgnoreLastEventID, RetryStorm,
	}
}

// Fault is a fault of the connections, that is subscribes, of a clientId. Several faults
// can hit one connection.
type Fault struct {
	Kind     Kind
	ClientID string // empty means every clientId
	// Next is the number of connections to hit. 0 means all, until the fault is cleared.
	Next int
	// Share is the fraction of connections to hit, evenly spread: 0.25 hits every fourth.
	// 0 means all.
	Share float64

	// Parameters of some kinds. 0 means the default of the kind.
	Delay, Jitter time.Duration
	N             int
	Status        int           // 204, 301, 401, 404, 429, 500 or 503
	RetryAfter    time.Duration // whole seconds

	// Set by Registry:
	ID   int
	Hits int // connections hit so far
}

// check returns an error if a value of f is unknown or out of range.
func (f Fault) check() error {
	statuses := []int{204, 301, 401, 404, 429, 500, 503}
	switch {
	case !slices.Contains(Kinds(), f.Kind):
		return fmt.Errorf("there is no kind %q", f.Kind)
	case f.Next < 0 || f.N < 0 || f.Delay < 0 || f.Jitter < 0 || f.RetryAfter < 0 || f.RetryAfter%time.Second != 0:
		return errors.New("a number is out of range")
	case !(f.Share >= 0 && f.Share <= 1):
		return errors.New("the share must be from 0 to 1")
	case f.Kind == Refusal && f.Status != 0 && !slices.Contains(statuses, f.Status):
		return fmt.Errorf("the status must be one of %v", statuses)
	}
	return nil
}
