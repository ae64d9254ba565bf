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
	Event     Kind = iota + 1 // a block with data: an application gets an event
	Comment                   // a line that starts with a colon
	Retry                     // a valid or empty retry field: the reconnection time is set
	Cursor                    // a block without data whose id field set the last event ID
	Ignored                   // another block without data: nothing comes of it
	Discarded                 // bytes after the last blank line when the stream ended: never dispatched
)

// Item is one decoded thing of a stream. Its strings are valid UTF-8, with
// U+FFFD where the bytes were not, and may be kept: neighbouring short ones share
// an allocation of 4 KiB.
type Item struct {
	Kind  Kind
	Type  string        // Event: its type, "message" unless the block says otherwise
	Data  string        // Event: its data. Comment: its text. Retry: the digits, "" for the default
	ID    string        // the last event ID as it stands at this item
	Delay time.Duration // Retry: the reconnection time, the longest Duration if it is longer

	// Raw is what the item came from, byte for byte. For an Event, a Cursor or an
	// Ignored it is the whole block, from its first field (a comment before that stands
	// alone) through its blank line, with the comments and retry fields inside
	// it; for a Comment or a Retry it is the line with its end. The first item
	// includes a leading byte order mark.
	//
	// A line that ends in CR is complete at once. The LF of a CRLF that comes in
	// a later chunk than the CR is therefore missing at the end of Raw.
	//
	// Raw belongs to the decoder or to the caller of Write: copy it to keep it.
	Raw    []byte
	Offset int64 // of Raw's first byte in the stream

	// FirstChunk and LastChunk tell by which Write the item began and by which
	// it was complete, from 1; a Write of nothing does not count. When they are
	// equal Raw lies whole within what was written.
	FirstChunk, LastChunk int
}

// TooLargeError says that a block or a comment is longer than the limit.
type TooLargeError struct {
	Limit  int   // bytes
	Offset int64 // where the block starts in the stream
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("eventstream: block at byte %d is over %d bytes", e.Offset, e.Limit)
}
