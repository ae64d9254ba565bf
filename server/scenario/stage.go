package scenario

import (
	"sseconsole/server/fault"
	"sseconsole/server/message"
)

// Stage is what scenarios are played on: a server and its subscribers. Its methods are
// called from any goroutine and must not block.
type Stage interface {
	// WithRoom and RawWithRoom return a function that sends a message, or raw bytes of
	// the stream. The error says why m is invalid.
	WithRoom(m message.Message) (message.Sending, error)
	RawWithRoom(text []byte) message.Sending

	// SetFault turns f on and returns its ID. ClearFault turns it off and reports
	// whether it was on.
	SetFault(f fault.Fault) (id int, err error)
	ClearFault(id int) bool

	// Known returns the clientIDs that are subscribed, or all that are if there are no
	// arguments.
	Known(clientIDs []string) []string
	// Close ends the sessions of clientID after they have written what is queued, and
	// reports whether there were any. Drop cuts the connections of clientIDs.
	Close(clientID string) bool
	Drop(clientIDs []string)

	// Reserve counts n more bytes of memory, making room if it must, and reports whether
	// they fit. Charge adds n, which may be negative, even beyond the bound.
	Reserve(n int) bool
	Charge(n int)

	// PlayBegan and PlayEnded are called when a player has begun or ended. clientID is
	// its only recipient, or empty. NoMemory is called when there is no memory to play a
	// scenario to clientID.
	PlayBegan(player int, title, clientID string)
	PlayEnded(player int, title, clientID string)
	NoMemory(title, clientID string)
}
