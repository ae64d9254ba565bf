package server_test

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// poll polls once and returns the data that arrived, and the last id.
func (f *fixture) poll(mode, lastEventID string) (data []string, id string) {
	f.t.Helper()
	s := f.subscribeBy(mode, lastEventID)
	id = s.first.id
	for _, b := range s.rest() {
		if b.data != nil {
			data = append(data, *b.data)
		}
		if b.id != "" {
			id = b.id
		}
	}
	return data, id
}

func (f *fixture) subscribeBy(mode, lastEventID string) *stream {
	f.t.Helper()
	res := f.do("GET", f.url("subscribe", "clientId=X&mode="+mode), "", "Last-Event-ID: "+lastEventID)
	if res.StatusCode != 200 {
		f.t.Fatalf("poll: %s", res.Status)
	}
	s := newStream(f.t, res.Body)
	s.first = s.next()
	return s
}

func TestShortPollBringsWhatWasSentSinceTheLast(t *testing.T) {
	f := start(t, server.Config{})
	_, id := f.poll("short", "")
	data, id := f.poll("short", id)
	if data != nil {
		t.Errorf("got %q before anything was sent", data)
	}
	for n := range 300 { // more than a queue holds
		if status := f.send("X", fmt.Sprint(n)); status != 200 {
			t.Fatalf("a send between two polls: %d", status)
		}
	}
	if got := f.session("X", func(hub.SessionInfo) bool { return true }); got.State != hub.Away || got.Mode != hub.ShortPolling || got.Queued != 300 {
		t.Errorf("%+v", got)
	}
	next := ""
	for range 2 { // the response may have been lost, so that the same id is sent again
		var data []string
		if data, next = f.poll("short", id); len(data) != 300 || data[0] != "0" || data[299] != "299" {
			t.Errorf("got %.80q", data)
		}
	}
	if data, _ := f.poll("short", next); data != nil {
		t.Errorf("the next poll brings %.80q again", data)
	}
}

func TestPollBeginsWithAnIDAndAShortRetry(t *testing.T) {
	f := start(t, server.Config{Mode: hub.ShortPolling})
	for mode, retry := range map[string]string{"": "retry: 1000", "short": "retry: 1000", "long": "retry: 100"} {
		s := f.subscribeBy(mode, "")
		if b := s.first; b.id == "" || b.data != nil || len(b.other) != 1 || b.other[0] != retry {
			t.Errorf("mode %q begins with %+v", mode, b)
		}
		s.body.Close()
	}
	if b := f.subscribeBy("streaming", "").first; b.other != nil {
		t.Errorf("a stream begins with %+v", b)
	}
	if status, _ := f.call("GET", f.url("subscribe", "clientId=X&mode=fast"), ""); status != 400 {
		t.Errorf("an unknown mode: %d", status)
	}
}

func TestLongPollEndsWithTheNextEvents(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		began := time.Now()
		poll := b.request("subscribe?clientId=X&mode=long")
		first := readUntil(t, poll, "\n\n")
		time.Sleep(5 * time.Second)
		b.call("send?clientId=X&content=c")
		rest, err := io.ReadAll(poll)
		if d := time.Since(began); err != nil || d != 5*time.Second || strings.Count(string(rest), "data: c\n\n") != 1 || !strings.HasSuffix(string(rest), "0\r\n\r\n") {
			t.Errorf("after %v it ended with %q, %v (began %q)", d, rest, err, first)
		}
		began = time.Now()
		empty, err := io.ReadAll(b.request("subscribe?clientId=X&mode=long"))
		if d := time.Since(began); err != nil || d != 25*time.Second || strings.Contains(string(empty), "data") {
			t.Errorf("after %v the poll without events ended with %q, %v", d, empty, err)
		}
	})
}

func TestLongPollLeavesWhatCameSinceToTheNext(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		poll := b.request("subscribe?clientId=X&mode=long")
		first := readUntil(t, poll, "\n\n")
		for _, content := range []string{"1", "2", "3"} { // the first blocks in its write
			b.call("send?clientId=X&content=" + content)
			synctest.Wait()
		}
		rest, err := io.ReadAll(poll)
		if err != nil || !strings.Contains(string(rest), "data: 1\n\n") || strings.Contains(string(rest), "data: 2") {
			t.Errorf("behind %q came %q, %v", first, rest, err)
		}
		<-b.notices
		if n := <-b.notices; n.Kind != server.Polled || n.LostIDs != nil {
			t.Errorf("notice %+v", n)
		}
		_, id, _ := strings.Cut(string(rest), "id: ")
		id, _, _ = strings.Cut(id, "\n")
		next, err := io.ReadAll(b.raw("GET /demo/sse/subscribe?clientId=X&mode=short HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nLast-Event-ID: " + id + "\r\n\r\n"))
		if text := string(next); err != nil || strings.Contains(text, "data: 1") || !strings.Contains(text, "data: 2\n\n") || !strings.Contains(text, "data: 3\n\n") {
			t.Errorf("the next poll brings %q, %v", text, err)
		}
	})
}

