package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// A polling subscriber, with EventSource or go-sse, gets everything that is sent during
// and between polls, once and in order.
func TestPollingBringsEverythingOnce(t *testing.T) {
	t.Parallel() // the pauses between polls are real
	const sends = 1000
	for _, engine := range []string{client.EventSource, client.GoSSE} {
		for _, mode := range []hub.Mode{hub.LongPolling, hub.ShortPolling} {
			t.Run(fmt.Sprint(engine, " ", mode), func(t *testing.T) {
				t.Parallel()
				over := make(chan struct{}, 1) // signals the end of a poll
				srv := server.New(server.Config{Mode: mode, Observe: func(n server.Notice) {
					if n.Kind == server.Polled {
						select {
						case over <- struct{}{}:
						default:
						}
					}
				}})
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				served := make(chan error, 1)
				go func() { served <- srv.Serve(l) }()

				var mu sync.Mutex
				var got []string
				all := make(chan struct{})
				c := &client.Client{Record: func(r record.Record) {
					if r.Kind != record.Event || r.Data == "" {
						return // go-sse also dispatches blocks without data
					}
					mu.Lock()
					defer mu.Unlock()
					if got = append(got, r.Data); len(got) == 2*sends {
						close(all)
					}
				}}
				call := streamOf(t, c, "", fmt.Sprintf("http://%s/demo/sse", l.Addr()), "poller")
				sub := c.Subscribe(t.Context(), call, client.Options{Engine: engine})
				<-sub.Settled()
				send := func(n int) {
					for {
						_, err := srv.Send(message.Message{To: []string{"poller"}, Data: strconv.Itoa(n)})
						if err == nil {
							return
						}
						if err != hub.ErrKeptFull {
							t.Fatalf("message %d: %v", n, err)
						}
						<-over // after the next poll there is room for more
					}
				}
				for n := range sends { // as many at once as fit into the queue
					send(n)
				}
				for n := range sends {
					send(sends + n)
				}
				select {
				case <-all:
				case <-time.After(time.Minute):
				}
				sub.Cancel(nil)
				<-sub.Done()
				c.CloseIdleConnections()
				if err := srv.Shutdown(context.Background()); err != nil {
					t.Error(err)
				}
				if err := <-served; err != nil {
					t.Error(err)
				}
				if len(got) != 2*sends {
					t.Fatalf("%d messages", len(got))
				}
				for n, data := range got {
					if data != strconv.Itoa(n) {
						t.Fatalf("%q instead of message %d", data, n)
					}
				}
			})
		}
	}
}
