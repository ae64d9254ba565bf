//go:build peers

package peers

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

var (
	update = flag.Bool("update", false, "write docs/oracle.md")
	only   = flag.String("only", "", "play the scenarios whose names contain this")

	//go:embed frame.html
	frame string
	//go:embed top.html
	top string
)

const (
	quiet    = 1500 * time.Millisecond // silence that ends a scenario
	attempts = 3                       // for a scenario that differs, since the machine may be busy
)

// outcome is the result of a scenario.
type outcome struct {
	Requests []string
	Log      []string // open, events, errors
	State    string   // at its end
}

func (o outcome) String() string {
	return strings.Join(o.Requests, "\n") + "\n" + strings.Join(o.Log, "\n") + "\n" + o.State
}

// TestTheEngineDoesAsChromium plays every scenario to Chromium and to the engine.
func TestTheEngineDoesAsChromium(t *testing.T) {
	var plays []scenario
	names := map[string]bool{}
	for _, s := range scenarios() {
		if names[s.name] {
			t.Fatalf("two scenarios are named %s", s.name)
		}
		names[s.name] = true
		if strings.Contains(s.name, *only) {
			plays = append(plays, s)
		}
	}
	if *only == "" && len(plays) < 120 {
		t.Errorf("only %d scenarios", len(plays))
	}
	browser, engine := askChromium(t, plays, quiet), askEngine(t, plays, quiet)
	for n := 1; n < attempts; n++ {
		doubtful := slices.DeleteFunc(slices.Clone(plays), func(s scenario) bool {
			return (browser[s.name].String() == engine[s.name].String()) == (s.differs == "")
		})
		if len(doubtful) == 0 {
			break
		}
		maps.Copy(browser, askChromium(t, doubtful, quiet*3/2))
		maps.Copy(engine, askEngine(t, doubtful, quiet*3/2))
	}
	for _, s := range plays {
		b, e := browser[s.name], engine[s.name]
		switch same := b.String() == e.String(); {
		case same && s.differs != "":
			t.Errorf("%s: no longer differs: %s", s.name, s.differs)
		case !same && s.differs == "":
			t.Errorf("%s\nChromium\n%s\nengine\n%s", s.name, b, e)
		}
	}
	if *only == "" {
		document(t, plays, browser, engine)
	}
}

// askChromium returns Chromium's outcome of each scenario, by name.
func askChromium(t *testing.T, plays []scenario, quiet time.Duration) map[string]outcome {
	t.Helper()
	path, err := exec.LookPath("chromium")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	type play struct {
		Name string `json:"name"`
		Page string `json:"page"`
		Top  bool   `json:"top"`
	}
	var list []play
	places := map[string]*place{}
	for i, s := range plays {
		p := serve(t, s, frame, func(server string) string { return fmt.Sprintf("%s%d.page.localhost", server, i) })
		defer p.end()
		places[s.name] = p
		from := "a"
		if s.foreign {
			from = "p"
		}
		query, err := json.Marshal(map[string]any{
			"name": s.name, "url": "http://" + p.hosts["a"] + s.target(), "with": s.with, "types": append([]string{}, s.types...), "quiet": quiet.Milliseconds(),
		})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, play{s.name, "http://" + p.hosts[from] + "/page?" + url.PathEscape(string(query)), s.top})
	}
	encoded, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	results := make(chan map[string]any, len(plays))
	control := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/result" {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, strings.Replace(top, "/*PLAYS*/[]", string(encoded), 1))
			return
		}
		var result map[string]any
		if err := json.NewDecoder(r.Body).Decode(&result); err == nil {
			results <- result
		}
	}))
	defer control.Close()
	defer startChromium(t, path, control.URL)()
	outcomes := map[string]outcome{}
	began := time.Now()
	limit := time.After(100 * time.Second)
	for len(outcomes) < len(plays) {
		select {
		case result := <-results:
			name := result["name"].(string)
			o := outcome{Requests: places[name].requests(), State: result["state"].(string)}
			for _, line := range result["log"].([]any) {
				o.Log = append(o.Log, places[name].neutral(line.(string)))
			}
			outcomes[name] = o
		case <-limit:
			for _, s := range plays {
				if _, done := outcomes[s.name]; !done {
					t.Errorf("Chromium did not finish %q; requests:\n%s", s.name, strings.Join(places[s.name].requests(), "\n"))
				}
			}
			return outcomes
		}
	}
	t.Logf("Chromium took %v", time.Since(began).Round(time.Second))
	return outcomes
}

// startChromium shows a page until stop is called.
func startChromium(t *testing.T, path, page string) (stop func()) {
	t.Helper()
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // its helper processes may still write for a moment
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-popup-blocking",
		"--user-data-dir="+profile, "http://top.page.localhost:"+u.Port()+"/")
	cmd.Env = append(os.Environ(), "HOME="+profile)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) } // Chromium then ends its children itself
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		cancel()
		_ = cmd.Wait()
	}
}

