package server_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sseconsole/server"
)

// patience bounds waits for what must happen but may take a while on a busy machine.
const patience = 20 * time.Second

// eventually polls condition until it holds, and reports whether it does in time.
func eventually(condition func() bool) bool {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(patience); !condition(); {
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
	return true
}

func TestMain(m *testing.M) {
	if os.Getenv(servesForAnother) != "" {
		if err := serveForAnother(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// fixture is a server on a real socket, and a client for it.
type fixture struct {
	t       *testing.T
	server  *server.Server
	addr    string
	client  *http.Client
	notices chan server.Notice
	own     chan server.Notice // of faults and plays; the first ones only
}

func start(t *testing.T, c server.Config) *fixture {
	t.Helper()
	return startAt(t, "127.0.0.1:0", c)
}

func startAt(t *testing.T, addr string, c server.Config) *fixture {
	t.Helper()
	f := &fixture{t: t, notices: make(chan server.Notice, 10_000), own: make(chan server.Notice, 100)}
	c.KeepAlive = cmp.Or(c.KeepAlive, -1) // tests do not expect comments, but may take 15 s
	c.Observe = func(n server.Notice) {
		if !own(n) {
			f.notices <- n
			return
		}
		select {
		case f.own <- n:
		default:
		}
	}
	f.server = server.New(c)
	l, err := f.server.Listen(t.Context(), addr)
	if err != nil {
		t.Fatal(err)
	}
	f.addr = l.Addr().String()
	transport := &http.Transport{DisableCompression: true}
	f.client = &http.Client{Transport: transport}
	served := make(chan error, 1)
	go func() { served <- f.server.Serve(l) }()
	t.Cleanup(func() {
		f.server.Shutdown(context.Background())
		transport.CloseIdleConnections()
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return f
}

func (f *fixture) url(call, query string) string {
	return "http://" + f.addr + "/demo/sse/" + call + "?" + query
}

// own reports whether n is about a fault or a play, which tests begin themselves.
func own(n server.Notice) bool {
	return slices.Contains([]server.Kind{server.FaultOn, server.FaultOff, server.PlayBegan, server.PlayEnded}, n.Kind)
}

// do sends a request with headers given as "Name: value".
func (f *fixture) do(method, url, body string, header ...string) *http.Response {
	f.t.Helper()
	req, err := http.NewRequestWithContext(f.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Add(name, value)
	}
	res, err := f.client.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { res.Body.Close() })
	return res
}

// call sends a request and returns the status and the body.
func (f *fixture) call(method, url, body string, header ...string) (int, string) {
	f.t.Helper()
	return f.finish(f.do(method, url, body, header...))
}

func (f *fixture) finish(res *http.Response) (int, string) {
	f.t.Helper()
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// send sends content by POST, and returns the status.
func (f *fixture) send(clientID, content string) int {
	f.t.Helper()
	form := url.Values{"clientId": {clientID}, "content": {content}}
	status, _ := f.call("POST", f.url("send", ""), form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	return status
}

// subscribe opens a stream and reads the id block.
func (f *fixture) subscribe(clientID string, header ...string) *stream {
	f.t.Helper()
	res := f.do("GET", f.url("subscribe", url.Values{"clientId": {clientID}}.Encode()), "", header...)
	if res.StatusCode != http.StatusOK {
		f.t.Fatalf("subscribe: %s", res.Status)
	}
	s := newStream(f.t, res.Body)
	s.first = s.next()
	if s.first.id == "" || s.first.data != nil {
		f.t.Fatalf("the stream begins with %+v, not with an id alone", s.first)
	}
	return s
}

// notice waits for the next notice of this kind and drops others.
func (f *fixture) notice(kind server.Kind) server.Notice {
	f.t.Helper()
	for {
		var n server.Notice
		select {
		case n = <-f.notices:
		case n = <-f.own:
		case <-time.After(patience):
			f.t.Fatalf("no notice %q", kind)
		}
		if n.Kind == kind {
			return n
		}
	}
}

// stuck subscribes over a raw connection. It reads up to the id block and leaves the
// rest to the caller.
func (f *fixture) stuck(clientID string) (*net.TCPConn, *bufio.Reader) {
	f.t.Helper()
	conn, err := net.Dial("tcp", f.addr)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { conn.Close() })
	tcp := conn.(*net.TCPConn)
	tcp.SetReadBuffer(4 << 10) // so that writes soon block
	io.WriteString(conn, "GET /demo/sse/subscribe?clientId="+clientID+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
	r := bufio.NewReaderSize(conn, 512)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			f.t.Fatal(err)
		}
		if strings.HasPrefix(line, "id: ") {
			return tcp, r
		}
	}
}

// block is one block of a stream; data is nil if it has none.
type block struct {
	id       string
	data     *string
	comments []string
	other    []string
}

func (b block) text() string {
	if b.data == nil {
		return "(no data)"
	}
	return *b.data
}

// stream is a minimal parser of an event stream.
type stream struct {
	t     *testing.T
	body  io.Closer
	r     *bufio.Reader
	first block
	end   error // how the stream ended
}

func newStream(t *testing.T, body io.ReadCloser) *stream {
	return &stream{t: t, body: body, r: bufio.NewReader(body)}
}

// session is the part of the stream's ids before the "-".
func (s *stream) session() string {
	name, _, _ := strings.Cut(s.first.id, "-")
	return name
}

// read returns the next block, or false at the end.
func (s *stream) read() (b block, ok bool) {
	var data []string
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			s.end = err
			return b, false
		}
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "":
			if data != nil {
				text := strings.Join(data, "\n")
				b.data = &text
			}
			return b, true
		case name == "":
			b.comments = append(b.comments, value)
		case name == "id":
			b.id = value
		case name == "data":
			data = append(data, value)
		default:
			b.other = append(b.other, line)
		}
	}
}

// raw returns the text up to and including the next blank line.
func (s *stream) raw() string {
	s.t.Helper()
	var text strings.Builder
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			s.t.Fatalf("stream ended: %v", err)
		}
		text.WriteString(line)
		if line == "\n" {
			return text.String()
		}
	}
}

func (s *stream) next() block {
	s.t.Helper()
	b, ok := s.read()
	if !ok {
		s.t.Fatalf("stream ended: %v", s.end)
	}
	return b
}

// message returns the next block that has data.
func (s *stream) message() block {
	s.t.Helper()
	for {
		if b := s.next(); b.data != nil {
			return b
		}
	}
}

// rest returns the blocks up to the end of the stream, which must not be cut off.
func (s *stream) rest() (blocks []block) {
	s.t.Helper()
	for {
		b, ok := s.read()
		if !ok {
			break
		}
		blocks = append(blocks, b)
	}
	if s.end != io.EOF {
		s.t.Fatalf("the stream ended with %v, not cleanly", s.end)
	}
	return blocks
}
