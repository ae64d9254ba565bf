// Package client subscribes to event streams, makes the send and close calls,
// and turns everything it sees into records. It knows no window and no server.
//
// A stream is read by one of several engines: as a browser's EventSource does
// (HTML standard, section 9.2), as a page with axios does, or as a Go service on
// go-sse does. A new one is a file of its own and a line in engines.
package client