// askEngine returns the engine's outcome of each scenario, by name.
func askEngine(t *testing.T, plays []scenario, quiet time.Duration) map[string]outcome {
	t.Helper()
	outcomes := map[string]outcome{}
	var mu sync.Mutex
	var group sync.WaitGroup
	turns := make(chan struct{}, 32)
	for _, s := range plays {
		group.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			o := playEngine(t, s, quiet)
			mu.Lock()
			defer mu.Unlock()
			outcomes[s.name] = o
		})
	}
	group.Wait()
	return outcomes
}

func playEngine(t *testing.T, s scenario, quiet time.Duration) outcome {
	p := serve(t, s, "", func(string) string { return "127.0.0.1" })
	defer p.end()
	var o outcome
	var mu sync.Mutex
	last := time.Now()
	c := client.Client{Record: func(r record.Record) {
		mu.Lock()
		defer mu.Unlock()
		line := ""
		switch r.Kind {
		case record.Open:
			line = "open"
		case record.Event:
			if r.Type != "message" && !slices.Contains(s.types, r.Type) {
				return
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			_ = e.Encode([]string{r.Type, r.Data, r.ID})
			line = "event " + strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029").Replace(strings.TrimSpace(b.String()))
		case record.Reconnect:
			line = "error connecting"
		case record.Fail:
			line = "error closed"
		default:
			return
		}
		o.Log, last = append(o.Log, p.neutral(line)), time.Now()
	}}
	defer c.CloseIdleConnections()
	spec := endpoint.Stream("http://" + p.hosts["a"] + s.target())
	spec.Cookies = true
	call, err := c.Resolve(&spec, record.Subscribe, endpoint.Values{})
	if err != nil {
		t.Errorf("%s: %v", s.name, err)
		return o
	}
	options := client.Options{Chromium: true}
	if s.foreign {
		options.Origin = "http://" + p.hosts["p"]
	}
	subscription := c.Subscribe(t.Context(), call, options)
	for {
		time.Sleep(50 * time.Millisecond)
		mu.Lock()
		silent := time.Since(last)
		if len(o.Log) == 0 { // the engine waits 2 s for the body of a response that it refuses
			silent -= 2 * time.Second
		}
		mu.Unlock()
		state := subscription.Status().ReadyState
		if silent > quiet || state == client.Closed && silent > 100*time.Millisecond {
			o.State = state.String()
			break
		}
	}
	mu.Lock()
	log := append([]string(nil), o.Log...)
	mu.Unlock()
	subscription.Cancel(nil)
	<-subscription.Done()
	o.Log, o.Requests = log, p.requests()
	return o
}

func (s scenario) target() string {
	if s.path != "" {
		return s.path
	}
	return "/stream"
}

// document compares docs/oracle.md with the outcomes, or writes it.
func document(t *testing.T, plays []scenario, browser, engine map[string]outcome) {
	t.Helper()
	var b strings.Builder
	b.WriteString(oracleIntro)
	var differences []scenario
	for _, s := range plays {
		mine := "the same"
		if s.differs != "" {
			mine = brief(engine[s.name])
			differences = append(differences, s)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", cell(s.name), cell(brief(browser[s.name])), cell(mine))
	}
	b.WriteString("\n## Where the engine differs, and why\n\n")
	for _, s := range differences {
		fmt.Fprintf(&b, "* **%s**: %s\n", s.name, s.differs)
	}
	path := filepath.Join("..", "..", "docs", "oracle.md")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != b.String() {
		t.Errorf("docs/oracle.md is out of date (%v): run scripts/peers.sh -run Chromium -update", err)
	}
}

const oracleIntro = `# As Chromium, exactly

Where the standard leaves room, the engine EventSource does what Chromium does. ` + "`make test-peers`" + ` plays each of these scenarios
to both, with the same bytes, and compares the requests (method, address, Accept, Accept-Encoding, Cache-Control, Cookie,
Last-Event-ID, Origin, Pragma), what they dispatch (open; type, data and lastEventId of each event; error) and the readyState. This
table is generated: ` + "`scripts/peers.sh -run Chromium -update`" + ` writes it.

| scenario | Chromium | engine |
|---|---|---|
`

// brief returns an outcome in words, for the table.
func brief(o outcome) string {
	var words []string
	requests := fmt.Sprintf("%d requests", len(o.Requests))
	if len(o.Requests) == 1 {
		requests = "1 request"
	}
	words = append(words, requests)
	events := 0
	flush := func() {
		if events > 0 {
			words = append(words, fmt.Sprintf("%d events", events))
		}
		events = 0
	}
	for _, line := range o.Log {
		kind, rest, _ := strings.Cut(line, " ")
		if kind == "event" {
			events++
			continue
		}
		flush()
		words = append(words, strings.TrimSpace(kind+" "+strings.TrimPrefix(rest, "connecting")))
	}
	flush()
	return strings.ReplaceAll(strings.Join(words, ", ")+"; "+o.State, "1 events", "1 event")
}

func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }
