package client

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"sseconsole/client/record"
)

// flusher is what the encoders have in common.
type flusher interface {
	io.Writer
	Flush() error
}

func TestEveryCompressionOfChromiumIsDecodedAsItArrives(t *testing.T) {
	encoders := map[string]func(io.Writer) flusher{
		"gzip":    func(w io.Writer) flusher { return gzip.NewWriter(w) },
		"deflate": func(w io.Writer) flusher { return zlib.NewWriter(w) },
		"br":      func(w io.Writer) flusher { return brotli.NewWriter(w) },
		"zstd": func(w io.Writer) flusher {
			e, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)) // without goroutines to end
			if err != nil {
				t.Error(err)
			}
			return e
		},
		"identity": func(w io.Writer) flusher { return plain{w} },
	}
	raw := func(w io.Writer) flusher {
		e, err := flate.NewWriter(w, flate.DefaultCompression)
		if err != nil {
			t.Error(err)
		}
		return e
	}
	for _, test := range []struct {
		coding  string
		encoder func(io.Writer) flusher
	}{
		{"gzip", encoders["gzip"]}, {"deflate", encoders["deflate"]}, {"deflate", raw}, {"br", encoders["br"]},
		{"zstd", encoders["zstd"]}, {"identity", encoders["identity"]},
	} {
		next := make(chan string)
		asked := make(chan string, 10)
		where := serve(t, func(w http.ResponseWriter, r *http.Request) {
			asked <- r.Header.Get("Accept-Encoding")
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Content-Encoding", test.coding)
			e := test.encoder(w)
			_ = http.NewResponseController(w).Flush()
			for data := range next {
				if _, err := io.WriteString(e, "data: "+data+"\n\n"); err != nil {
					return
				}
				_ = e.Flush()
				_ = http.NewResponseController(w).Flush()
			}
		})
		seen := make(chan record.Record, 100)
		c := Client{Record: func(r record.Record) { seen <- r }}
		s := c.Subscribe(t.Context(), where.stream("x"), Options{Chromium: true})
		if got := <-asked; got != "gzip, deflate, br, zstd" {
			t.Errorf("%s: Accept-Encoding is %q", test.coding, got)
		}
		for _, data := range []string{"first", "second"} { // the second is sent when the first has arrived
			next <- data
			for r := range seen {
				if r.Kind == record.Open && r.Header["Content-Encoding"][0] != test.coding {
					t.Errorf("%s: the header is not recorded: %v", test.coding, r.Header)
				}
				if r.Kind == record.End {
					t.Fatalf("%s: ended: %+v", test.coding, r)
				}
				if r.Kind == record.Event {
					if r.Data != data || string(r.Raw) != "data: "+data+"\n\n" {
						t.Errorf("%s: got %q from %q", test.coding, r.Data, r.Raw)
					}
					break
				}
			}
		}
		close(next)
		s.Cancel(nil)
		<-s.Done()
		c.CloseIdleConnections()
	}
}

type plain struct{ io.Writer }

func (plain) Flush() error { return nil }
