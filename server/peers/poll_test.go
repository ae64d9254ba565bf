//go:build peers

package peers

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tmaxmax/go-sse"

	"sseconsole/server"
	"sseconsole/server/hub"
)

// dispatched is an event that a client dispatches.
type dispatched struct{ Type, Data, ID string }

// poller is a client that reconnects when its stream ends.
type poller struct {
	name string
	// start subscribes until the test ends, and calls tell with each event.
	start func(t *testing.T, url string, tell func(dispatched))
}

var pollers = []poller{
	{"Chromium", browserPoller(0)},
	{"Firefox", browserPoller(1)},
	{"npm eventsource 2.0.2", npmPoller("eventsource-2")},
	{"npm eventsource 3.0.7", npmPoller("eventsource-3")},
	{"npm eventsource 4.1.1", npmPoller("eventsource-4")},
	{"npm eventsource-client 1.2.0", npmPoller("eventsource-client")},
	{"npm launchdarkly-eventsource 2.2.0", npmPoller("launchdarkly-eventsource")},
	{"npm @microsoft/fetch-event-source 2.0.1", npmPoller("@microsoft/fetch-event-source")},
	{"go-sse 0.12.0", goSSEPoller},
}

func browserPoller(i int) func(*testing.T, string, func(dispatched)) {
	return func(t *testing.T, url string, tell func(dispatched)) {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				var e dispatched
				json.NewDecoder(r.Body).Decode(&e)
				tell(e)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><script>
				let told = Promise.resolve();
				new EventSource(%q).onmessage = ({type, data, lastEventId}) =>
					told = told.then(() => fetch("/", {method: "POST", body: JSON.stringify({type, data, id: lastEventId})}));
			</script>`, url)
		}))
		t.Cleanup(s.Close)
		browsers[i].open(t, s.URL)
	}
}

func npmPoller(name string) func(*testing.T, string, func(dispatched)) {
	return func(t *testing.T, url string, tell func(dispatched)) {
		npm(t, name)
		cmd := exec.CommandContext(t.Context(), program(t, "node"), "client.mjs", name, url)
		cmd.Dir = filepath.Join("testdata", "npm")
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				var e dispatched
				json.Unmarshal(lines.Bytes(), &e)
				tell(e)
			}
			_ = cmd.Wait() // the context of the test is over
		}()
	}
}

func goSSEPoller(t *testing.T, url string, tell func(dispatched)) {
	client := &sse.Client{Backoff: sse.Backoff{InitialInterval: 200 * time.Millisecond, Multiplier: 1}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	connection := client.NewConnection(request)
	connection.SubscribeToAll(func(e sse.Event) { tell(dispatched{e.Type, e.Data, e.LastEventID}) })
	go connection.Connect() // until the test is over
}

// poll starts a client, sends messages between its polls, and checks that each arrives
// once. It returns the number of empty events that the client dispatched, and whether its
// second poll had the id of the first.
func poll(t *testing.T, p poller, c server.Config) (empty int, learns bool) {
	const messages = 200
	tg := newTarget(t, c)
	polls, events := make(chan string, 10_000), make(chan dispatched, 10_000)
	tg.front = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/subscribe") {
				defer func() { polls <- r.Header.Get("Last-Event-ID") }() // when it has ended
			}
			next.ServeHTTP(w, r)
		})
	}
	p.start(t, tg.url("127.0.0.1", "subscribe", "clientId", "X", "mode", string(hub.ShortPolling)), func(e dispatched) { events <- e })
	next := func() string {
		t.Helper()
		select {
		case id := <-polls:
			return id
		case <-time.After(time.Minute):
			t.Fatal("it polls no more")
		}
		return ""
	}
	next()
	learns = next() != ""
	for n := range messages {
		tg.send("127.0.0.1", "X", strconv.Itoa(n))
		if n%40 == 39 {
			next()
		}
	}
	for n := 0; n < messages; {
		select {
		case e := <-events:
			if e.Data == "" {
				empty++
				continue
			}
			if e.Data != strconv.Itoa(n) {
				t.Fatalf("it dispatches %+v in the place of message %d", e, n)
			}
			n++
		case <-time.After(time.Minute):
			t.Fatalf("%d of %d messages arrived", n, messages)
		}
	}
	return empty, learns
}

// Clients that learn no id from a block without data lose nothing when they poll.
func TestPollingClientsGetEveryMessageOnce(t *testing.T) {
	table := new(strings.Builder)
	fmt.Fprint(table, "| client | dispatches an empty event for it | learns its id |\n|---|---|---|\n")
	for _, p := range pollers {
		t.Run(p.name, func(t *testing.T) {
			empty, learns := poll(t, p, server.Config{})
			t.Logf("%d empty events; it learns the id: %t", empty, learns)
			yes := map[bool]string{true: "yes", false: "no"}
			fmt.Fprintf(table, "| %s | %s | %s |\n", p.name, yes[empty > 0], yes[learns])
		})
	}
	t.Log(table)
	if *update && !t.Failed() {
		updateDocument(t, "server.md", table.String())
	}
}

func TestWithoutTheIDBlockNoClientDispatchesAnEmptyEvent(t *testing.T) {
	for _, p := range pollers {
		t.Run(p.name, func(t *testing.T) {
			if empty, _ := poll(t, p, server.Config{NoIDBlock: true}); empty > 0 {
				t.Errorf("%d empty events", empty)
			}
		})
	}
}
