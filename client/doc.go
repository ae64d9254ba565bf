// Package client subscribes to event streams, makes the send and close calls,
// and turns everything it sees into records. It depends on neither the window nor
// the server.
//
// One of several engines reads a stream: like a browser's EventSource (HTML
// standard, section 9.2), like a page with axios, or like a Go service built on
// go-sse. To add an engine, write a file for it and list it in engines.
package client
