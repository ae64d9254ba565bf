package server_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"sseconsole/server"
	"sseconsole/server/message"
)

func TestWhatIsOnlyReadAnswersHEAD(t *testing.T) {
	f := start(t, server.Config{})
	for _, path := range []string{"/", "/demo/sse/sessions", "/demo/sse/faults", "/smilex/open/sse/metrics"} {
		res := f.do("HEAD", "http://"+f.addr+path, "")
		status, body := f.finish(res)
		if status != 200 || body != "" || res.Header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s: %d %q, %v", path, status, body, res.Header)
		}
		res = f.do("POST", "http://"+f.addr+path, "")
		status, _ = f.finish(res)
		if status != 405 {
			t.Errorf("POST %s: %d", path, status)
		}
		wantHeader(t, res.Header, "Allow", "GET, HEAD, OPTIONS")
	}
}

// HTTP/1.0 requests may lack a Host, and browsers do not send them.
func TestHTTP10NeedsNoHost(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		for head, want := range map[string]int{"\r\n": 200, "Host: localhost\r\n": 200, "Host: evil.test\r\n": 403} {
			res, err := http.ReadResponse(b.raw("GET /demo/sse/close?clientId=X HTTP/1.0\r\n"+strings.TrimPrefix(head, "\r\n")+"\r\n"), nil)
			if err != nil || res.StatusCode != want {
				t.Errorf("%q: %v, %v; want %d", head, res, err, want)
			}
			if want == 403 {
				<-b.notices
			}
		}
		stream := b.raw("GET /demo/sse/subscribe?clientId=X HTTP/1.0\r\n\r\n")
		if head := readUntil(t, stream, "\n\n"); !strings.HasPrefix(head, "HTTP/1.0 200 OK\r\n") || strings.Contains(head, "chunked") {
			t.Errorf("the stream begins with %q", head)
		}
		b.server.Send(message.Message{Data: "hello"})
		readUntil(t, stream, "data: hello\n\n")
	})
}

// The head of a subscribe stays in memory while the stream lasts, so its bound is
// narrower than that of other calls.
func TestTheHeadOfASubscribeIsBounded(t *testing.T) {
	f := start(t, server.Config{})
	long := strings.Repeat("x", 70_000)
	f.subscribe("X", "X-Long: "+long[:50_000])
	for _, tt := range []struct {
		call, query, header string
		want                int
	}{
		{"subscribe", "clientId=Y&x=" + long, "A: b", 431},
		{"subscribe", "clientId=Y", "Last-Event-ID: " + long, 431},
		{"send", "clientId=X&content=" + long, "X-Long: " + long, 200},
	} {
		status, answer := f.call("GET", f.url(tt.call, tt.query), "", tt.header)
		if status != tt.want || tt.want == 431 && !strings.Contains(answer, "65536 bytes") {
			t.Errorf("%s with a long head: %d %s", tt.call, status, answer)
		}
	}
	if n := f.server.Sessions(); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

// A request that is pipelined after a subscribe waits until the stream has ended.
func TestARequestBehindASubscribeDoesNoHarm(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := b.raw("GET /demo/sse/subscribe?clientId=X HTTP/1.1\r\nHost: localhost\r\n\r\nGET /demo/sse/send?clientId=X&content=early HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		readUntil(t, r, "\n\n")
		<-b.notices
		b.server.Send(message.Message{Data: "hello"})
		readUntil(t, r, "data: hello\n\n")
		b.call("close?clientId=X")
		rest := readUntil(t, r, "0\r\n\r\n")
		if strings.Contains(rest, "early") {
			t.Errorf("it was sent: %q", rest)
		}
		<-b.notices
		answer, err := http.ReadResponse(bufio.NewReader(r), nil)
		if err != nil || answer.StatusCode != 404 {
			t.Errorf("%v, %v", answer, err)
		}
	})
}
