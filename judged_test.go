package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tmaxmax/go-sse"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/hub"
)

// pipes is an in-memory listener, so that time can be simulated.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bench has a server and a client whose streams are judged.
type bench struct {
	t       *testing.T
	client  client.Client
	options client.Options   // of its subscriptions
	kinds   chan record.Kind // of the records, as they arrive
	intake  *intake.Intake

	mu       sync.Mutex
	problems []record.Record
}

func newBench(t *testing.T, dial func(context.Context, string, string) (net.Conn, error)) (b *bench, stop func()) {
	b = &bench{t: t, kinds: make(chan record.Kind, 1000)}
	b.intake = intake.New(b.take)
	transport := &http.Transport{DialContext: dial, DisableCompression: true}
	b.client = client.Client{Transport: transport, Record: func(r record.Record) {
		b.intake.Add(r)
		select {
		case b.kinds <- r.Kind:
		default: // no test waits for so many
		}
	}}
	return b, transport.CloseIdleConnections
}

// take remembers the findings among the records.
func (b *bench) take(r record.Record) int64 {
	if r.Kind == record.Problem {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.problems = append(b.problems, r)
	}
	return 0 // the number is not used
}

// inBubble judges the streams of a handler, in simulated time.
func inBubble(t *testing.T, handler http.Handler, test func(*bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		listener := &pipes{make(chan net.Conn), make(chan struct{})}
		served := make(chan error, 1)
		s := &http.Server{Handler: handler}
		go func() { served <- s.Serve(listener) }()
		b, stop := newBench(t, listener.dial)
		defer func() {
			stop()
			s.Close()
			if err := <-served; !errors.Is(err, http.ErrServerClosed) {
				t.Error(err)
			}
		}()
		test(b)
	})
}

// subscribe subscribes until the returned function is called. The name distinguishes
// subscriptions with the same clientId.
func (b *bench) subscribe(name, path string) (cancel func()) {
	sub := b.client.Subscribe(b.t.Context(), streamOf(b.t, &b.client, name, "http://localhost"+path, "alice"), b.options)
	<-sub.Settled()
	return func() {
		sub.Cancel(nil)
		<-sub.Done()
	}
}

// streamOf returns the subscribe call of the demo at a base URL, for a target of this
// name.
func streamOf(t *testing.T, c *client.Client, name, base, clientID string) client.Call {
	t.Helper()
	spec := endpoint.Demo(base, endpoint.Auto)
	spec.Name = name
	call, err := c.Resolve(&spec, record.Subscribe, endpoint.Values{ClientID: clientID})
	if err != nil {
		t.Fatal(err)
	}
	return call
}

// wait lets simulated time pass, and watches streams as the console does.
func (b *bench) wait(d time.Duration) {
	for ; d > 0; d -= time.Second {
		time.Sleep(min(d, time.Second))
		b.intake.Tick(time.Now())
	}
}

func (b *bench) call(path string) {
	b.t.Helper()
	c := http.Client{Transport: b.client.Transport}
	response, err := c.Post("http://localhost"+path, "text/plain", nil)
	if err != nil {
		b.t.Error(err)
		return
	}
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
	if response.StatusCode >= 300 {
		b.t.Errorf("%s: %s", path, response.Status)
	}
}

// await waits for n more records of a kind.
func (b *bench) await(kind record.Kind, n int) {
	b.t.Helper()
	for timeout := time.After(20 * time.Second); n > 0; {
		select {
		case k := <-b.kinds:
			if k == kind {
				n--
			}
		case <-timeout:
			b.t.Fatalf("%d records of kind %v are missing", n, kind)
		}
	}
}

// expect checks the codes of the findings so far.
func (b *bench) expect(want ...string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	found := map[string]record.Record{}
	for _, p := range b.problems {
		found[p.Type] = p
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) {
		b.t.Errorf("found %q, want %q: %+v", got, want, found)
	}
}

// compressing sends an event every second through gzip. It flushes gzip after each event,
// or only at the end, as many servers do unknowingly.
func compressing(flush bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_ = http.NewResponseController(w).Flush()
		for i := range 8 {
			time.Sleep(time.Second)
			fmt.Fprintf(z, "data: %d\n\n", i)
			if flush {
				_ = z.Flush()
				_ = http.NewResponseController(w).Flush()
			}
		}
		_ = z.Close()
	}
}

func TestAStreamDelayedByItsCompressionIsFoundWithChromiumsHeaders(t *testing.T) {
	for _, test := range []struct {
		flush bool
		want  []string
	}{
		{false, []string{"compressed", "compressed_held_back"}},
		{true, []string{"compressed"}},
	} {
		inBubble(t, compressing(test.flush), func(b *bench) {
			b.options.Chromium = true
			cancel := b.subscribe("gzip", "/events")
			b.wait(10 * time.Second)
			cancel()
			b.expect(test.want...)
		})
	}
}

