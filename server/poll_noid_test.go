package server_test

import (
	"fmt"
	"slices"
	"testing"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
)

// pollWithoutID polls like a client that ignores the id of a block without data: it sends
// the id of the last message that it received, or none.
func (f *fixture) pollWithoutID(mode string, lastEventID *string) (data []string) {
	f.t.Helper()
	for _, b := range f.subscribeBy(mode, *lastEventID).rest() {
		if b.data != nil {
			data = append(data, *b.data)
			*lastEventID = b.id
		}
	}
	return data
}

func TestAPollWithoutAnIDContinuesTheLast(t *testing.T) {
	for _, policy := range []hub.Policy{hub.Replace, hub.Refuse, hub.Share} {
		for _, mode := range []string{"short", "long"} {
			t.Run(string(policy)+" "+mode, func(t *testing.T) {
				f := start(t, server.Config{Policy: policy})
				id := ""
				f.pollWithoutID("short", &id)
				for n := 0; n < 200; n += 8 {
					var sent []string
					for i := range 8 {
						sent = append(sent, fmt.Sprint(n+i))
						if status := f.send("X", sent[i]); status != 200 {
							t.Fatalf("send %s: %d", sent[i], status)
						}
					}
					if got := f.pollWithoutID(mode, &id); !slices.Equal(got, sent) {
						t.Fatalf("the poll brings %q, want %q", got, sent)
					}
					if got := f.pollWithoutID("short", &id); got != nil {
						t.Fatalf("the next poll brings %q again", got)
					}
				}
			})
		}
	}
}

func TestPollsThatNeverNameAnIDGetEverythingOnce(t *testing.T) {
	f := start(t, server.Config{})
	for n := range 5 {
		if data, _ := f.poll("short", ""); n > 0 && (len(data) != 1 || data[0] != fmt.Sprint(n-1)) {
			t.Errorf("poll %d brings %q", n, data)
		}
		f.send("X", fmt.Sprint(n))
	}
	s := f.subscribe("X") // a stream does not continue a poll
	f.send("X", "live")
	if b := s.message(); b.text() != "live" {
		t.Errorf("the stream begins with %+v", b)
	}
}

func TestAPollWithoutAnIDIsFreshUnderIgnoreLastEventID(t *testing.T) {
	f := start(t, server.Config{})
	if _, err := f.server.SetFault(fault.Fault{Kind: fault.IgnoreLastEventID}); err != nil {
		t.Fatal(err)
	}
	f.poll("short", "")
	f.send("X", "lost")
	if data, _ := f.poll("short", ""); data != nil {
		t.Errorf("got %q", data)
	}
}

// Under the policy refuse, a poll by another client does not receive the messages that wait
// for the one that is away.
func TestRefusedPollDoesNotContinueAnothers(t *testing.T) {
	f := start(t, server.Config{Policy: hub.Refuse})
	poll := f.url("subscribe", "clientId=X&mode=short")
	for _, tt := range []struct {
		agent, id string
		want      int
	}{
		{"a", "", 200},
		{"b", "", 409},
		{"a", "", 200},
	} {
		if status, _ := f.call("GET", poll, "", "User-Agent: "+tt.agent, "Last-Event-ID: "+tt.id); status != tt.want {
			t.Errorf("a poll by %s: %d, want %d", tt.agent, status, tt.want)
		}
	}
	// A client that has sent an id sends one again, so a poll without is another's.
	_, id := f.poll("short", f.session("X", func(hub.SessionInfo) bool { return true }).ID+"-0")
	if status, _ := f.call("GET", poll, ""); status != 409 {
		t.Errorf("a poll without an id: %d", status)
	}
	f.poll("short", id)
}
