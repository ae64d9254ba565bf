//go:build !race

package client

import (
	"bytes"
	"compress/flate"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// heap returns the size of the heap in use, garbage included.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// bomb serves a stream that is n times piece, compressed.
func bomb(t *testing.T, head, piece string, n int) *httptest.Server {
	deflated := func(text string) []byte { // to be followed by another
		var b bytes.Buffer
		z, _ := flate.NewWriter(&b, flate.DefaultCompression)
		io.WriteString(z, text)
		z.Flush()
		return b.Bytes()
	}
	first, once := deflated(head), deflated(piece)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255})
		w.Write(first)
		for range n {
			if _, err := w.Write(once); err != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestACompressedStreamIsNotHeldWhole(t *testing.T) {
	const pieces = 200 // beyond any limit
	for name, of := range map[string][2]string{
		"one line":     {"data: ", strings.Repeat("a", 1<<20)},
		"a comment":    {":", strings.Repeat("a", 1<<20)},
		"lines":        {"data\n", strings.Repeat("data\n", 1<<20/5)},
		"small events": {"", strings.Repeat("data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\n", 1<<14)},
		"large events": {"", "data: " + strings.Repeat("a", 1<<20) + "\n\n"},
	} {
		for _, engine := range Engines() {
			t.Run(engine+" "+name, func(t *testing.T) {
				server := bomb(t, of[0], of[1], pieces)
				runtime.GC()
				before := heap()
				var peak atomic.Uint64
				var read int64
				c := Client{Record: func(r record.Record) {
					if read += int64(len(r.Raw)); r.Kind == record.Chunk && r.FirstChunk%8 == 0 {
						peak.Store(max(peak.Load(), heap()))
					}
				}}
				defer c.CloseIdleConnections()
				s := c.Subscribe(t.Context(), as("alice", at(server.URL, endpoint.Connection{Compression: "gzip"})), Options{Engine: engine, MaxReconnects: -1})
				<-s.Done()
				grown := (float64(max(peak.Load(), heap())) - float64(before)) / (1 << 20)
				t.Logf("%.0f MiB while %d MiB came", grown, read>>20)
				if grown > 256 {
					t.Errorf("the heap grew by %.0f MiB", grown)
				}
			})
		}
	}
}

func TestManyContentCodingsAreRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Encoding", strings.Repeat("gzip, ", 10_000)+"gzip")
		io.WriteString(w, "x")
	}))
	defer server.Close()
	_, _, records := first(t, at(server.URL, endpoint.Connection{Compression: "gzip"}), Options{})
	for _, r := range records {
		if r.Kind == record.End && strings.Contains(r.Detail, "content codings") {
			return
		}
	}
	t.Errorf("got %+v", records[len(records)-1])
}
