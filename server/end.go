package server

// End is why a session ended.
type End string

const (
	// EndReplaced: another subscriber with this clientId took over.
	EndReplaced End = "replaced"
	// EndClosed: by a close call, or because the server shuts down.
	EndClosed End = "closed"
	// EndLeft: the subscriber ended the connection, or vanished.
	EndLeft End = "left"
	// EndCutOff: the subscriber did not keep up. With ErrMemoryFull it had more to
	// read yet than any other when room was needed.
	EndCutOff End = "cut off"
	// EndDropped: the connection was cut on purpose.
	EndDropped End = "dropped"
	// EndFaulted: a fault ended the stream.
	EndFaulted End = "faulted"
	// EndPolled: the answer to a poll is complete.
	EndPolled End = "polled"
	// EndRaced: under the policy Spring, the end of the session before it ended
	// this one.
	EndRaced End = "raced"
)
