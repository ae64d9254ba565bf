package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errPerson = errors.New("closed in the test")

// log collects records and signals when one arrives.
type log struct {
	mu      sync.Mutex
	changed chan struct{} // closed and renewed at each record
	records []record.Record
}

func newLog() *log { return &log{changed: make(chan struct{})} }

func (l *log) add(r record.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, r)
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *log) all() []record.Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.records)
}

// await waits until there are n records of the kind.
func (l *log) await(t *testing.T, kind record.Kind, n int) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		l.mu.Lock()
		count, changed := 0, l.changed
		for _, r := range l.records {
			if r.Kind == kind {
				count++
			}
		}
		l.mu.Unlock()
		if count >= n {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("no %d records of kind %v in %s", n, kind, strings.Join(l.lines(time.Time{}), "\n"))
		}
	}
}

// lines describes each record except the chunks on one line, with the time since
// start unless that is zero.
func (l *log) lines(start time.Time) []string {
	var lines []string
	for _, r := range l.all() {
		if r.Kind == record.Chunk {
			continue
		}
		words := []any{r.Kind}
		if !start.IsZero() {
			words = []any{r.Time.Sub(start), r.Kind}
		}
		add := func(format string, value any, known bool) {
			if known {
				words = append(words, fmt.Sprintf(format, value))
			}
		}
		add("%s", r.Type, r.Type != "")
		add("id=%s", r.ID, r.ID != "")
		add("%q", r.Data, r.Data != "")
		add("%d", r.Status, r.Status != 0)
		add("by %s", r.By, r.By != "")
		add("in %s", r.Delay, r.Kind == record.Reconnect || r.Kind == record.Retry)
		add("(%s)", r.Source, r.Source != "")
		add("%s", r.Failure, r.Failure != "")
		lines = append(lines, strings.TrimSuffix(fmt.Sprintln(words...), "\n"))
	}
	return lines
}

func wantLines(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// step answers one request.
type step func(*http.Request) (*http.Response, error)

// script is a server in memory: it answers each request with its next step, and with
// 204 after the last.
type script struct {
	mu       sync.Mutex
	steps    []step
	requests []*http.Request
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	next := answer(http.StatusNoContent, "", "")
	if len(s.steps) > 0 {
		next, s.steps = s.steps[0], s.steps[1:]
	}
	s.mu.Unlock()
	return next(r)
}

func answer(status int, contentType, body string) step {
	return func(*http.Request) (*http.Response, error) {
		return response(status, contentType, io.NopCloser(strings.NewReader(body))), nil
	}
}

func response(status int, contentType string, body io.ReadCloser) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {contentType}}, Body: body,
	}
}

// stream is a whole stream that ends cleanly.
func stream(body string) step { return answer(http.StatusOK, "text/event-stream", body) }

// fail is a request without a response.
func fail(err error) step {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// silence is a server that accepts and never answers.
func silence(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// silenceFor answers with next after a delay.
func silenceFor(d time.Duration, next step) step {
	return func(r *http.Request) (*http.Response, error) {
		time.Sleep(d)
		return next(r)
	}
}

// endless starts a response whose body continues until the request ends, or err is
// not nil.
func endless(contentType, beginning string, err error) step {
	return func(r *http.Request) (*http.Response, error) {
		reader, writer := io.Pipe()
		go func() {
			io.WriteString(writer, beginning)
			if err != nil {
				writer.CloseWithError(err)
			}
		}()
		context.AfterFunc(r.Context(), func() { writer.CloseWithError(r.Context().Err()) })
		return response(http.StatusOK, contentType, reader), nil
	}
}

// ownTransport returns the transport that a client makes itself.
func ownTransport(t testing.TB) *http.Transport {
	t.Helper()
	transport, err := newTransport(endpoint.Connection{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return transport
}

// place is the base URL of a server like the demo's, and a name that may be empty.
type place struct{ Name, Base string }

var here = place{Name: "here", Base: "http://here/sse"}

func (p place) stream(clientID string) Call {
	return p.resolve(record.Subscribe, clientID, "", endpoint.Auto)
}

func (p place) send(clientID, content string, method endpoint.Method) Call {
	return p.resolve(record.Send, clientID, content, method)
}

func (p place) close(clientID string, method endpoint.Method) Call {
	return p.resolve(record.Close, clientID, "", method)
}

// resolve returns a call of the demo, or a bare one to Base if that is not a valid base.
func (p place) resolve(kind record.Kind, clientID, content string, method endpoint.Method) Call {
	spec := endpoint.Demo(p.Base, method)
	spec.Name = p.Name
	call, err := new(Client).Resolve(&spec, kind, endpoint.Values{ClientID: clientID, Content: content})
	if err != nil {
		return Call{Kind: kind, ClientID: clientID, Content: content, Request: endpoint.Request{URL: p.Base}}
	}
	return call
}

// as returns a call made with a clientId.
func as(clientID string, call Call) Call {
	call.ClientID = clientID
	return call
}

// sending returns a call that sends content.
func sending(call Call, clientID, content string, expect Expect) Call {
	call.Kind, call.ClientID, call.Content, call.Expect = record.Send, clientID, content, expect
	return call
}
