package server_test

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"sseconsole/server"
)

// A thousand callers subscribe, replacing each other, send and close at the same time.
// Each message for which the send succeeded arrives once, in a stream that is not cut off;
// no other message arrives.
func TestAThousandAtOnceLoseNothing(t *testing.T) {
	const (
		clients, subscribers, senders, closers = 50, 5, 13, 2 // a thousand
		sends, closes                          = 5, 3
	)
	f := start(t, server.Config{})
	f.client.Transport.(*http.Transport).MaxIdleConnsPerHost = clients * (senders + closers)
	call := func(name, query string) (status int) {
		req, err := http.NewRequestWithContext(t.Context(), "POST", f.url(name, query), nil)
		if err != nil {
			t.Error(err)
			return 0
		}
		res, err := f.client.Transport.RoundTrip(req)
		if err != nil {
			t.Error(err)
			return 0
		}
		io.Copy(io.Discard, res.Body)
		res.Body.Close()
		return res.StatusCode
	}
	var mu sync.Mutex
	accepted, arrived := map[string]int{}, map[string]int{}
	begin := make(chan struct{}) // closed when all are ready
	var quiet atomic.Bool        // all senders and closers have finished
	var reading, calling sync.WaitGroup
	for id := range clients {
		for range subscribers {
			reading.Go(func() {
				<-begin
				for first := true; first || !quiet.Load(); first = false {
					req, err := http.NewRequestWithContext(t.Context(), "GET", f.url("subscribe", fmt.Sprint("clientId=", id)), nil)
					if err != nil {
						t.Error(err)
						return
					}
					res, err := f.client.Transport.RoundTrip(req)
					if err != nil {
						t.Error(err)
						return
					}
					s := newStream(t, res.Body)
					for b, ok := s.read(); ok; b, ok = s.read() {
						if b.data != nil {
							mu.Lock()
							arrived[b.text()]++
							mu.Unlock()
						}
					}
					if res.Body.Close(); res.StatusCode != 200 || s.end != io.EOF {
						t.Errorf("a stream with status %d ends with %v", res.StatusCode, s.end)
					}
				}
			})
		}
		for sender := range senders {
			calling.Go(func() {
				<-begin
				for n := range sends {
					content := fmt.Sprintf("%d/%d/%d", id, sender, n)
					switch status := call("send", fmt.Sprintf("clientId=%d&content=%s", id, content)); status {
					case 200:
						mu.Lock()
						accepted[content]++
						mu.Unlock()
					case 404: // between two subscribers
					default:
						t.Errorf("a send: %d", status)
					}
				}
			})
		}
		for range closers {
			calling.Go(func() {
				<-begin
				for range closes {
					call("close", fmt.Sprint("clientId=", id))
				}
			})
		}
	}
	close(begin)
	calling.Wait()
	quiet.Store(true)
	ended := make(chan struct{})
	go func() {
		reading.Wait()
		close(ended)
	}()
	if !eventually(func() bool { // the last subscribers included
		for id := range clients {
			call("close", fmt.Sprint("clientId=", id))
		}
		select {
		case <-ended:
			return true
		default:
			return false
		}
	}) {
		t.Fatal("streams are still open")
	}
	if len(accepted) == 0 {
		t.Error("no send met a subscriber")
	}
	for content := range accepted {
		if arrived[content] != 1 {
			t.Errorf("%s was answered with success and arrived %d times", content, arrived[content])
		}
	}
	for content := range arrived {
		if accepted[content] == 0 {
			t.Errorf("%s arrived, and was not answered with success", content)
		}
	}
	t.Logf("%d of %d messages were answered with success, and arrived", len(accepted), clients*senders*sends)
}
