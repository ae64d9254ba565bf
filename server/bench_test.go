package server_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"sseconsole/server"
	"sseconsole/server/message"
)

// BenchmarkBroadcast measures the delivery of 100 bytes to every subscriber over
// loopback, with the clients in this process. An operation is one message to all.
func BenchmarkBroadcast(b *testing.B) {
	for _, subscribers := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(subscribers), func(b *testing.B) {
			s := server.New(server.Config{})
			l, err := s.Listen(b.Context(), "127.0.0.1:0")
			if err != nil {
				b.Fatal(err)
			}
			served := make(chan error, 1)
			go func() { served <- s.Serve(l) }()
			transport := &http.Transport{}
			const window = 128 // messages sent but not read: half a queue
			got := make(chan struct{}, subscribers*window)
			var readers sync.WaitGroup
			for i := range subscribers {
				req, _ := http.NewRequest("GET", fmt.Sprintf("http://%s/demo/sse/subscribe?clientId=%d", l.Addr(), i), nil)
				res, err := transport.RoundTrip(req)
				if err != nil {
					b.Fatal(err)
				}
				readers.Go(func() {
					defer res.Body.Close()
					events := 0
					for lines := bufio.NewScanner(res.Body); lines.Scan(); {
						if len(lines.Bytes()) > 100 {
							if events++; events%window == 0 {
								got <- struct{}{}
							}
						}
					}
				})
			}
			m := message.Message{Data: strings.Repeat("x", 100)}
			sent := 0
			for b.Loop() {
				if n, _ := s.Send(m); n != subscribers {
					b.Fatalf("it reached %d", n)
				}
				if sent++; sent%window == 0 {
					for range subscribers {
						<-got
					}
				}
			}
			b.ReportMetric(float64(sent*subscribers)/b.Elapsed().Seconds(), "deliveries/s")
			s.Shutdown(context.Background())
			readers.Wait()
			transport.CloseIdleConnections()
			<-served
		})
	}
}
