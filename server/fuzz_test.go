package server

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzServe does any request, twice, and the same beside a subscriber. It is
// never answered with a 500, never panics but to break a stream off, and leaves a
// hub that is as it should be.
func FuzzServe(f *testing.F) {
	const form = "Content-Type: application/x-www-form-urlencoded\r\n"
	for _, seed := range []struct{ method, target, header, body string }{
		{"GET", "/demo/sse/subscribe?clientId=X", "Last-Event-ID: 1\r\n", ""},
		{"GET", "/smilex/open/sse/subscribe?clientId=X&mode=short", "", ""},
		{"GET", "/demo/sse/subscribe?clientId=X&mode=long", "Origin: null\r\n", ""},
		{"POST", "/demo/sse/send", form, "clientId=X&content=a%0Ab&event=e&id=i&retry=5&comment=c"},
		{"POST", "/demo/sse/send?to=*", "Content-Type: application/json\r\n", `{"content":"\ud83d\ude00"}`},
		{"POST", "/demo/sse/send", "Content-Type: multipart/form-data; boundary=b\r\n", "--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nX\r\n--b--"},
		{"POST", "/demo/sse/close", form, "clientId=X"},
		{"GET", "/demo/sse/sessions", "Sec-Fetch-Site: cross-site\r\n", ""},
		{"GET", "/demo/sse/metrics", "Accept: text/plain\r\nAccept-Encoding: gzip\r\n", ""},
		{"GET", "/", "", ""},
		{"OPTIONS", "/demo/sse/send", "Origin: http://localhost\r\nAccess-Control-Request-Method: POST\r\n", ""},
	} {
		f.Add(seed.method, seed.target, seed.header, seed.body)
	}
	f.Fuzz(func(t *testing.T, method, target, header, body string) {
		text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s", method, target, header, len(body), body)
		if _, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text))); err != nil {
			t.Skip() // net/http would not give it to a handler
		}
		for _, policy := range Policies() {
			s := New(Config{KeepAlive: -1, Policy: policy, MaxSessions: 3})
			beside := &session{clientID: "X", mode: Streaming, remote: "192.0.2.1:1", wake: make(chan struct{}, 1)}
			recorder := httptest.NewRecorder()
			beside.w, beside.rc = recorder, http.NewResponseController(recorder)
			if err := s.hub.join(beside, ""); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				r, _ := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
				r.RemoteAddr = "192.0.2.2:2"
				if code := s.answer(t, r); code >= 500 && code != http.StatusServiceUnavailable {
					t.Errorf("answered with %d", code)
				}
				s.hub.check(t)
			}
			s.hub.leave(beside)
			s.hub.forget(beside)
			s.hub.check(t)
			if n := len(s.hub.sessions); n != 0 {
				t.Errorf("%d sessions are left", n)
			}
			s.hub.stop() // ends the wait for the next poll
		}
	})
}

// answer serves r, the stream of which ends soon, and returns the status.
func (s *Server) answer(t *testing.T, r *http.Request) int {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			panic(p)
		}
	}()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r.WithContext(ctx))
	return w.Code
}

// check checks what is always so when nobody holds the lock.
func (h *hub) check(t *testing.T) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	absent, absentBytes, live, addresses := 0, 0, 0, 0
	places := len(h.sessions)
	for clientID, sub := range h.subs {
		if sub.clientID != clientID {
			t.Errorf("%q is registered as %q", sub.clientID, clientID)
		}
		if sub.known() == (sub.absent != nil) {
			t.Errorf("%q is known: %t, absent: %t", clientID, sub.known(), sub.absent != nil)
		}
		if sub.absent != nil {
			absent++
			absentBytes += sub.kept.bytes
		}
		bytes := 0
		for i := range sub.kept.length {
			m := sub.kept.at(i)
			bytes += len(m.body)
			if want := sub.before() + uint64(i) + 1; m.n != want {
				t.Errorf("%q keeps message %d in the place of %d", clientID, m.n, want)
			}
		}
		if bytes != sub.kept.bytes || sub.kept.length > sub.kept.maxEvents {
			t.Errorf("%q keeps %d messages of %d bytes, and counts %d", clientID, sub.kept.length, bytes, sub.kept.bytes)
		}
		if len(sub.live) > 1 && h.policy != Share {
			t.Errorf("%q has %d sessions", clientID, len(sub.live))
		}
		if _, there := h.sessions[sub.away]; sub.away != nil && !there {
			places++
		}
		live += len(sub.live)
		for _, s := range sub.live {
			if _, ok := h.sessions[s]; !ok || s.clientID != clientID {
				t.Errorf("a session of %q is not registered", clientID)
			}
		}
	}
	for _, n := range h.addresses {
		addresses += n
	}
	if absent != h.absent.Len() || absentBytes != h.absentBytes || live > len(h.sessions) || addresses != places || h.places != places {
		t.Errorf("%d absent with %d bytes, %d live, %d places, %d by address; the hub has %d with %d, %d sessions and %d places",
			absent, absentBytes, live, places, addresses, h.absent.Len(), h.absentBytes, len(h.sessions), h.places)
	}
	if want := h.recount(t); h.memory.used.Load() != want {
		t.Errorf("%d bytes are counted, but %d are there", h.memory.used.Load(), want)
	}
}

// recount counts what the server keeps, but for players and for bodies that come
// in. Nobody sends or writes meanwhile.
func (h *hub) recount(t *testing.T) (bytes int64) {
	lists := make(map[*payload]int32)
	sessions := maps.Clone(h.sessions)
	for clientID, sub := range h.subs {
		bytes += clientIDSize(clientID)
		for i := range sub.kept.length {
			lists[sub.kept.at(i).payload]++
		}
		if sub.away != nil {
			sessions[sub.away] = struct{}{}
		}
	}
	for s := range sessions {
		bytes += int64(s.cost)
		s.mu.Lock()
		for _, m := range slices.Concat(s.backlog, s.writing, s.queue) {
			if s.cause == nil {
				lists[m.payload]++
			}
		}
		if s.bent != nil {
			bytes += int64(len(s.bent.back))
		}
		s.mu.Unlock()
	}
	for p, n := range lists {
		bytes += int64(p.size()) + int64(n)*slotCost
		if got := p.lists.Load(); got != n {
			t.Errorf("a message is in %d lists, and counts as if it were in %d", n, got)
		}
	}
	return bytes
}
