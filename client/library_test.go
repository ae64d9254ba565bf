package client_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tmaxmax/go-sse"

	"sseconsole/client"
)

func TestGoSSEVersionIsTheOneInGoMod(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "\tgithub.com/tmaxmax/go-sse v" + client.GoSSEVersion + "\n"; !strings.Contains(string(mod), want) {
		t.Errorf("go.mod does not say %q; measure docs/go-sse.md again", want)
	}
}

// answers is a RoundTripper that returns the next answer for each request and records
// the headers; after the last answer, requests block until they are cancelled.
type answers struct {
	bodies      []string
	contentType string
	headers     []http.Header
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	a.headers = append(a.headers, r.Header.Clone())
	if len(a.headers) > len(a.bodies) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	return &http.Response{
		StatusCode: http.StatusOK, Request: r,
		Header: http.Header{"Content-Type": {a.contentType}},
		Body:   io.NopCloser(strings.NewReader(a.bodies[len(a.headers)-1])),
	}, nil
}

// played is what go-sse alone does with some answers, with the defaults of its client.
type played struct {
	events  []sse.Event
	delays  []time.Duration // before each reconnect
	errs    []error         // why it reconnects
	headers []http.Header   // of each request
	end     error           // what Connect returned
}

func play(t *testing.T, lastEventID, contentType string, bodies ...string) (p played) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if lastEventID != "" {
			request.Header.Set("Last-Event-ID", lastEventID)
		}
		server := &answers{bodies: bodies, contentType: contentType}
		c := sse.Client{
			HTTPClient: &http.Client{Transport: server},
			OnRetry: func(err error, delay time.Duration) {
				p.errs, p.delays = append(p.errs, err), append(p.delays, delay)
			},
		}
		stream := c.NewConnection(request)
		stream.SubscribeToAll(func(e sse.Event) { p.events = append(p.events, e) })
		p.end = stream.Connect()
		p.headers = server.headers
	})
	return p
}

