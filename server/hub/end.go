package hub

// End says why a session ended.
type End string

const (
	// Replaced means that another subscriber with the clientId took over.
	Replaced End = "replaced"
	// Closed means that a close call or the server's shutdown ended it.
	Closed End = "closed"
	// Left means that the subscriber ended the connection, or vanished.
	Left End = "left"
	// CutOff means that the subscriber did not keep up. If the error is
	// ErrMemoryFull, it had the most unread bytes when memory was needed.
	CutOff End = "cut off"
	// Dropped means that the connection was cut on purpose.
	Dropped End = "dropped"
	// Faulted means that a fault ended the stream.
	Faulted End = "faulted"
	// Polled means that the response to a poll is complete.
	Polled End = "polled"
	// Raced means that, under the policy Spring, the end of the previous session
	// ended this one.
	Raced End = "raced"
)
