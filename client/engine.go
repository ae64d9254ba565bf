package client

import (
	"context"
	"net/http"

	"sseconsole/client/record"
)

// The engines, each a way to read a stream.
const (
	EventSource = "eventsource" // as a browser does, by the HTML standard
	Stream      = "stream"      // as a page with axios does: one request, its text as it arrives
	GoSSE       = "go-sse"      // as a Go service does that is built on github.com/tmaxmax/go-sse
)

// Engines returns the names of the engines, the default first.
func Engines() []string {
	var names []string
	for _, e := range engines() {
		names = append(names, e.name)
	}
	return names
}

// engine reads the connections of one subscription, in its goroutine.
type engine interface {
	// run makes connections with copies of request, as they are needed, until
	// the subscription is over. It emits all records but the last, the End
	// or Fail that it returns.
	run(ctx context.Context, request *http.Request) record.Record
}

type namedEngine struct {
	name string
	new  func(*Subscription) engine
}

// engines lists all there are, the default first.
func engines() []namedEngine {
	return []namedEngine{
		{EventSource, newEventSource},
		{Stream, newTextStream},
		{GoSSE, newGoSSE},
	}
}

// engineNamed returns the engine of a name, the default if there is none.
func engineNamed(name string) namedEngine {
	all := engines()
	for _, e := range all {
		if e.name == name {
			return e
		}
	}
	return all[0]
}
