// Package hub is the registry of a server's sessions: who is subscribed, what is
// queued and kept for whom, what a second subscriber does to the first, and how
// much memory all that may take.
//
// A [Session] is one subscriber. Its request's goroutine joins it to the [Hub],
// writes it with [Session.Serve], leaves, and has it forgotten; any other goroutine
// sends, closes and cuts. What the faults of a connection do to its stream is done
// here, too, since it shares the writer's deadlines.
package hub
