package fault

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind is what goes wrong.
type Kind string

const (
	DelayHeaders      Kind = "delay-headers"        // the headers wait for Delay
	DelayEvents       Kind = "delay-events"         // every event waits for Delay and up to Jitter more
	Trickle           Kind = "trickle"              // bytes go out one by one, Delay (10 ms) between them
	SplitRune         Kind = "split-rune"           // an event pauses for Delay (100 ms) in its first character that has several bytes
	CutAfterEvents    Kind = "cut-after-events"     // the connection is cut in the middle of the event after the N-th
	CutAfterBytes     Kind = "cut-after-bytes"      // the connection is cut after N bytes of the stream
	Refusal           Kind = "status"               // Status (500) instead of a stream; 429 and 503 with Retry-After, if RetryAfter is set
	WrongType         Kind = "wrong-type"           // Content-Type: text/plain
	HTMLPage          Kind = "html"                 // an error page in HTML, with status 200
	NoBlankLine       Kind = "no-blank-line"        // no event ends
	LineEndCR         Kind = "cr"                   // CR instead of LF
	LineEndCRLF       Kind = "crlf"                 // CRLF instead of LF
	ByteOrderMark     Kind = "bom"                  // U+FEFF at the beginning
	RawLineFeed       Kind = "raw-line-feed"        // data is not split into lines, as by Spring
	NULInID           Kind = "nul-in-id"            // every id of an event has a NUL
	HugeEvent         Kind = "huge-event"           // an event "huge" with N (10 MiB) bytes of data comes first
	NoKeepAlive       Kind = "no-keep-alive"        // no comments while it is quiet
	Gzip              Kind = "gzip"                 // compressed, asked for or not
	Beats             Kind = "beats"                // everything is held back and sent every Delay (2 s), as by a bad proxy
	DuplicateIDs      Kind = "duplicate-ids"        // 1 1 2 2 …
	SkippedIDs        Kind = "skipped-ids"          // 2 4 6 …
	BackwardsIDs      Kind = "backwards-ids"        // 2 1 4 3 …
	IgnoreLastEventID Kind = "ignore-last-event-id" // a reconnect is taken for a fresh subscribe
	RetryStorm        Kind = "retry-storm"          // "retry: 0", and the stream ends at once
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{
		DelayHeaders, DelayEvents, Trickle, SplitRune, CutAfterEvents, CutAfterBytes, Refusal, WrongType, HTMLPage, NoBlankLine, LineEndCR,
		LineEndCRLF, ByteOrderMark, RawLineFeed, NULInID, HugeEvent, NoKeepAlive, Gzip, Beats, DuplicateIDs, SkippedIDs, BackwardsIDs,
		IgnoreLastEventID, RetryStorm,
	}
}

// Fault is something that goes wrong on purpose for the connections, that is
// subscribes, of a clientId. Several faults can meet in one connection.
type Fault struct {
	Kind     Kind
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

// check returns what is unknown or out of range in f.
func (f Fault) check() error {
	statuses := []int{204, 301, 401, 404, 429, 500, 503}
	switch {
	case !slices.Contains(Kinds(), f.Kind):
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
