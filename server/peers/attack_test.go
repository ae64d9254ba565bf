//go:build peers

package peers

import (
	_ "embed" // the pages
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sseconsole/server"
)

var update = flag.Bool("update", false, "write the tables into the documents")

//go:embed testdata/attack.html
var attackHTML string

//go:embed testdata/window.html
var windowHTML string

// quiet is how long settled waits for a further request before it assumes that the browser
// does not send the missing ones.
const quiet = 6 * time.Second

// hosts are names of the server, which all resolve to this machine.
var hosts = []string{"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "console.test"}

// target is a server on this machine that records the statuses of requests that name a
// cell of the table.
type target struct {
	t      *testing.T
	server *server.Server
	port   string
	front  func(http.Handler) http.Handler // wraps the server, if not nil

	mu      sync.Mutex
	changed chan struct{} // closed at the next response
	answers map[string][]int
	notices []server.Notice
}

func newTarget(t *testing.T, c server.Config) *target {
	t.Helper()
	tg := &target{t: t, changed: make(chan struct{}), answers: make(map[string][]int)}
	c.Observe = func(n server.Notice) {
		tg.mu.Lock()
		defer tg.mu.Unlock()
		tg.notices = append(tg.notices, n)
	}
	tg.server = server.New(c)
	v4, v6 := listenOnBoth(t)
	_, tg.port, _ = net.SplitHostPort(v4.Addr().String())
	s := &http.Server{Handler: tg}
	go s.Serve(v4) // both until s is closed
	go s.Serve(v6)
	t.Cleanup(func() { s.Close() })
	return tg
}

// listenOnBoth listens on the same port of both loopback addresses.
func listenOnBoth(t *testing.T) (v4, v6 net.Listener) {
	t.Helper()
	for range 20 {
		v4, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(v4.Addr().String())
		v6, err := net.Listen("tcp", "[::1]:"+port)
		if err == nil {
			return v4, v6
		}
		v4.Close()
		if !errors.Is(err, syscall.EADDRINUSE) {
			t.Fatalf("no IPv6, for which the table has a column: %v", err)
		}
	}
	t.Fatal("no port is free on both addresses")
	return nil, nil
}

func (tg *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if cell := r.URL.Query().Get("cell"); cell != "" {
		w = &noting{ResponseWriter: w, note: func(status int) { tg.note(cell, status) }}
	}
	var handler http.Handler = tg.server
	if tg.front != nil {
		handler = tg.front(handler)
	}
	handler.ServeHTTP(w, r)
}

func (tg *target) note(cell string, status int) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	tg.answers[cell] = append(tg.answers[cell], status)
	close(tg.changed)
	tg.changed = make(chan struct{})
}

// settled waits until all cells have a status, or none has changed for a while.
func (tg *target) settled(cells []string) {
	for {
		tg.mu.Lock()
		changed := tg.changed
		missing := slices.ContainsFunc(cells, func(cell string) bool { return len(tg.answers[cell]) == 0 })
		tg.mu.Unlock()
		if !missing {
			return
		}
		select {
		case <-changed:
		case <-time.After(quiet):
			return
		}
	}
}

// noting calls note with the status before it is written.
type noting struct {
	http.ResponseWriter
	note func(status int)
}

func (w *noting) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *noting) WriteHeader(status int) {
	w.note(status)
	w.ResponseWriter.WriteHeader(status)
}

// attack opens a foreign page in b that sends every kind of request to tg. It returns the
// kinds.
func attack(t *testing.T, b browser, tg *target) (vectors []string) {
	t.Helper()
	done := make(chan []string, 1)
	mux := http.NewServeMux()
	html := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, text)
		}
	}
	mux.Handle("/{$}", html(attackHTML))
	mux.Handle("/window", html(windowHTML))
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("url"), http.StatusFound)
	})
	mux.HandleFunc("/plan", func(w http.ResponseWriter, _ *http.Request) {
		type host struct {
			Name string `json:"name"`
			Base string `json:"base"`
		}
		plan := map[string]any{"calls": []string{"send?clientId=victim&content=evil", "subscribe?clientId=victim", "close?clientId=victim"}}
		var targets []host
		for _, name := range hosts {
			targets = append(targets, host{name, "http://" + name + ":" + tg.port + "/demo/sse/"})
		}
		plan["targets"] = targets
		json.NewEncoder(w).Encode(plan)
	})
	list := func(use func([]string)) http.HandlerFunc {
		return func(_ http.ResponseWriter, r *http.Request) {
			var texts []string
			json.NewDecoder(r.Body).Decode(&texts)
			use(texts)
		}
	}
	mux.HandleFunc("/settled", list(tg.settled))
	mux.HandleFunc("/done", list(func(vectors []string) { done <- vectors }))
	s := httptest.NewServer(mux)
	defer s.Close()
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	b.open(t, "http://attacker.test:"+port+"/")
	select {
	case vectors = <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("the page did not finish")
	}
	return vectors
}

// Nothing that a foreign page sends reaches a subscriber, by any name of the server. The
// table shows whether a request was refused or never arrived.
func TestForeignPagesAreKeptOut(t *testing.T) {
	table := new(strings.Builder)
	for _, b := range browsers {
		t.Run(b.name, func(t *testing.T) {
			tg := newTarget(t, server.Config{Hosts: []string{"console.test"}})
			victim := tg.subscribe("127.0.0.1", "victim")
			vectors := attack(t, b, tg)
			fmt.Fprintf(table, "\n%s:\n\n| | %s |\n|---|%s\n", version(t, b.name), strings.Join(hosts, " | "), strings.Repeat("---|", len(hosts)))
			came := 0
			for _, vector := range vectors {
				fmt.Fprintf(table, "| %s |", vector)
				before := came
				for _, host := range hosts {
					colour := tg.colour(vector + "@" + host)
					if colour == "403" {
						came++
					}
					if strings.HasPrefix(colour, "passed") {
						t.Errorf("%s to %s: %s", vector, host, colour)
					}
					fmt.Fprintf(table, " %s |", colour)
				}
				fmt.Fprintln(table)
				if came == before {
					t.Errorf("%s: no request came to any host; is this still a way to send one?", vector)
				}
			}
			t.Logf("%d vectors, %d cells, %d requests came and were refused", len(vectors), len(vectors)*len(hosts), came)
			tg.mu.Lock()
			for _, n := range tg.notices {
				if n.Kind != server.RefusedOrigin && n.Kind != server.RefusedHost && n.Remote != victim.remote {
					t.Errorf("unexpected notice: %v", n.LogValue())
				}
			}
			tg.mu.Unlock()
			tg.send("127.0.0.1", "victim", "the only one")
			if got := victim.data(); got != "the only one" {
				t.Errorf("the victim got %q", got)
			}
		})
	}
	t.Log(table)
	if *update && !t.Failed() {
		updateDocument(t, "guard.md", table.String())
	}
}

// colour returns the content of a cell.
func (tg *target) colour(cell string) string {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	answers := tg.answers[cell]
	for _, status := range answers {
		if status != http.StatusForbidden {
			return fmt.Sprintf("passed (%d)", status)
		}
	}
	if len(answers) == 0 {
		return "—"
	}
	return "403"
}

// updateDocument replaces the table between the marks in a document.
func updateDocument(t *testing.T, name, table string) {
	const begin, end = "<!-- table -->\n", "<!-- end of table -->"
	path := filepath.Join("../../docs", name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), begin)
	_, after, ok := strings.Cut(rest, end)
	if !ok {
		t.Fatalf("%s has no place for the table", path)
	}
	if err := os.WriteFile(path, []byte(before+begin+table+"\n"+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