func TestPollerIsKnownForAWhile(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		io.ReadAll(b.request("subscribe?clientId=X&mode=short"))
		time.Sleep(29 * time.Second)
		if status := b.call("send?clientId=X&content=c"); status != "200" || b.server.Sessions() != 1 {
			t.Errorf("after 29 s: %s", status)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if status := b.call("send?clientId=X&content=c"); status != "404" || b.server.Sessions() != 0 || len(b.server.Hub().List()) != 0 {
			t.Errorf("after 30 s: %s", status)
		}
		var last server.Notice
		for _, want := range []server.Kind{server.Subscribed, server.Polled, server.Expired} {
			if last = <-b.notices; last.Kind != want {
				t.Errorf("notice %+v, want %s", last, want)
			}
		}
		if len(last.LostIDs) != 1 || last.LostIDs[0] != last.Session+"-1" {
			t.Errorf("lost %v", last.LostIDs)
		}
		// A close ends it at once.
		io.ReadAll(b.request("subscribe?clientId=X&mode=short"))
		b.call("close?clientId=X")
		if status := b.call("send?clientId=X&content=c"); status != "404" {
			t.Errorf("a send after close: %s", status)
		}
	})
}

func TestSendIsRefusedRatherThanLostBetweenPolls(t *testing.T) {
	f := start(t, server.Config{ReplayEvents: 3})
	_, id := f.poll("short", "")
	for n, want := range []int{200, 200, 200, 503, 503} {
		if status := f.send("X", fmt.Sprint(n)); status != want {
			t.Errorf("send %d: %d", n, status)
		}
	}
	data, id := f.poll("short", id)
	if strings.Join(data, "") != "012" {
		t.Errorf("got %q", data)
	}
	if status := f.send("X", "3"); status != 503 {
		t.Errorf("before the next poll says that it got the last: %d", status)
	}
	f.poll("short", id)
	if status := f.send("X", "3"); status != 200 {
		t.Errorf("after it: %d", status)
	}
}

// An older poller must not reconnect while a newer one is between two polls.
func TestPollersOfOneClientIDDoNotFight(t *testing.T) {
	f := start(t, server.Config{})
	_, old := f.poll("short", "")
	f.poll("short", "")
	f.poll("short", "")
	if status, _ := f.call("GET", f.url("subscribe", "clientId=X&mode=short"), "", "Last-Event-ID: "+old); status != 204 {
		t.Errorf("the older one's next poll: %d", status)
	}
}

func TestNothingIsLostOrDoubledBetweenPolls(t *testing.T) {
	const senders, each = 4, 300
	for _, mode := range []string{"long", "short"} {
		t.Run(mode, func(t *testing.T) {
			f := start(t, server.Config{ReplayEvents: 100})
			_, id := f.poll("short", "")
			var sending sync.WaitGroup
			for k := range senders {
				sending.Go(func() {
					for n := 0; n < each; {
						m := message.Message{To: []string{"X"}, Data: fmt.Sprintf("%d %d", k, n)}
						if _, err := f.server.Send(m); err == nil {
							n++
						} else if err != hub.ErrKeptFull {
							t.Error(err)
							return
						}
					}
				})
			}
			next := make([]int, senders)
			for got := 0; got < senders*each; {
				var data []string
				data, id = f.poll(mode, id)
				for _, text := range data {
					var k, n int
					fmt.Sscan(text, &k, &n)
					if n != next[k] {
						t.Fatalf("sender %d: got %d, want %d", k, n, next[k])
					}
					next[k]++
					got++
				}
			}
			sending.Wait()
			if data, _ := f.poll("short", id); data != nil {
				t.Errorf("%q is left", data)
			}
		})
	}
}

// Between two polls a poller counts as a session. Its next poll takes that place, which
// is free when the poll is no longer awaited.
func TestPollersBetweenPollsTakeAPlace(t *testing.T) {
	for name, tt := range map[string]struct {
		config server.Config
		status string
	}{
		"in all":      {server.Config{MaxSessions: 2}, "503"},
		"per address": {server.Config{MaxPerAddress: 2}, "429"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, tt.config, func(t *testing.T, b *bubble) {
				poll := func(clientID, want string) {
					t.Helper()
					if status := b.call("subscribe?mode=short&clientId=" + clientID); status != want {
						t.Errorf("%s is answered with %s, want %s", clientID, status, want)
					}
				}
				for range 3 {
					poll("X", "200")
					poll("Y", "200")
				}
				poll("Z", tt.status)
				b.call("close?clientId=Y")
				poll("Z", "200")
				poll("Y", tt.status)
				time.Sleep(30 * time.Second) // polls of X and Z are no longer awaited
				synctest.Wait()
				poll("Y", "200")
				poll("Z", "200")
				poll("X", tt.status)
			})
		})
	}
}