func TestTheEmbeddedServerHasNoFindings(t *testing.T) {
	s := server.New(server.Config{})
	inBubble(t, s, func(b *bench) {
		send := func(content string) {
			b.call("/demo/sse/send?clientId=alice&content=" + url.QueryEscape(content))
		}
		first := b.subscribe("first", "/demo/sse")
		for _, content := range []string{
			"a", " b", "", "c\nd", "e\r\nf\r", "\uFEFFg", "id: 9\nevent: x\n\nretry: 0", "<html>", "订阅", "\x00", strings.Repeat("x", 100_000),
		} {
			send(content)
		}
		b.wait(2 * time.Minute)
		for range 3 {
			b.call("/demo/sse/close?clientId=alice")
			b.wait(4 * time.Second)
			for n := range 5 {
				send(fmt.Sprint(n))
			}
		}
		second := b.subscribe("second", "/demo/sse") // takes over permanently
		b.wait(time.Minute)
		send("z")
		b.wait(time.Second)
		first()
		second()
		b.expect()
		b.await(record.Event, 11+3*5+1)
	})
}

func TestTheEmbeddedServerHasNoFindingsInAnyModeAndPolicy(t *testing.T) {
	for _, mode := range hub.Modes() {
		for _, policy := range hub.Policies() {
			for _, without := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %s, NoIDBlock %t", mode, policy, without), func(t *testing.T) {
					inBubble(t, server.New(server.Config{Mode: mode, Policy: policy, NoIDBlock: without}), func(b *bench) {
						cancel := b.subscribe("only", "/demo/sse")
						for n := range 10 {
							time.Sleep(400 * time.Millisecond)
							b.call(fmt.Sprintf("/demo/sse/send?clientId=alice&content=%d", n))
						}
						b.wait(time.Minute)
						cancel()
						if mode == hub.ShortPolling && without { // nothing announces when to poll
							b.expect("ends_without_events")
							return
						}
						b.expect()
					})
				})
			}
		}
	}
}

// spring is the demo's back end as Spring's SseEmitter behaves.
type spring struct {
	mu       sync.Mutex
	emitters map[string]chan string
}

func (s *spring) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	emitter := make(chan string, 10)
	s.mu.Lock()
	if old := s.emitters[r.FormValue("clientId")]; old != nil {
		close(old)
	}
	s.emitters[r.FormValue("clientId")] = emitter
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream;charset=UTF-8")
	w.(http.Flusher).Flush()
	for {
		select {
		case content, ok := <-emitter:
			if !ok {
				return
			}
			fmt.Fprintf(w, "data:%s\n\n", content)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func (s *spring) send(content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emitters["alice"] <- content
}

func (s *spring) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.emitters["alice"])
	delete(s.emitters, "alice")
}

func TestSpringsFaultsAreFoundAndNoOthers(t *testing.T) {
	tests := []struct {
		name string
		play func(*bench, *spring)
		want []string // besides the missing Cache-Control
	}{
		{"plain", func(b *bench, s *spring) { s.send("hello"); s.send("") }, nil},
		{"a raw line feed", func(b *bench, s *spring) { s.send("a\nb") }, []string{"no_field"}},
		{"a leading space", func(b *bench, s *spring) { s.send("a"); s.send(" b") }, []string{"leading_space_lost"}},
		{"no keep-alive", func(b *bench, s *spring) { s.send("a"); b.wait(40 * time.Second) }, []string{"silent_30s"}},
		{"closed, and back without ids", func(b *bench, s *spring) {
			s.send("a")
			s.close()
			b.wait(4 * time.Second)
			s.send("b")
		}, []string{"ids_missing_on_reconnect"}},
		{"evicted by another subscriber, and back", func(b *bench, s *spring) {
			defer b.subscribe("second", "")()
			b.wait(20 * time.Second)
		}, []string{"thrown_out"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &spring{emitters: map[string]chan string{}}
			inBubble(t, s, func(b *bench) {
				cancel := b.subscribe("first", "")
				tt.play(b, s)
				b.wait(time.Second)
				cancel()
				b.expect(append(tt.want, "cache_control_missing")...)
			})
		})
	}
}

