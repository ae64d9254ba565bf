package hub_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
)

// FuzzServe sends any request twice, while another subscriber is there. The server must
// not respond with 500, must not panic except to abort a stream, and must leave a consistent
// hub.
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
			t.Skip() // net/http would not pass it to a handler
		}
		for _, policy := range hub.Policies() {
			s := server.New(server.Config{KeepAlive: -1, Policy: policy, MaxSessions: 3})
			beside := hub.NewSession(hub.Subscribe{ClientID: "X", Mode: hub.Streaming, Remote: "192.0.2.1:1", Response: httptest.NewRecorder()})
			if err := s.Hub().Join(beside, ""); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				r, _ := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
				r.RemoteAddr = "192.0.2.2:2"
				if code := answer(t, s, r); code >= 500 && code != http.StatusServiceUnavailable {
					t.Errorf("answered with %d", code)
				}
				s.Hub().Check(t)
			}
			s.Hub().Leave(beside)
			s.Hub().Forget(beside)
			s.Hub().Check(t)
			if n := s.Hub().Stats().Sessions; n != 0 {
				t.Errorf("%d sessions are left", n)
			}
			s.Hub().Stop() // stops awaiting the next poll
		}
	})
}

// answer serves r, ends its stream soon, and returns the status.
func answer(t *testing.T, s *server.Server, r *http.Request) int {
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
