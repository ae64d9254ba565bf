// Package fault describes faults, things that go wrong on purpose in a stream. It has
// the kinds of faults, their form as a line of text, and the [Registry] of faults that
// are on. It does not write streams: package hub applies faults to bytes, and package
// server to statuses.
//
// To add a fault, add its [Kind] here, with its default values in [Registry.Set] if it
// has any; act on it in hub/faultwriter.go or, if it replaces the stream, in
// [Active.Refuses] and server/faults.go; and list it in docs/server.md.
package fault