// TestGoSSEAlone checks docs/go-sse.md: it runs the library without this client and
// has the numbers of that page. Number 12 is missing: it would leak a goroutine.
func TestGoSSEAlone(t *testing.T) {
	const eventStream = "text/event-stream"
	one := []sse.Event{{Data: "x"}}

	for _, end := range []string{"\n", ": c\n", "foo: bar\n"} {
		t.Run(fmt.Sprintf("1 stops silently at %q", end), func(t *testing.T) {
			if p := play(t, "", eventStream, "data: x\n\n"+end); p.end != nil || len(p.headers) != 1 || !slices.Equal(p.events, one) {
				t.Errorf("%+v", p)
			}
		})
	}
	for _, rest := range []string{"id: 2\ndata: y\n", "id: 2\ndata: y"} {
		t.Run(fmt.Sprintf("2 discards %q as a browser does", rest), func(t *testing.T) {
			if p := play(t, "", eventStream, "data: x\n\n"+rest); !slices.Equal(p.events, one) || len(p.headers) != 2 || p.headers[1]["Last-Event-Id"] != nil {
				t.Errorf("%+v", p)
			}
		})
	}
	t.Run("3 dispatches blocks without data", func(t *testing.T) {
		want := []sse.Event{{LastEventID: "1"}, {LastEventID: "1", Type: "a"}, {LastEventID: "1"}}
		if p := play(t, "", eventStream, "id: 1\n\nevent: a\n\nretry: 9\n\nfoo: 1\n\n"); !slices.Equal(p.events, want) {
			t.Errorf("%+v", p.events)
		}
	})
	about := func(d, want time.Duration) bool { return d >= want/2 && d <= want*3/2+1 }
	for retry, want := range map[string]time.Duration{
		"9000": 9 * time.Second, "+9000": 9 * time.Second, // the standard accepts only digits
		"0": 500 * time.Millisecond, // the default
		// In nanoseconds it is 448384 more than 64 bits hold.
		"18446744073710": 448384 * time.Nanosecond,
	} {
		t.Run("4 takes retry "+retry, func(t *testing.T) {
			if p := play(t, "", eventStream, "retry: "+retry+"\ndata: x\n\n"); !about(p.delays[0], want) {
				t.Errorf("waits %v", p.delays)
			}
		})
	}
	t.Run("4 forgets retry at the next connect", func(t *testing.T) {
		if p := play(t, "", eventStream, "retry: 9000\n\n", "data: x\n\n"); !about(p.delays[0], 9*time.Second) || !about(p.delays[1], time.Second/2) {
			t.Errorf("waits %v", p.delays)
		}
	})
	t.Run("5 waits give or take a half", func(t *testing.T) {
		var bodies []string
		for range 200 {
			bodies = append(bodies, "retry: 1000\n\n")
		}
		p := play(t, "", eventStream, bodies...)
		if low, high := slices.Min(p.delays), slices.Max(p.delays); low > 550*time.Millisecond || high < 1450*time.Millisecond {
			t.Errorf("waits %v to %v", low, high)
		}
	})
	t.Run("6 sends Cache", func(t *testing.T) {
		if h := play(t, "", eventStream, "").headers[0]; h.Get("Cache") != "no-cache" || h["Cache-Control"] != nil {
			t.Errorf("sends %v", h)
		}
	})
	t.Run("7 forgets a first Last-Event-ID", func(t *testing.T) {
		if h := play(t, "7", eventStream, "data: x\n\n").headers; h[0].Get("Last-Event-ID") != "7" || h[1]["Last-Event-Id"] != nil {
			t.Errorf("sends %v", h)
		}
	})
	t.Run("8 gives up at 64 KiB and connects again", func(t *testing.T) {
		p := play(t, "", eventStream, "data: "+strings.Repeat("x", 64<<10)+"\n\n")
		if len(p.events) != 0 || len(p.headers) != 2 || !strings.Contains(p.errs[0].Error(), "token too long") {
			t.Errorf("%+v", p)
		}
	})
	t.Run("9 passes on what is not UTF-8", func(t *testing.T) {
		if p := play(t, "", eventStream, "data: a\xff\n\n"); p.events[0].Data != "a\xff" {
			t.Errorf("%q", p.events)
		}
	})
	for _, contentType := range []string{"text/event-stream foo", "text/event-stream, text/html"} {
		t.Run("10 reads "+contentType, func(t *testing.T) {
			if p := play(t, "", contentType, "data: x\n\n"); !slices.Equal(p.events, one) {
				t.Errorf("%+v", p)
			}
		})
	}
	t.Run("11 shows neither comments nor retry nor bytes", func(t *testing.T) {
		var fields []string
		for _, f := range reflect.VisibleFields(reflect.TypeFor[sse.Event]()) {
			fields = append(fields, f.Name)
		}
		if want := []string{"LastEventID", "Type", "Data"}; !slices.Equal(fields, want) {
			t.Errorf("an event has %q", fields)
		}
	})
}

// BenchmarkGoSSEReadsOneEvent shows difference 8, with reads of the size that a
// connection has: the time grows with the square of the event's size.
func BenchmarkGoSSEReadsOneEvent(b *testing.B) {
	for _, mib := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("%dMiB", mib), func(b *testing.B) {
			stream := bytes.Join([][]byte{[]byte("data: "), bytes.Repeat([]byte("x"), mib<<20), []byte("\n\n")}, nil)
			for b.Loop() {
				n := 0
				for _, err := range sse.Read(slowReader{bytes.NewReader(stream)}, &sse.ReadConfig{MaxEventSize: len(stream) + 1}) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != 1 {
					b.Fatalf("read %d events", n)
				}
			}
		})
	}
}

// slowReader returns at most 4 KiB per read.
type slowReader struct{ io.Reader }

func (r slowReader) Read(p []byte) (int, error) { return r.Reader.Read(p[:min(len(p), 4<<10)]) }
