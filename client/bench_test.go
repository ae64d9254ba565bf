package client

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/tmaxmax/go-sse"

	"sseconsole/client/record"
)

// BenchmarkWholePath takes 16 MiB from a socket to what a program receives: all
// records of this client, including chunks, or the events of go-sse.
func BenchmarkWholePath(b *testing.B) {
	const size = 16 << 20
	for _, input := range []struct{ name, event string }{
		{"tiny", "data: hello world!\n\n"},
		{"json1KiB", "data: {" + strings.Repeat(`"k":"0123456789",`, 60) + "}\n\n"},
		{"lines", strings.Repeat("data: "+strings.Repeat("x", 100)+"\n", 10) + "\n"},
	} {
		events := size / len(input.event)
		server := serveStream(strings.Repeat(input.event, events))
		transport := ownTransport(b)
		b.Run(input.name+"/ours", func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				readEvents(transport, server.URL, events)
			}
		})
		b.Run(input.name+"/go-sse", func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				ctx, cancel := context.WithCancel(context.Background())
				request, _ := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, http.NoBody)
				client := sse.Client{HTTPClient: &http.Client{Transport: transport}}
				stream := client.NewConnection(request)
				n := 0
				stream.SubscribeToAll(func(sse.Event) {
					if n++; n == events {
						cancel()
					}
				})
				if err := stream.Connect(); n != events {
					b.Fatal(n, err)
				}
			}
		})
		transport.CloseIdleConnections()
		server.Close()
	}
}

// BenchmarkWholePathOfALargeEvent shows that the cost per byte does not grow with the
// size of an event.
func BenchmarkWholePathOfALargeEvent(b *testing.B) {
	for _, mib := range []int{16, 32, 64} {
		b.Run(fmt.Sprintf("%dMiB", mib), func(b *testing.B) {
			server := serveStream("data: " + strings.Repeat("x", mib<<20) + "\n\n")
			defer server.Close()
			transport := ownTransport(b)
			defer transport.CloseIdleConnections()
			b.SetBytes(int64(mib << 20))
			b.ReportAllocs()
			for b.Loop() {
				readEvents(transport, server.URL, 1)
			}
		})
	}
}

// serveStream sends a stream in writes of 32 KiB and then nothing more.
func serveStream(stream string) *httptest.Server {
	bytes := []byte(stream)
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for part := range slices.Chunk(bytes, 32<<10) {
			w.Write(part)
		}
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
}

// readEvents subscribes until n events have been recorded.
func readEvents(transport http.RoundTripper, url string, events int) {
	n, all := 0, make(chan struct{})
	c := Client{Transport: transport, Record: func(r record.Record) {
		if r.Kind == record.Event {
			if n++; n == events {
				close(all)
			}
		}
	}}
	s := c.Subscribe(context.Background(), place{Base: url}.stream("alice"), Options{})
	<-all
	s.Cancel(nil)
	<-s.Done()
}
