package server_test

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
)

func TestStuckSubscriberDelaysNobody(t *testing.T) {
	f := start(t, server.Config{WriteTimeout: time.Hour})
	healthy := f.subscribe("healthy")
	f.stuck("X")
	content := strings.Repeat("x", 64<<10)
	for status := 200; status != 503; {
		if status = f.send("X", content); status != 200 && status != 503 {
			t.Fatal(status)
		}
		f.send("healthy", "beside")
		if b := healthy.message(); b.text() != "beside" {
			t.Fatalf("the healthy one got %q", b.text())
		}
	}
	if n := f.notice(server.CutOff); n.ClientID != "X" || len(n.LostIDs) == 0 {
		t.Errorf("notice %+v", n)
	}
	if status := f.send("X", "c"); status != 404 {
		t.Errorf("the send after the 503: %d", status)
	}
}

func TestBlockedWriteCutsOff(t *testing.T) {
	f := start(t, server.Config{WriteTimeout: 100 * time.Millisecond})
	f.stuck("X")
	if status := f.send("X", strings.Repeat("\n", 1<<20)); status != 200 { // 7 MiB on the wire
		t.Fatal(status)
	}
	n := f.notice(server.CutOff)
	if !errors.Is(n.Err, os.ErrDeadlineExceeded) || len(n.LostIDs) != 1 {
		t.Errorf("notice %+v", n)
	}
	if status := f.send("X", "c"); status != 404 {
		t.Errorf("the send after it: %d", status)
	}
}

func TestSubscriberThatLeavesIsGone(t *testing.T) {
	const body = "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nclientId=X"
	requests := map[string]string{
		"GET":             "GET /demo/sse/subscribe?clientId=X HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"POST":            "POST /demo/sse/subscribe HTTP/1.1\r\n" + body,
		"GET with a body": "GET /demo/sse/subscribe?clientId=X HTTP/1.1\r\n" + body,
	}
	leaves := map[string]func(*net.TCPConn){
		"FIN":        func(c *net.TCPConn) { c.Close() },
		"half-close": func(c *net.TCPConn) { c.CloseWrite() },
		"RST":        func(c *net.TCPConn) { c.SetLinger(0); c.Close() },
	}
	// Without keep-alive comments, only the end of the connection shows it.
	f := start(t, server.Config{KeepAlive: -1})
	for method, request := range requests {
		for how, leave := range leaves {
			conn, err := net.Dial("tcp", f.addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			io.WriteString(conn, request)
			f.notice(server.Subscribed)
			leave(conn.(*net.TCPConn))
			if n := f.notice(server.Left); n.ClientID != "X" || n.Remote != conn.LocalAddr().String() {
				t.Errorf("%s, %s: notice %+v", method, how, n)
			}
			if status := f.send("X", "c"); status != 404 {
				t.Errorf("%s, %s: send %d", method, how, status)
			}
		}
	}
}

func TestShutdownEndsStreamsCleanly(t *testing.T) {
	f := start(t, server.Config{})
	streams := []*stream{f.subscribe("X"), f.subscribe("Y")}
	f.send("X", "last")
	for range 2 {
		if err := f.server.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if rest := streams[0].rest(); len(rest) != 1 || rest[0].text() != "last" {
		t.Errorf("got %+v", rest)
	}
	streams[1].rest()
	for range streams {
		f.notice(server.Closed)
	}
	if n := f.server.Sessions(); n != 0 {
		t.Errorf("%d sessions", n)
	}
	if conn, err := net.Dial("tcp", f.addr); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
}
