//go:build unix

package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// startServer starts a server that sends rate events a second to each subscriber, and
// returns its base URL.
func startServer(rate int) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/subscribe", func(w http.ResponseWriter, r *http.Request) { send(w, r, rate) })
	go func() {
		if err := http.Serve(l, mux); err != nil {
			fmt.Fprintln(os.Stderr, "compare:", err)
		}
	}()
	return "http://" + l.Addr().String(), nil
}

// send sends events of about 110 bytes until the subscriber leaves. It makes up for late
// ticks.
func send(w http.ResponseWriter, r *http.Request, rate int) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	flusher := http.NewResponseController(w)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	sent := 0
	for start := time.Now(); ; {
		for until := int(time.Since(start).Seconds() * float64(rate)); sent < until; sent++ {
			n := float64(sent%977) / 100
			fmt.Fprintf(w, "id: %d\ndata: {\"n\":%d,\"symbol\":\"ACME\",\"bid\":%.2f,\"ask\":%.2f,\"venue\":\"XNAS\",\"note\":\"a quote of about a hundred bytes\"}\n\n",
				sent+1, sent+1, 100+n, 100.05+n)
		}
		if flusher.Flush() != nil {
			return
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}
