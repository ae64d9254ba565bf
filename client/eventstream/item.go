package eventstream

import (
	"fmt"
	"time"
)

// DefaultReconnectionTime is what Chromium waits until a stream says otherwise, and
// again after an empty retry field.
const DefaultReconnectionTime = 3 * time.Second

// Kind says what an Item is.
type Kind uint8

// The kinds of items.
const (
	Event     Kind = iota + 1 // a block with data: an event is dispatched
	Comment                   // a line that starts with a colon
	Retry                     // a valid or empty retry field: the reconnection time is set
	Cursor                    // a block without data that sets the last event ID
	Ignored                   // any other block without data: it has no effect
	Discarded                 // bytes after the last blank line of the stream: never dispatched
)

// Item is one item of a stream. Its strings are valid UTF-8, with U+FFFD where the
// bytes were not. They may be retained; neighbouring short strings share an
// allocation of 4 KiB.
type Item struct {
	Kind  Kind
	Type  string        // Event: its type, "message" by default
	Data  string        // Event: its data. Comment: its text. Retry: the digits, "" for the default
	ID    string        // the last event ID at this item
	Delay time.Duration // Retry: the reconnection time, at most the longest Duration

	// Raw is the bytes that the item came from. For an Event, a Cursor or an
	// Ignored item it is the whole block, from its first field through its blank
	// line, including comments and retry fields inside it, but not comments
	// before it. For a Comment or a Retry it is the line with its end. The first
	// item includes a leading byte order mark.
	//
	// A line that ends in CR is complete at once. If the LF of a CRLF arrives in
	// a later chunk than the CR, it is therefore missing at the end of Raw.
	//
	// Raw belongs to the decoder or to the caller of Write: copy it to retain it.
	Raw    []byte
	Offset int64 // position of Raw's first byte in the stream

	// FirstChunk and LastChunk are the numbers, from 1, of the Writes in which
	// the item began and was completed; a Write of no bytes does not count. If
	// they are equal, Raw is within the bytes written.
	FirstChunk, LastChunk int
}

// TooLargeError says that a block or a comment exceeds the limit.
type TooLargeError struct {
	Limit  int   // bytes
	Offset int64 // where the block starts in the stream
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("eventstream: block at byte %d is larger than %d bytes", e.Offset, e.Limit)
}
