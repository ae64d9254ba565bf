package client

import (
	"context"
	"net/http"

	"sseconsole/client/record"
)

// The engines, each a way to read a stream.
const (
	EventSource = "eventsource" // like a browser, by the HTML standard
	Stream      = "stream"      // like a page with axios: one request, its text as it arrives
	GoSSE       = "go-sse"      // like a Go service built on github.com/tmaxmax/go-sse
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
	// run makes connections with copies of request until the subscription has
	// ended. It emits every record except the last, the End or Fail that it returns.
	run(ctx context.Context, request *http.Request) record.Record
}

type namedEngine struct {
	name string
	new  func(*Subscription) engine
}

// engines returns all engines, the default first.
func engines() []namedEngine {
	return []namedEngine{
		{EventSource, newEventSource},
		{Stream, newTextStream},
		{GoSSE, newGoSSE},
	}
}

// engineNamed returns the engine with this name, or the default.
func engineNamed(name string) namedEngine {
	all := engines()
	for _, e := range all {
		if e.name == name {
			return e
		}
	}
	return all[0]
}
