package hub

import (
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"sseconsole/server/message"
)

// quiet is a ResponseWriter without overhead.
type quiet struct{ io.Writer }

func (quiet) Header() http.Header              { return nil }
func (quiet) WriteHeader(int)                  {}
func (quiet) FlushError() error                { return nil }
func (quiet) SetWriteDeadline(time.Time) error { return nil }

// A broadcast must not allocate for each subscriber.
func TestBroadcastAllocatesNothingPerSubscriber(t *testing.T) {
	if RaceEnabled {
		t.Skip("the race detector allocates")
	}
	h := newHub()
	var sessions []*Session
	for i := range 100 {
		w := quiet{io.Discard}
		s := &Session{clientID: fmt.Sprint(i), w: w, rc: http.NewResponseController(w), wake: make(chan struct{}, 1)}
		if err := h.Join(s, ""); err != nil {
			t.Fatal(err)
		}
		sessions = append(sessions, s)
	}
	p, err := newPayload(message.Message{Data: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	deliver := func() {
		if n, _ := h.broadcast(p); n != len(sessions) {
			t.Fatalf("it reached %d", n)
		}
		for _, s := range sessions {
			s.take()
			if err := s.writeTaken(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 3000 { // warm up
		deliver()
	}
	if n := testing.AllocsPerRun(100, deliver); n >= float64(len(sessions)) {
		t.Errorf("%v allocations per broadcast", n)
	}
}

// A message takes three allocations, for any number of recipients: itself, its bytes, and
// go-sse's list of its lines.
func TestAMessageIsMadeOfThreeAllocations(t *testing.T) {
	if RaceEnabled {
		t.Skip("the race detector allocates")
	}
	h := newHub()
	w := quiet{io.Discard}
	s := &Session{clientID: "X", w: w, rc: http.NewResponseController(w), wake: make(chan struct{}, 1)}
	if err := h.Join(s, ""); err != nil {
		t.Fatal(err)
	}
	m := message.Message{Data: "hello"}
	send := func() {
		p, err := newPayload(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.sendOne("X", p); err != nil {
			t.Fatal(err)
		}
		s.take()
		if err := s.writeTaken(); err != nil {
			t.Fatal(err)
		}
	}
	for range 3000 { // warm up
		send()
	}
	if n := testing.AllocsPerRun(100, send); n > 3 {
		t.Errorf("%v allocations per message", n)
	}
}
