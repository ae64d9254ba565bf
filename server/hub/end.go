package hub

// End is why a session ended.
type End string

const (
	// Replaced: another subscriber with this clientId took over.
	Replaced End = "replaced"
	// Closed: by a close call, or because the server shuts down.
	Closed End = "closed"
	// Left: the subscriber ended the connection, or vanished.
	Left End = "left"
	// CutOff: the subscriber did not keep up. With ErrMemoryFull it had more to
	// read yet than any other when room was needed.
	CutOff End = "cut off"
	// Dropped: the connection was cut on purpose.
	Dropped End = "dropped"
	// Faulted: a fault ended the stream.
	Faulted End = "faulted"
	// Polled: the answer to a poll is complete.
	Polled End = "polled"
	// Raced: under the policy Spring, the end of the session before it ended
	// this one.
	Raced End = "raced"
)
