package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"sseconsole/server"
)

func TestSubscribingAgainReplaces(t *testing.T) {
	f := start(t, server.Config{})
	old := f.subscribe("X")
	if status := f.send("X", "one"); status != 200 {
		t.Fatal(status)
	}
	s := f.subscribe("X")
	rest := old.rest()
	if len(rest) != 2 || rest[0].text() != "one" {
		t.Fatalf("the replaced stream ends with %+v, want its message and a farewell", rest)
	}
	if b := rest[1]; b.data != nil || b.id != old.session()+"-1" || len(b.comments) != 1 || !strings.HasPrefix(b.comments[0], "replaced") {
		t.Errorf("farewell %+v, want the last id and a comment", b)
	}
	if n := f.notice(server.Replaced); n.ClientID != "X" || n.Session != old.session() || n.LostIDs != nil {
		t.Errorf("notice %+v", n)
	}
	if s.session() == old.session() || s.first.id != s.session()+"-1" {
		t.Errorf("the new stream begins with %q after %q", s.first.id, old.first.id)
	}
	f.send("X", "two")
	if b := s.message(); b.text() != "two" || b.id != s.session()+"-2" {
		t.Errorf("got %+v", b)
	}
}

func TestReplacedReaderOfTextGetsNoFarewell(t *testing.T) {
	f := start(t, server.Config{})
	for accept, want := range map[string]int{
		"text/event-stream":                      1,
		"application/json, Text/Event-Stream":    1,
		"application/json, text/plain, */*":      0, // axios
		"*/*":                                    0, // fetch, curl
		"text/html, text/plain;q=0.9, */*;q=0.8": 0,
	} {
		old := f.subscribe("X", "Accept: "+accept)
		f.subscribe("X")
		if rest := old.rest(); len(rest) != want {
			t.Errorf("Accept: %s: the replaced stream ends with %+v", accept, rest)
		}
	}
}

func TestOlderSessionDoesNotComeBack(t *testing.T) {
	f := start(t, server.Config{})
	other := f.subscribe("other")
	old := f.subscribe("X")
	s := f.subscribe("X")
	otherRun := start(t, server.Config{}).subscribe("X")
	subscribe := f.url("subscribe", "clientId=X")

	for _, id := range []string{old.first.id, old.session() + "-7"} {
		if status, _ := f.call("GET", subscribe, "", "Last-Event-ID: "+id); status != http.StatusNoContent {
			t.Errorf("Last-Event-ID %s: %d, want 204", id, status)
		}
		f.notice(server.RefusedReconnect)
	}
	f.send("X", "still there")
	if b := s.message(); b.text() != "still there" {
		t.Errorf("the living session got %+v", b)
	}
	// None of these names an older session of X, so each replaces the newest.
	for _, id := range []string{
		s.first.id, "", "7", "-", old.session(), strings.ToUpper(old.first.id), otherRun.first.id, other.first.id,
		strings.TrimSuffix(old.session(), ".1") + ".99-1", strings.TrimSuffix(old.session(), ".1") + ".x-1", "中文",
	} {
		next := f.subscribe("X", "Last-Event-ID: "+id)
		s.rest()
		s = next
	}
	// The response to a reconnect may have been lost, so that the same id is sent again.
	lost := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	again := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	s.rest()
	lost.rest()
	if status, _ := f.call("GET", subscribe, "", "Last-Event-ID: "+lost.first.id); status != http.StatusNoContent {
		t.Errorf("a session in between: %d, want 204", status)
	}
	s = again
	// When nobody is subscribed, an older session may reconnect.
	f.call("GET", f.url("close", "clientId=X"), "")
	s.rest()
	f.subscribe("X", "Last-Event-ID: "+old.first.id)
}

// hooked is a ResponseRecorder that calls flush instead of flushing.
type hooked struct {
	*httptest.ResponseRecorder
	flush func()
}

func (h *hooked) Flush() { h.flush() }

func TestSubscriberIsReachedFromItsHeadersOn(t *testing.T) {
	s := server.New(server.Config{})
	call := func(ctx context.Context, call string, w http.ResponseWriter) {
		s.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/demo/sse/"+call, nil).WithContext(ctx))
	}
	for range 2 { // the second replaces nobody: the first has gone
		ctx, leave := context.WithCancel(t.Context())
		answer := httptest.NewRecorder()
		call(ctx, "subscribe?clientId=X", &hooked{httptest.NewRecorder(), sync.OnceFunc(func() {
			call(ctx, "send?clientId=X&content=c", answer)
			leave()
		})})
		if answer.Code != 200 {
			t.Errorf("a send while the headers go out: %d", answer.Code)
		}
		if n := s.Sessions(); n != 0 {
			t.Errorf("%d sessions after it left", n)
		}
	}
}

// A send reaches a new subscriber as soon as that has received the headers, although
// others send and each subscriber replaces another.
func TestSendReachesTheNewestSubscriberUnderLoad(t *testing.T) {
	const tries = 300
	f := start(t, server.Config{})
	first := f.subscribe("X")
	stop := make(chan struct{})
	var load, readers sync.WaitGroup
	for range 2 {
		load.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if status := f.send("X", "load"); status != 200 {
					t.Errorf("a send beside the others: %d", status)
					return
				}
			}
		})
	}
	readers.Go(func() { first.rest() })
	for i := range tries {
		// Only the headers have been read.
		s := newStream(t, f.do("GET", f.url("subscribe", "clientId=X"), "").Body)
		content := fmt.Sprint("try ", i)
		arrived := make(chan struct{})
		readers.Go(func() {
			found := false
			var last block
			for {
				b, ok := s.read()
				if !ok {
					break
				}
				if last = b; b.text() == content {
					found = true
					close(arrived)
				}
			}
			if !found {
				close(arrived)
				t.Errorf("try %d: the new subscriber missed it; end %v", i, s.end)
			}
			if i < tries-1 && last.comments == nil {
				t.Errorf("try %d: no farewell but %+v", i, last)
			}
		})
		if status := f.send("X", content); status != 200 {
			t.Errorf("try %d: %d", i, status)
		}
		<-arrived
	}
	close(stop)
	load.Wait()
	f.call("GET", f.url("close", "clientId=X"), "")
	readers.Wait()
}
