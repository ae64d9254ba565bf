package client

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// compress returns a writer that applies a content coding.
func compress(coding string, w io.Writer) flusher {
	switch coding {
	case "gzip":
		return gzip.NewWriter(w)
	case "deflate":
		return zlib.NewWriter(w)
	case "raw deflate":
		z, _ := flate.NewWriter(w, flate.DefaultCompression)
		return z
	case "br":
		return brotli.NewWriter(w)
	case "zstd":
		z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		return z
	}
	return nil
}

// In TestEachCompressionBringsEventsOneByOne the server sends an event only when the
// one before has arrived.
func TestEachCompressionBringsEventsOneByOne(t *testing.T) {
	for _, engine := range Engines() {
		for _, coding := range []string{"gzip", "deflate", "raw deflate", "br", "zstd"} {
			t.Run(engine+" "+coding, func(t *testing.T) {
				asked := strings.TrimPrefix(coding, "raw ")
				arrived := make(chan struct{}, 1)
				var wanted string
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					wanted = r.Header.Get("Accept-Encoding")
					w.Header().Set("Content-Type", "text/event-stream")
					w.Header().Set("Content-Encoding", asked)
					z := compress(coding, w)
					w.(http.Flusher).Flush()
					for n := range 3 {
						fmt.Fprintf(z, "data: %d\n\n", n)
						z.Flush()
						w.(http.Flusher).Flush()
						select {
						case <-arrived:
						case <-time.After(20 * time.Second):
							t.Error("an event is held back")
							return
						}
					}
				}))
				defer server.Close()
				var encoding string
				c := Client{Record: func(r record.Record) {
					switch r.Kind {
					case record.Open:
						encoding = http.Header(r.Header).Get("Content-Encoding")
					case record.Event, record.Text:
						arrived <- struct{}{}
					}
				}}
				defer c.CloseIdleConnections()
				s := c.Subscribe(t.Context(), as("alice", at(server.URL, endpoint.Connection{Compression: asked})), Options{Engine: engine, MaxReconnects: -1})
				<-s.Done()
				if wanted != asked || encoding != asked {
					t.Errorf("Accept-Encoding %q, Content-Encoding %q", wanted, encoding)
				}
			})
		}
	}
}

func TestCompressionsAreRequestedOnlyOnDemand(t *testing.T) {
	var wanted []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wanted = append(wanted, r.Header.Get("Accept-Encoding"))
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	first(t, at(server.URL, endpoint.Connection{}), Options{})
	first(t, at(server.URL, endpoint.Connection{Compression: endpoint.CompressionAll}), Options{})
	wantLines(t, wanted, []string{"", "gzip, deflate, br, zstd"})
}

func TestUnrequestedCompressionIsDecodedAsInChromium(t *testing.T) {
	for encoding, want := range map[string]string{
		"gzip": "data: x\n\n", "X-GZIP": "data: x\n\n", "gzip, gzip": "data: x\n\n", ", gzip,": "data: x\n\n",
		"none": "", "identity": "", "utf-8": "", "gzip, none": "",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Content-Encoding", encoding)
			z := gzip.NewWriter(w)
			if strings.Count(encoding, "gzip") == 2 {
				defer z.Close()
				z = gzip.NewWriter(z)
			}
			io.WriteString(z, "data: x\n\n")
			z.Close()
		}))
		defer server.Close()
		for _, engine := range Engines() {
			_, _, records := first(t, at(server.URL, endpoint.Connection{}), Options{Engine: engine})
			for _, r := range records {
				if r.Kind == record.Chunk && want == "" && r.Raw[0] != 0x1f || r.Kind == record.Chunk && want != "" && string(r.Raw) != want {
					t.Errorf("%s: %q was read as %q", engine, encoding, r.Raw)
				}
			}
		}
	}
}
