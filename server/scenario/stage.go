package scenario

import (
	"sseconsole/server/fault"
	"sseconsole/server/message"
)

// Stage is what scenarios are played on: a server and its subscribers. Its methods
// are called from any goroutine and do not wait.
type Stage interface {
	// WithRoom and RawWithRoom return a function that sends a message, or bytes of
	// the stream. An error says why m is invalid.
	WithRoom(m message.Message) (message.Sending, error)
	RawWithRoom(text []byte) message.Sending

	// SetFault turns f on and returns its ID; ClearFault turns it off and reports
	// whether it was on.
	SetFault(f fault.Fault) (id int, err error)
	ClearFault(id int) bool

	// Known returns those of clientIDs that are subscribed, or with none of all.
	Known(clientIDs []string) []string
	// Close ends the sessions of clientID after what is queued for them, and
	// reports whether there were any. Drop cuts the connections of clientIDs.
	Close(clientID string) bool
	Drop(clientIDs []string)

	// Reserve counts n bytes of memory and makes room for them, or reports that
	// there is none. Charge counts them in any case, or gives them back if n is
	// negative.
	Reserve(n int) bool
	Charge(n int)

	// Begun and Ended report that a player has begun or ended; clientID is the only
	// one that it plays to, or empty. Crowded reports that there is no memory to
	// play a scenario to clientID.
	Begun(player int, title, clientID string)
	Ended(player int, title, clientID string)
	Crowded(title, clientID string)
}
