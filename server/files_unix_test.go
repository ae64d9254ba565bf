//go:build unix

package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func limitFiles(n int) error {
	return unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: uint64(n), Max: uint64(n)})
}

// Before files run out, new subscribers are refused with a sentence, and the others still
// receive messages.
func TestSubscribersAreRefusedBeforeFilesRunOut(t *testing.T) {
	const limit = 128
	o := startOther(t, limit)
	var streams []*bufio.Reader
	for i := range limit {
		_, r, status := o.subscribe(i)
		if status == "HTTP/1.1 200 OK" {
			streams = append(streams, r)
			continue
		}
		rest, _ := io.ReadAll(r)
		if !strings.Contains(status, " 503 ") || !strings.Contains(string(rest), "nearly all of the 128 files") || !strings.Contains(string(rest), "Retry-After: 10") {
			t.Errorf("subscriber %d: %s, %s", i, status, rest)
		}
		break
	}
	if len(streams) < limit/2 || len(streams) > limit-limit/8 {
		t.Errorf("%d subscribers", len(streams))
	}
	if answer := o.ask("broadcast still here"); answer != fmt.Sprint(len(streams), " <nil>") {
		t.Errorf("a message reached %s", answer)
	}
	for i, r := range streams {
		for line := ""; line != "data: still here\n"; {
			var err error
			if line, err = r.ReadString('\n'); err != nil {
				t.Fatalf("subscriber %d: %v", i, err)
			}
		}
	}
	// Connections without a request do not take the last files either.
	for i := range limit {
		conn, err := net.Dial("tcp", o.addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if i < limit/8 {
			continue
		}
		if text, _ := io.ReadAll(conn); !strings.HasPrefix(string(text), "HTTP/1.1 503 ") {
			t.Errorf("connection %d: %s", i, text)
		}
		break
	}
	if answer := o.ask("broadcast once more"); answer != fmt.Sprint(len(streams), " <nil>") {
		t.Errorf("a message reached %s", answer)
	}
}
