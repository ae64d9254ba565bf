package server_test

import (
	"fmt"
	"strings"
	"testing"

	"sseconsole/server"
	"sseconsole/server/message"
)

// leave closes the stream and waits until the server has noticed.
func (f *fixture) leave(s *stream) {
	f.t.Helper()
	s.body.Close()
	f.notice(server.Left)
}

func TestReplayGoesOnBehindTheLastEventID(t *testing.T) {
	tests := []struct {
		name, id string // {} is the session that left
		first    int
		missing  string
	}{
		{"the newest", "{}-9", 9, ""},
		{"one that is kept", "{}-6", 6, ""},
		{"the one before all that is kept", "{}-4", 4, ""},
		{"one that is not", "{}-1", 4, "messages 2 to 4 are missing: they are no longer stored"},
		{"an id of its own", "own id", 8, ""},
		{"none", "", 9, ""},
		{"one of another server", "7", 4, `Last-Event-ID "7" is unknown; all stored messages follow, without messages 1 to 4`},
		{"one that was not sent yet", "{}-10", 4, `Last-Event-ID "{}-10" is unknown; all stored messages follow, without messages 1 to 4`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := start(t, server.Config{ReplayEvents: 5})
			s := f.subscribe("X")
			for n := 1; n <= 9; n++ {
				m := message.Message{Data: fmt.Sprint(n)}
				if n == 8 {
					m.ID = "own id"
				}
				f.server.Send(m)
				s.message()
			}
			f.leave(s)
			if status := f.send("X", "c"); status != 404 {
				t.Errorf("a send to nobody: %d", status)
			}
			fill := strings.NewReplacer("{}", s.session())
			var header []string
			if tt.id != "" {
				header = append(header, "Last-Event-ID: "+fill.Replace(tt.id))
			}
			again := f.subscribe("X", header...)
			if want := fmt.Sprintf("%s-%d", again.session(), tt.first); again.first.id != want || strings.Join(again.first.comments, "") != fill.Replace(tt.missing) {
				t.Errorf("it begins with %+v, want %s and %q", again.first, want, tt.missing)
			}
			f.send("X", "10")
			for n := tt.first + 1; n <= 10; n++ {
				want := fmt.Sprintf("%s-%d", again.session(), n)
				if n == 8 {
					want = "own id"
				}
				if b := again.message(); b.text() != fmt.Sprint(n) || b.id != want {
					t.Errorf("got %+v, want message %d", b, n)
				}
			}
		})
	}
}

func TestReplayIsBoundedInBytes(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	for _, size := range []int{1 << 19, 1 << 19, 1 << 20} { // the last one exceeds the bound alone
		f.send("X", strings.Repeat("x", size))
		s.message()
	}
	f.leave(s)
	again := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	if len(again.first.comments) != 1 || !strings.HasPrefix(again.first.comments[0], "messages 1 to 2 ") {
		t.Errorf("it begins with %+v", again.first)
	}
	if b := again.message(); len(b.text()) != 1<<20 {
		t.Errorf("got %d bytes", len(b.text()))
	}
}

// The messages that a session lost when it was cut off are replayed when it reconnects.
func TestWhatWasLostComesBack(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	f.server.Hub().HoldSession(s.session())
	for n := range 300 {
		if status := f.send("X", fmt.Sprint(n)); status == 503 {
			break
		}
	}
	if n := f.notice(server.CutOff); len(n.LostIDs) != 256 {
		t.Errorf("%d lost", len(n.LostIDs))
	}
	again := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	f.send("X", "256")
	for n := range 257 {
		if b := again.message(); b.text() != fmt.Sprint(n) {
			t.Fatalf("got %+v, want %d", b, n)
		}
	}
}
