package client

import (
	"time"

	"sseconsole/client/record"
)

// The differences of engine go-sse, each the Type of a Difference record;
// docs/go-sse.md describes them. Data and ID are what a browser reads, Raw the bytes
// concerned, if any.
const (
	CacheHeader         = "cache_header"          // the request has Cache: no-cache instead of Cache-Control
	ContentTypeAccepted = "content_type_accepted" // it reads a response that a browser refuses
	ContentTypeRefused  = "content_type_refused"  // it refuses a response that a browser reads
	EmptyEvent          = "empty_event"           // it dispatched an event for a block without data
	DispatchedAtEOF     = "dispatched_at_eof"     // it dispatched the unfinished block at the end of the stream; only in records made with go-sse 0.11
	InvalidUTF8         = "invalid_utf8"          // it left bytes in an event that are not UTF-8
	OtherEvent          = "other_event"           // it read an event differently
	EventMissing        = "event_missing"         // it dispatched no event for a block
	EventTooLarge       = "event_too_large"       // it gave up at a block over 64 KiB; Raw is the beginning
	SilentStop          = "silent_stop"           // it ended without an error and does not reconnect; Raw is the end of the stream
	FutileRetry         = "futile_retry"          // it reconnects where a browser has failed for good
	RetryIgnored        = "retry_ignored"         // it does not wait the announced time; Data and Delay are the retry
	RetryJitter         = "retry_jitter"          // it waits that time plus or minus up to half of it
	OtherLastEventID    = "other_last_event_id"   // it reconnects with the Last-Event-ID in Data, a browser with the one in ID
)

// Differences returns the Types of Difference records.
func Differences() []string {
	return []string{
		CacheHeader, ContentTypeAccepted, ContentTypeRefused, EmptyEvent, DispatchedAtEOF, InvalidUTF8, OtherEvent,
		EventMissing, EventTooLarge, SilentStop, FutileRetry, RetryIgnored, RetryJitter, OtherLastEventID,
	}
}

// differ emits a Difference record about a record that a browser reads differently.
func (s *Subscription) differ(code string, about record.Record) {
	d := s.newRecord(record.Difference, time.Now())
	d.Type, d.ID, d.Data, d.Delay = code, about.ID, about.Data, about.Delay
	d.Raw, d.Offset, d.FirstChunk, d.LastChunk = about.Raw, about.Offset, about.FirstChunk, about.LastChunk
	if about.Conn != 0 {
		d.Conn = about.Conn // a retry may be from an earlier connection
	}
	s.client.Record(d)
}
