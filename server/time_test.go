package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/server"
)

// pipes is a listener of in-memory connections, which work in simulated time.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// bubble is a server in simulated time. Its connections have no buffers: a write blocks
// until the peer reads.
type bubble struct {
	t       *testing.T
	server  *server.Server
	notices chan server.Notice
	conns   *pipes
}

func inBubble(t *testing.T, c server.Config, test func(t *testing.T, b *bubble)) {
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{t: t, notices: make(chan server.Notice, 100), conns: &pipes{make(chan net.Conn), make(chan struct{})}}
		c.Observe = func(n server.Notice) {
			if !own(n) {
				b.notices <- n
			}
		}
		b.server = server.New(c)
		served := make(chan error, 1)
		go func() { served <- b.server.Serve(b.conns) }()
		defer func() {
			b.server.Shutdown(context.Background())
			if err := <-served; err != nil {
				t.Error(err)
			}
		}()
		test(t, b)
	})
}

// request sends a request over a new connection.
func (b *bubble) request(call string) *bufio.Reader {
	return b.raw("GET /demo/sse/" + call + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

func (b *bubble) raw(text string) *bufio.Reader {
	here, there := net.Pipe()
	b.conns.conns <- there
	io.WriteString(here, text)
	return bufio.NewReaderSize(here, 16)
}

// subscribe subscribes and reads the headers and the id block.
func (b *bubble) subscribe(clientID string) *bufio.Reader {
	b.t.Helper()
	r := b.request("subscribe?clientId=" + clientID)
	readUntil(b.t, r, "\n\n")
	<-b.notices
	return r
}

// call returns the status of a call.
func (b *bubble) call(call string) string {
	b.t.Helper()
	answer, err := io.ReadAll(b.request(call))
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.Fields(string(answer))[1]
}

// readUntil reads up to and including text.
func readUntil(t *testing.T, r *bufio.Reader, text string) string {
	t.Helper()
	var got strings.Builder
	for !strings.HasSuffix(got.String(), text) {
		b, err := r.ReadByte()
		if err != nil {
			t.Fatalf("%v after %q", err, got.String())
		}
		got.WriteByte(b)
	}
	return got.String()
}

func TestKeepAliveComments(t *testing.T) {
	for interval, config := range map[time.Duration]time.Duration{15 * time.Second: 0, 2 * time.Second: 2 * time.Second} {
		inBubble(t, server.Config{KeepAlive: config}, func(t *testing.T, b *bubble) {
			began := time.Now()
			r := b.subscribe("X")
			if d := time.Since(began); d != 0 {
				t.Errorf("the first block came after %v", d)
			}
			for i := range 6 { // longer than bodyTimeout
				readUntil(t, r, "\n: keep-alive\n\n")
				if d := time.Since(began); d != time.Duration(i+1)*interval {
					t.Errorf("comment %d came after %v", i, d)
				}
			}
		})
	}
}

func TestCloseWritesWhatIsQueued(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		r := b.subscribe("X")
		const sent = 100
		for i := range sent {
			if status := b.call("send?clientId=X&content=" + strings.Repeat("x", 500*i)); status != "200" {
				t.Fatal(status)
			}
		}
		if status := b.call("close?clientId=X"); status != "200" {
			t.Fatal(status)
		}
		if status := b.call("send?clientId=X&content=late"); status != "404" {
			t.Errorf("send after close: %s", status)
		}
		if n := b.server.Sessions(); n != 0 {
			t.Errorf("%d sessions", n)
		}
		text := readUntil(t, r, "\r\n0\r\n\r\n") // the end of a whole response
		if n := strings.Count(text, "data: "); n != sent {
			t.Errorf("%d messages before the end, want %d", n, sent)
		}
		if n := <-b.notices; n.Kind != server.Closed || n.LostIDs != nil {
			t.Errorf("notice %+v", n)
		}
	})
}

