package server_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

func TestSessionsAreLimited(t *testing.T) {
	for name, tt := range map[string]struct {
		config server.Config
		status int
		answer string
	}{
		"in all":      {server.Config{MaxSessions: 2}, 503, "the server has reached its limit of 2 sessions"},
		"per address": {server.Config{MaxSessions: 9, MaxPerAddress: 2}, 429, "your address has reached its limit of 2 sessions"},
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
			if !eventually(func() bool { return len(f.server.Hub().List()) == 1 }) {
				t.Fatal("those that left are still there")
			}
			f.subscribe("Z")
			f.send("X", "c")
			again.message()
		})
	}
}

// startTLS is like start, over TLS and with an HTTP/2 client.
func startTLS(t *testing.T, c server.Config) *fixture {
	t.Helper()
	borrowed := httptest.NewUnstartedServer(http.NotFoundHandler())
	borrowed.StartTLS() // for its certificate
	t.Cleanup(borrowed.Close)
	c.TLS = &tls.Config{Certificates: borrowed.TLS.Certificates}
	f := start(t, c)
	transport := borrowed.Client().Transport.(*http.Transport).Clone()
	transport.ForceAttemptHTTP2 = true
	t.Cleanup(transport.CloseIdleConnections)
	f.client.Transport = transport
	return f
}

// A stream may be quiet for longer than the write timeout.
func TestOverHTTP2ASilentStreamOutlivesTheWriteTimeout(t *testing.T) {
	const timeout = time.Second
	f := startTLS(t, server.Config{WriteTimeout: timeout, KeepAlive: -1})
	res := f.do("GET", "https://"+f.addr+"/demo/sse/subscribe?clientId=X", "")
	if res.ProtoMajor != 2 {
		t.Fatal(res.Proto)
	}
	x := newStream(t, res.Body)
	<-time.After(timeout + timeout/2)
	if _, err := f.server.Send(message.Message{To: []string{"X"}, Data: "c"}); err != nil {
		t.Fatal(err)
	}
	if b := x.message(); b.text() != "c" {
		t.Errorf("got %+v", b)
	}
}

func TestTLSBringsHTTP2(t *testing.T) {
	f := startTLS(t, server.Config{})
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
	// Dropping one stream of the connection does not affect the other.
	f.server.Hub().DropSession(f.session("X", func(hub.SessionInfo) bool { return true }).ID)
	if _, ok := x.read(); ok || x.end == io.EOF {
		t.Errorf("the dropped stream ended with %v", x.end)
	}
	f.call("GET", url("close", "clientId=Y"), "")
	y.rest()

	stuck := open("stuck")
	for {
		_, err := f.server.Send(message.Message{To: []string{"stuck"}, Data: strings.Repeat("x", 1<<20)})
		if err == hub.ErrQueueFull {
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
		t.Error("the stream that was cut off seems complete")
	}
}
