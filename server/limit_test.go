package server_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sseconsole/server"
)

func TestSessionsAreLimited(t *testing.T) {
	for name, tt := range map[string]struct {
		config server.Config
		status int
		answer string
	}{
		"in all":      {server.Config{MaxSessions: 2}, 503, "the server has all the 2 sessions that it may have"},
		"per address": {server.Config{MaxSessions: 9, MaxPerAddress: 2}, 429, "your address has all the 2 sessions that it may have"},
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t, tt.config)
			x, y := f.subscribe("X"), f.subscribe("Y")
			res := f.do("GET", f.url("subscribe", "clientId=Z"), "")
			wantHeader(t, res.Header, "Retry-After", "10")
			if status, answer := f.finish(res); status != tt.status || !strings.Contains(answer, tt.answer) {
				t.Errorf("the third: %d %s", status, answer)
			}
			if n := f.notice(server.RefusedLimit); n.ClientID != "Z" {
				t.Errorf("notice %+v", n)
			}
			if status := f.send("Z", "c"); status != 404 {
				t.Errorf("a send to it: %d", status)
			}
			again := f.subscribe("X") // it displaces
			x.rest()
			f.leave(y)
			if !eventually(func() bool { return len(f.server.List()) == 1 }) {
				t.Fatal("those that left are still there")
			}
			f.subscribe("Z")
			f.send("X", "c")
			again.message()
		})
	}
}

func TestTLSBringsHTTP2(t *testing.T) {
	borrowed := httptest.NewUnstartedServer(http.NotFoundHandler())
	borrowed.StartTLS() // for its certificate
	defer borrowed.Close()
	f := start(t, server.Config{TLS: &tls.Config{Certificates: borrowed.TLS.Certificates}})
	transport := borrowed.Client().Transport.(*http.Transport).Clone()
	transport.ForceAttemptHTTP2 = true
	defer transport.CloseIdleConnections()
	f.client.Transport = transport
	url := func(call, query string) string { return "https://" + f.addr + "/demo/sse/" + call + "?" + query }

	open := func(clientID string) *stream {
		res := f.do("GET", url("subscribe", "clientId="+clientID), "")
		if res.ProtoMajor != 2 || res.StatusCode != 200 {
			t.Fatalf("%s %s", res.Proto, res.Status)
		}
		return newStream(t, res.Body)
	}
	x, y := open("X"), open("Y")
	if status, _ := f.call("GET", url("send", "to=*&content=c"), ""); status != 200 {
		t.Errorf("send: %d", status)
	}
	for _, s := range []*stream{x, y} {
		if b := s.message(); b.text() != "c" {
			t.Errorf("got %+v", b)
		}
	}
	// What happens to one stream of the connection does not touch the other.
	f.server.DropSession(f.session("X", func(server.SessionInfo) bool { return true }).ID)
	if _, ok := x.read(); ok || x.end == io.EOF {
		t.Errorf("the dropped stream ended with %v", x.end)
	}
	f.call("GET", url("close", "clientId=Y"), "")
	y.rest()

	stuck := open("stuck")
	for {
		_, err := f.server.Send(server.Message{To: []string{"stuck"}, Data: strings.Repeat("x", 1<<20)})
		if err == server.ErrQueueFull {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := f.notice(server.CutOff); n.ClientID != "stuck" || len(n.LostIDs) == 0 {
		t.Errorf("notice %+v", n)
	}
	for ok := true; ok; {
		_, ok = stuck.read()
	}
	if stuck.end == io.EOF {
		t.Error("the stream that was cut off ended as if it were whole")
	}
}
