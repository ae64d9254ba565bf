package hub

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// The original loses the second subscriber in 159 of 200 tries, in two ways.
func TestSpringPolicyRaces(t *testing.T) {
	outcomes := map[string]int{}
	for n := range 200 {
		h := newHub()
		h.policy, h.chance = Spring, func(int) int { return n }
		join := func(lastEventID string) *Session {
			s := &Session{clientID: "X", rc: http.NewResponseController(httptest.NewRecorder()), wake: make(chan struct{}, 1)}
			if err := h.Join(s, lastEventID); err != nil {
				t.Fatal(err)
			}
			return s
		}
		old := join("")
		second := join("")
		reached, _ := h.broadcast(&payload{body: []byte("data: c\n\n")})
		switch {
		case old.reason != Replaced:
			t.Fatal("the first stream goes on")
		case second.reason == Raced && reached == 0:
			outcomes["ended"]++
		case second.reason == "" && reached == 0:
			outcomes["stray"]++
		case second.reason == "" && reached == 1:
			outcomes["open"]++
		}
		h.Leave(old)
		// Its reconnect is accepted and evicts the other: two EventSources never stop.
		if again := join(old.id(0)); again.backlog != nil || second.reason == "" && reached == 1 {
			t.Fatalf("%d: after the reconnect, which brings %v, the second stream goes on", n, again.backlog)
		}
	}
	if outcomes["ended"] != 133 || outcomes["stray"] != 26 || outcomes["open"] != 41 {
		t.Errorf("of 200: %v", outcomes)
	}
}
