package server_test

import (
	"io"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"sseconsole/server"
)

// A peer that falls silent, as if a cable had been pulled, is detected whether or not
// data is under way to it.
func TestSilentPeerIsGone(t *testing.T) {
	for name, keepAlive := range map[string]time.Duration{"while quiet": -1, "while sent to": 100 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			f := start(t, server.Config{KeepAlive: keepAlive, UserTimeout: 2 * time.Second, WriteTimeout: time.Hour})
			conn, err := net.Dial("tcp", f.addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			io.WriteString(conn, "GET /demo/sse/subscribe?clientId=X HTTP/1.1\r\nHost: localhost\r\n\r\n")
			if _, err := conn.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
			fallSilent(t, conn.(*net.TCPConn))
			if n := f.notice(server.Left); n.ClientID != "X" {
				t.Errorf("notice %+v", n)
			}
			if status := f.send("X", "c"); status != 404 {
				t.Errorf("send: %d", status)
			}
		})
	}
}

// fallSilent makes the kernel drop every packet for conn before TCP processes it, so that
// nothing is acknowledged or reset.
func fallSilent(t *testing.T, conn *net.TCPConn) {
	t.Helper()
	raw, err := conn.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	drop := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: 0}
	raw.Control(func(fd uintptr) {
		err = unix.SetsockoptSockFprog(int(fd), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: 1, Filter: &drop})
	})
	if err != nil {
		t.Fatal(err)
	}
}