func TestGoSSEsServerHasNoFindings(t *testing.T) {
	replayer, err := sse.NewFiniteReplayer(100, true)
	if err != nil {
		t.Fatal(err)
	}
	s := &sse.Server{Provider: &sse.Joe{Replayer: replayer}, OnSession: func(w http.ResponseWriter, _ *http.Request) ([]string, bool) {
		w.Header().Set("Cache-Control", "no-cache") // go-sse leaves it to its user
		return []string{sse.DefaultTopic}, true
	}}
	oneMinute := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
		defer cancel()
		s.ServeHTTP(w, r.WithContext(ctx))
	})
	inBubble(t, oneMinute, func(b *bench) {
		publish := func(fill func(*sse.Message)) {
			m := &sse.Message{}
			fill(m)
			if err := s.Publish(m); err != nil {
				b.t.Error(err)
			}
		}
		event := func(data string) { publish(func(m *sse.Message) { m.AppendData(data) }) }
		event("before anyone is there")
		sub := b.client.Subscribe(b.t.Context(), streamOf(b.t, &b.client, "go-sse", "http://localhost", "alice"), client.Options{})
		for n := range 150 {
			b.wait(time.Second)
			switch {
			case n%60 == 58:
				publish(func(m *sse.Message) { m.AppendComment("keep-alive") })
			case n%2 == 0:
				event(fmt.Sprintf("{\"n\": %d,\n \"text\": \"订阅\"}", n))
			}
		}
		sub.Cancel(nil)
		<-sub.Done()
		synctest.Wait() // Joe must not write to a handler that has returned after Shutdown
		b.expect()
		if st := sub.Status(); st.Reconnects < 2 || st.Events < 60 {
			b.t.Errorf("only %d events over %d reconnects", st.Events, st.Reconnects)
		}
		if err := s.Shutdown(b.t.Context()); err != nil {
			b.t.Error(err)
		}
	})
}

func awaitListener(t *testing.T, socket string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for timeout := time.After(20 * time.Second); ; {
		if c, err := net.Dial("unix", socket); err == nil {
			c.Close()
			return
		}
		select {
		case <-tick.C:
		case <-timeout:
			t.Fatalf("nobody listens on %s", socket)
		}
	}
}

// TestNchanHasNoFindings needs Debian's package libnginx-mod-nchan.
func TestNchanHasNoFindings(t *testing.T) {
	const module = "/usr/lib/nginx/modules/ngx_nchan_module.so"
	nginx, err := exec.LookPath("/usr/sbin/nginx")
	if err == nil {
		_, err = os.Stat(module)
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("libnginx-mod-nchan must be installed: %v", err)
		}
		t.Skipf("libnginx-mod-nchan is not installed: %v", err)
	}
	dir := t.TempDir()
	socket := filepath.Join(dir, "socket")
	config := `load_module ` + module + `;
daemon off;
user root;
worker_processes 1;
pid ` + dir + `/pid;
error_log stderr warn;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path ` + dir + `;
	proxy_temp_path ` + dir + `;
	fastcgi_temp_path ` + dir + `;
	uwsgi_temp_path ` + dir + `;
	scgi_temp_path ` + dir + `;
	server {
		listen unix:` + socket + `;
		location = /pub { nchan_publisher; nchan_channel_id alice; nchan_message_timeout 1m; }
		location = /subscribe { nchan_subscriber eventsource; nchan_channel_id alice; nchan_eventsource_ping_interval 1; nchan_eventsource_ping_comment keep-alive; add_header Cache-Control no-cache; }
	}
}
`
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(nginx, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-e", "stderr")
	stderr := &strings.Builder{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if t.Failed() {
			t.Log(stderr)
		}
	}()

	var dialer net.Dialer
	b, stop := newBench(t, func(ctx context.Context, _, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, "unix", socket)
	})
	defer stop()
	publish := func(from, to int) {
		for n := from; n < to; n++ {
			response, err := (&http.Client{Transport: b.client.Transport}).Post("http://localhost/pub", "text/plain", strings.NewReader(fmt.Sprintf("line %d\n 订阅", n)))
			if err != nil {
				t.Error(err)
				return
			}
			response.Body.Close()
		}
	}
	awaitListener(t, socket)
	publish(0, 5)
	sub := b.client.Subscribe(t.Context(), streamOf(t, &b.client, "nchan", "http://localhost", "alice"), client.Options{})
	b.await(record.Event, 5)
	publish(5, 10)
	b.await(record.Event, 5)
	b.await(record.Comment, 2)
	// Publishing is a plain request, as a target defines it.
	sent := b.client.Do(t.Context(), client.Call{Kind: record.Send, Name: "nchan", ClientID: "alice", Content: "called", Request: endpoint.Request{
		Method: http.MethodPost, URL: "http://localhost/pub", Body: []byte("called"),
		Header: http.Header{"Accept": {"text/json"}},
	}, Expect: func(status int, body []byte) error {
		if status < 200 || status > 299 || !strings.Contains(string(body), `"subscribers": 1`) {
			return fmt.Errorf("nobody listens: %s", body)
		}
		return nil
	}})
	if sent.Kind != record.Answer {
		t.Errorf("the publisher got %+v", sent)
	}
	b.await(record.Event, 1)
	sub.Cancel(nil)
	<-sub.Done()
	b.expect()
}
