package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"

	r3labs "github.com/r3labs/sse/v2"
	gosse "github.com/tmaxmax/go-sse"

	"sseconsole/server"
	"sseconsole/server/message"
)

// mark occurs once in the data of every message and nowhere else in a stream, so that a
// reader can count messages without decoding.
const mark = '#'

// text is the data of every message.
var text = string(mark) + strings.Repeat("x", 99)

// A side is one of the servers to compare.
type side struct {
	name string
	// start serves on l for this number of subscribers.
	start func(l net.Listener, subscribers int) running
}

// running is a running side.
type running struct {
	path      func(subscriber int) string // at which it subscribes
	send      func(subscriber int)
	broadcast func()
	stop      func()
}

// sides returns the servers to compare.
func sides(broadcasts bool) []side {
	return []side{
		{"go-sse Joe", func(l net.Listener, _ int) running { return joe(l) }},
		{"r3labs/sse", func(l net.Listener, n int) running { return r3(l, n, broadcasts) }},
		{"this hub", func(l net.Listener, _ int) running { return hub(l) }},
	}
}

// joe starts go-sse's server, with a topic for all subscribers and one for each.
func joe(l net.Listener) running {
	s := &gosse.Server{OnSession: func(w http.ResponseWriter, r *http.Request) ([]string, bool) {
		// Otherwise it sends the headers with the first message.
		w.Header().Set("Content-Type", "text/event-stream")
		http.NewResponseController(w).Flush()
		return []string{"all", r.URL.Query().Get("id")}, true
	}}
	stop := serve(l, s)
	publish := func(topic string) {
		m := &gosse.Message{}
		m.AppendData(text)
		s.Publish(m, topic)
	}
	return running{
		path:      func(i int) string { return "/?id=" + strconv.Itoa(i) },
		send:      func(i int) { publish(strconv.Itoa(i)) },
		broadcast: func() { publish("all") },
		stop:      func() { stop(); s.Shutdown(context.Background()) },
	}
}

// r3 starts r3labs/sse, with one stream for all subscribers or one for each.
func r3(l net.Listener, subscribers int, broadcasts bool) running {
	s := r3labs.New()
	s.AutoReplay = false // it would store every message for ever
	name := strconv.Itoa
	if broadcasts {
		s.CreateStream("all")
		name = func(int) string { return "all" }
	} else {
		for i := range subscribers {
			s.CreateStream(name(i))
		}
	}
	stop := serve(l, s)
	publish := func(stream string) { s.Publish(stream, &r3labs.Event{Data: []byte(text)}) }
	return running{
		path:      func(i int) string { return "/?stream=" + name(i) },
		send:      func(i int) { publish(name(i)) },
		broadcast: func() { publish("all") },
		stop:      func() { stop(); s.Close() },
	}
}

// hub starts the embedded server, which also stores messages for replay.
func hub(l net.Listener) running {
	s := server.New(server.Config{})
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	return running{
		path:      func(i int) string { return "/demo/sse/subscribe?clientId=" + strconv.Itoa(i) },
		send:      func(i int) { s.Send(message.Message{To: []string{strconv.Itoa(i)}, Data: text}) },
		broadcast: func() { s.Send(message.Message{Data: text}) },
		stop: func() {
			s.Shutdown(context.Background())
			if err := <-served; err != nil {
				panic(fmt.Sprint("the hub's server: ", err))
			}
		},
	}
}

// serve serves h on l until stop is called.
func serve(l net.Listener, h http.Handler) (stop func()) {
	s := &http.Server{Handler: h}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	return func() {
		s.Close()
		<-served
	}
}