func TestFullQueueCutsOff(t *testing.T) {
	for _, tt := range []struct{ size, queued int }{
		{10, 256},      // messages
		{512 << 10, 7}, // 4 MiB, and an id each
		{1<<20 - 8, 4}, // with "data: " and the line ends exactly 4 MiB
		{1<<20 - 7, 3}, // a little more
	} {
		inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
			r := b.subscribe("X")
			content := strings.Repeat("x", tt.size)
			// The first is taken from the queue and blocks in its write.
			accepted := 0
			for ; accepted < 1+tt.queued; accepted++ {
				if status := b.call("send?clientId=X&content=" + content); status != "200" {
					t.Fatalf("send %d of size %d: %s", accepted, tt.size, status)
				}
				synctest.Wait()
			}
			if status := b.call("send?clientId=X&content=" + content); status != "503" {
				t.Errorf("the send too many: %s", status)
			}
			if status := b.call("send?clientId=X&content=c"); status != "404" {
				t.Errorf("the send after it: %s", status)
			}
			n := <-b.notices
			var want []string
			for i := range accepted {
				want = append(want, fmt.Sprintf("%s-%d", n.Session, i+1))
			}
			if n.Kind != server.CutOff || n.Err == nil || !slices.Equal(n.LostIDs, want) {
				t.Errorf("%s: %v lost %d: %.60q…, want %d", n.Kind, n.Err, len(n.LostIDs), n.LostIDs, accepted)
			}
			rest, _ := io.ReadAll(r)
			if strings.HasSuffix(string(rest), "0\r\n\r\n") {
				t.Error("the response seems complete")
			}
			again := readUntil(t, b.request("subscribe?clientId=X"), "\n\n")
			if want := fmt.Sprintf("-%d\n\n", accepted); !strings.HasSuffix(again, want) {
				t.Errorf("the next session begins with %q, want %q at its end", again, want)
			}
		})
	}
}

func TestWriteThatBlocksIsCutOffAfterTheTimeout(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		b.subscribe("X")
		began := time.Now()
		b.call("send?clientId=X&content=c")
		n := <-b.notices
		if n.Kind != server.CutOff || !errors.Is(n.Err, os.ErrDeadlineExceeded) || len(n.LostIDs) != 1 {
			t.Errorf("notice %+v", n)
		}
		if d := time.Since(began); d != 10*time.Second {
			t.Errorf("cut off after %v", d)
		}
	})
}

func TestSubscriberThatReadsSlowlyIsNotCutOff(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := b.subscribe("X")
		const size = 1 << 20
		b.call("send?clientId=X&content=" + strings.Repeat("x", size))
		for range size / (8 << 10) {
			time.Sleep(1500 * time.Millisecond) // 192 s in all
			if _, err := io.CopyN(io.Discard, r, 8<<10); err != nil {
				t.Fatal(err)
			}
		}
		readUntil(t, r, "\n\n")
	})
}

func TestBodyThatNeverComesIsNotAwaitedForEver(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		began := time.Now()
		answer := readUntil(t, b.raw("POST /demo/sse/close?clientId=X HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"), "null}")
		if d := time.Since(began); d != time.Minute || !strings.HasPrefix(answer, "HTTP/1.1 408 ") {
			t.Errorf("after %v: %s", d, answer)
		}
	})
}

func TestShutdownWithAStuckSubscriberTakesLessThanTwoSeconds(t *testing.T) {
	inBubble(t, server.Config{WriteTimeout: time.Hour}, func(t *testing.T, b *bubble) {
		b.subscribe("stuck")
		b.call("send?clientId=stuck&content=c")
		began := time.Now()
		if err := b.server.Shutdown(context.Background()); err == nil {
			t.Error("no error says that a subscriber was cut off")
		}
		if d := time.Since(began); d >= 2*time.Second {
			t.Errorf("it took %v", d)
		}
		if n := <-b.notices; n.Kind != server.CutOff || len(n.LostIDs) != 1 {
			t.Errorf("notice %+v", n)
		}
	})
}
