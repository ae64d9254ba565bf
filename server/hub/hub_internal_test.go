package hub

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// The number of absent clientIds is bounded, and ids remain unique when one is forgotten.
func TestAbsentClientIDsAreForgottenInTheEnd(t *testing.T) {
	h := newHub()
	visit := func(clientID string) *Session {
		s := &Session{clientID: clientID, rc: http.NewResponseController(httptest.NewRecorder()), wake: make(chan struct{}, 1)}
		if err := h.Join(s, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.sendOne(clientID, &payload{body: []byte("data: c\n\n")}); err != nil {
			t.Fatal(err)
		}
		h.Leave(s)
		h.Forget(s)
		return s
	}
	first := visit("X")
	if again := visit("X"); again.first != 1 || again.name == first.name {
		t.Errorf("the second session is %s and begins after %d messages", again.name, again.first)
	}
	for i := range maxAbsent - 1 {
		visit(fmt.Sprint(i))
	}
	if again := visit("X"); again.first != 2 {
		t.Errorf("X was forgotten too early: %d", again.first)
	}
	for i := range maxAbsent + 5 {
		visit(fmt.Sprint("later ", i))
	}
	if len(h.subs) != maxAbsent || h.absent.Len() != maxAbsent || len(h.sessions) != 0 || h.Clients() != 0 {
		t.Errorf("%d clientIds, %d absent, %d sessions remembered", len(h.subs), h.absent.Len(), len(h.sessions))
	}
	if again := visit("X"); again.first != 0 || again.name == first.name {
		t.Errorf("after it was forgotten the session is %s and begins after %d messages", again.name, again.first)
	}
}

// The messages stored for the absent are bounded together. Those of the longest absent are
// dropped first.
func TestLittleIsKeptForTheAbsent(t *testing.T) {
	h := newHub()
	const each = 1 << 20
	clients := maxAbsentBytes/each + 6
	for i := range clients {
		s := &Session{clientID: fmt.Sprint(i), rc: http.NewResponseController(httptest.NewRecorder()), wake: make(chan struct{}, 1)}
		if err := h.Join(s, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.sendOne(s.clientID, &payload{body: make([]byte, each)}); err != nil {
			t.Fatal(err)
		}
		h.Leave(s)
		h.Forget(s)
	}
	for i := range clients {
		sub := h.subs[fmt.Sprint(i)]
		if got, want := sub.replay.length, min(i/6, 1); got != want {
			t.Errorf("%d messages are kept for the %d-th, want %d", got, i, want)
		}
	}
	if h.absentBytes != maxAbsentBytes {
		t.Errorf("%d bytes", h.absentBytes)
	}
}
