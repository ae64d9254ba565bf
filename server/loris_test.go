package server_test

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/server"
)

// drip opens a connection, sends head at once and rest byte by byte until the server
// closes the connection. It returns the response, and the time until the close.
func (b *bubble) drip(head, rest string, between time.Duration) (answer string, after time.Duration) {
	here, there := net.Pipe()
	b.conns.conns <- there
	began := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.WriteString(here, head)
		for i := range len(rest) {
			time.Sleep(between)
			if _, err := io.WriteString(here, rest[i:i+1]); err != nil {
				return
			}
		}
	}()
	all, _ := io.ReadAll(here)
	after = time.Since(began)
	here.Close()
	<-done
	return string(all), after
}

// A peer that sends its request byte by byte holds a connection only up to the time
// limits, and delays nobody.
func TestSlowRequestsAreGivenUp(t *testing.T) {
	const post = "POST /demo/sse/send HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	for name, tt := range map[string]struct {
		head, rest string
		status     string
		after      time.Duration
	}{
		"headers": {"GET /demo/sse/subscribe?clientId=slow HTTP/1.1\r\nHost: localhost\r\nX: ", strings.Repeat("x", 600), "", 10 * time.Second},
		"body":    {post + "Content-Length: 600\r\n\r\n", strings.Repeat(" ", 600), "HTTP/1.1 408 ", time.Minute},
		"chunks":  {post + "Transfer-Encoding: chunked\r\n\r\n", strings.Repeat("1\r\n \r\n", 100), "HTTP/1.1 408 ", time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
				stream := b.subscribe("X")
				began := time.Now()
				told := make(chan time.Duration, 1)
				go func() {
					time.Sleep(5 * time.Second) // in the middle of it
					b.call("send?clientId=X&content=c")
					readUntil(t, stream, "data: c\n\n")
					told <- time.Since(began)
					io.Copy(io.Discard, stream)
				}()
				answer, after := b.drip(tt.head, tt.rest, time.Second)
				if after < tt.after || after > tt.after+2*time.Second || !strings.HasPrefix(answer, tt.status) {
					t.Errorf("after %v: %q", after, answer)
				}
				if d := <-told; d != 5*time.Second {
					t.Errorf("a message came after %v", d)
				}
			})
		})
	}
}

// Connections without a request, or without a further one, are closed.
func TestIdleConnectionsAreClosed(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		const many = 200
		closed := make(chan time.Duration, 2*many)
		began := time.Now()
		for i := range 2 * many {
			here, there := net.Pipe()
			b.conns.conns <- there
			go func() {
				defer here.Close()
				if i%2 == 0 { // it makes a call first
					go io.WriteString(here, "GET /demo/sse/close?clientId=X HTTP/1.1\r\nHost: localhost\r\n\r\n")
				}
				io.Copy(io.Discard, bufio.NewReader(here))
				closed <- time.Since(began)
			}()
		}
		synctest.Wait()
		if status := b.call("send?clientId=X&content=c"); status != "404" {
			t.Errorf("a send beside them: %s", status)
		}
		for i := range 2 * many {
			want := 10 * time.Second
			if i >= many {
				want = 2 * time.Minute
			}
			if d := <-closed; d != want {
				t.Errorf("the %d-th was closed after %v, want %v", i, d, want)
			}
		}
	})
}

func TestLongHeadersAreRefused(t *testing.T) {
	f := start(t, server.Config{})
	status, _ := f.call("GET", f.url("close", "clientId=X"), "", "X-Long: "+strings.Repeat("x", 3<<20))
	if status != 200 {
		t.Errorf("3 MiB: %d", status)
	}
	conn, err := net.Dial("tcp", f.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		io.WriteString(conn, "GET /demo/sse/close?clientId=X HTTP/1.1\r\nHost: localhost\r\nX-Long: "+strings.Repeat("x", 5<<20)+"\r\n\r\n")
	}()
	line, err := bufio.NewReader(conn).ReadString('\n')
	if !strings.HasPrefix(line, "HTTP/1.1 431 ") {
		t.Errorf("5 MiB: %q, %v", line, err)
	}
	conn.Close()
	<-sent
}
