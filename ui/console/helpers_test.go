package console

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/embedded"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// running returns a console with its embedded server on a free port.
func running(t *testing.T) *Console {
	t.Helper()
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.Embedded.Start("127.0.0.1:0")
	until(t, c, "the embedded server runs", func() bool { return c.Embedded.Status().State == embedded.Running })
	return c
}

// until waits until a condition holds.
func until(t *testing.T, c *Console, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s; the log:\n%s", what, log(c))
		}
	}
}

// log returns the journal's kinds with the essentials of each, one record per line.
func log(c *Console) string {
	var lines []string
	for _, r := range records(c, 0) {
		lines = append(lines, strings.TrimSpace(r.Kind.String()+" "+r.Type+r.Data+string(r.By)+string(r.Failure)))
	}
	return strings.Join(lines, "\n")
}

// records returns the records of a kind, or all for 0.
func records(c *Console, k record.Kind) []*record.Record {
	var found []*record.Record
	first, last := c.Journal.Bounds()
	for seq := first; seq <= last; seq++ {
		if r := c.Journal.At(seq); r != nil && (k == 0 || r.Kind == k) {
			found = append(found, r)
		}
	}
	return found
}

func state(c *Console, p Pair) client.ReadyState {
	s, _ := c.Subscription(p)
	return s.Status.ReadyState
}

func isOpen(c *Console, p Pair) func() bool {
	return func() bool { return state(c, p) == client.Open }
}

func isIdle(c *Console, p Pair) func() bool {
	return func() bool { s, _ := c.Subscription(p); return s.Running == 0 }
}

// remote is a server with the demo's calls that a test can delay.
type remote struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string
	hold  map[string]chan struct{} // by call: the response waits until this is closed
}

func newRemote(t *testing.T, hold ...string) *remote {
	t.Helper()
	r := &remote{hold: map[string]chan struct{}{}}
	for _, call := range hold {
		r.hold[call] = make(chan struct{})
	}
	r.Server = httptest.NewServer(r)
	t.Cleanup(func() {
		r.CloseClientConnections()
		r.Close()
	})
	return r
}

func (r *remote) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	call := req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:]
	r.mu.Lock()
	r.calls = append(r.calls, call)
	hold := r.hold[call]
	r.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-req.Context().Done():
			return
		}
	}
	if call != "subscribe" {
		_, _ = w.Write([]byte(`{"code":200,"msg":"success","data":null}`))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	_ = http.NewResponseController(w).Flush()
	<-req.Context().Done()
}

func (r *remote) seen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.calls, " ")
}

func (r *remote) pair(clientID string) Pair {
	return Pair{Remote: r.URL + "/demo/sse", ClientID: clientID}
}
