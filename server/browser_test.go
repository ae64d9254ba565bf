package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sseconsole/server"
)

// page is a page that a test opens in Chromium.
type page struct {
	t       *testing.T
	browser string
	port    string
	script  atomic.Value
	reports chan []byte
}

func newPage(t *testing.T) *page {
	t.Helper()
	p := &page{t: t, reports: make(chan []byte, 1)}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			p.browser = path
			break
		}
	}
	if p.browser == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium")
		}
		t.Skip("no Chromium on this machine: what a browser does is not tested")
	}
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	_, p.port, _ = net.SplitHostPort(s.Listener.Addr().String())
	return p
}

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == "POST":
		body, _ := io.ReadAll(r.Body)
		p.reports <- body
	case r.URL.Path == "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><body><script>
			const report = what => fetch("/report", {method: "POST", body: JSON.stringify(what)});
			const wait = ms => new Promise(done => setTimeout(done, ms));
			(async () => {%s})().catch(e => report({error: String(e)}));
		</script>`, p.script.Load())
	default:
		http.NotFound(w, r) // its icon
	}
}

// origin returns the origin of the page when it is opened at host.
func (p *page) origin(host string) string { return "http://" + host + ":" + p.port }

// visit opens the page with a script, and stores in result what the script passes to
// the function report.
func (p *page) visit(host, script string, result any) {
	p.t.Helper()
	p.script.Store(script)
	p.open(p.origin(host)+"/", result)
}

// open opens a page and waits for its report.
func (p *page) open(url string, result any) {
	p.t.Helper()
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		p.t.Fatal(err)
	}
	// Not T.TempDir, which fails if Chromium's helpers write a moment after it was killed.
	p.t.Cleanup(func() { _ = os.RemoveAll(profile) })
	browser := exec.CommandContext(p.t.Context(), p.browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--host-resolver-rules=MAP evil.test 127.0.0.1, MAP allowed.test 127.0.0.1",
		"--user-data-dir="+profile, url)
	// On SIGTERM, it ends its children.
	browser.Cancel = func() error { return browser.Process.Signal(syscall.SIGTERM) }
	browser.WaitDelay = patience
	if err := browser.Start(); err != nil {
		p.t.Fatal(err)
	}
	defer func() {
		browser.Cancel()
		browser.Wait()
	}()
	select {
	case body := <-p.reports:
		if err := json.Unmarshal(body, result); err != nil {
			p.t.Fatalf("the page reports %s: %v", body, err)
		}
		p.t.Logf("%s reports %s", url, body)
	case <-time.After(2 * time.Minute):
		p.t.Fatal("the page reports nothing")
	}
}

// With the demo's original back end, two EventSources with one clientId replace each
// other for ever. Here the second stays open and the first stays closed.
func TestBrowserDoesNotFightItself(t *testing.T) {
	p := newPage(t)
	f := start(t, server.Config{})
	// In one case the farewell to the first subscriber is lost.
	var met atomic.Bool
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "clientId=lost" && met.CompareAndSwap(false, true) {
			defer panic(http.ErrAbortHandler)
			w = &deaf{ResponseWriter: w}
		}
		f.server.ServeHTTP(w, r)
	}))
	defer front.Close()
	const pairs = 3
	type state struct {
		First, Second int // readyState
		Got           []string
	}
	var got map[string]state
	p.visit("localhost", fmt.Sprintf(`
		const base = %q, sources = {};
		const opened = source => new Promise(done => source.onopen = done);
		for (const id of ["quiet", "talking", "lost"]) {
			const first = new EventSource(base + "/demo/sse/subscribe?clientId=" + id);
			await opened(first);
			if (id === "talking") {
				const heard = new Promise(done => first.onmessage = done);
				await fetch(base + "/demo/sse/send?content=early&clientId=" + id);
				await heard;
			}
			const second = new EventSource(base + "/demo/sse/subscribe?clientId=" + id);
			await opened(second);
			const got = [];
			second.onmessage = e => got.push(e.data);
			sources[id] = {first, second, got};
		}
		await wait(8000); // an EventSource comes back after 3 s
		for (const id in sources) {
			const heard = new Promise(done => sources[id].second.addEventListener("message", done));
			await fetch(base + "/demo/sse/send?content=late&clientId=" + id);
			await heard;
		}
		report(Object.fromEntries(Object.entries(sources).map(([id, s]) =>
			[id, {First: s.first.readyState, Second: s.second.readyState, Got: s.got}])));
	`, front.URL), &got)
	if len(got) != pairs {
		t.Fatal(got)
	}
	const open, closed = 1, 2
	for id, s := range got {
		if s.First != closed || s.Second != open || len(s.Got) != 1 || s.Got[0] != "late" {
			t.Errorf("%s: %+v, want the first closed, the second open", id, s)
		}
	}
	subscribed, refused := make(map[string]int), make(map[string]int)
	for len(f.notices) > 0 {
		switch n := <-f.notices; n.Kind {
		case server.Subscribed:
			subscribed[n.ClientID]++
		case server.RefusedReconnect:
			refused[n.ClientID]++
		}
	}
	for id := range got {
		if subscribed[id] != 2 || refused[id] != 1 {
			t.Errorf("%s: %d subscribes and %d refused reconnects, want 2 and 1", id, subscribed[id], refused[id])
		}
	}
}

// deaf passes on the first write of a stream and drops the rest.
type deaf struct {
	http.ResponseWriter
	writes int
}

func (d *deaf) Unwrap() http.ResponseWriter { return d.ResponseWriter }

func (d *deaf) Write(p []byte) (int, error) {
	if d.writes++; d.writes > 1 {
		return len(p), nil
	}
	return d.ResponseWriter.Write(p)
}

// Requests of a foreign page have no effect, however it sends them. Pages of this machine
// and of an allowed origin can use the server.
func TestBrowserKeepsForeignPagesOut(t *testing.T) {
	p := newPage(t)
	f := start(t, server.Config{Origins: []string{p.origin("allowed.test")}})
	var mu sync.Mutex
	answered := make(map[string]int) // statuses, by how the page sent the request
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := &statusWriter{ResponseWriter: w}
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			answered[r.URL.Query().Get("by")] = status.code
		}()
		f.server.ServeHTTP(status, r)
	}))
	defer front.Close()
	victim := f.subscribe("victim")

	type outcome struct{ Error, Fetch, EventSource string }
	attack := fmt.Sprintf(`
		const to = (call, by) => %q + "/demo/sse/" + call + "?clientId=victim&content=evil&by=" + by;
		const loaded = e => new Promise(done => { e.onload = e.onerror = done; document.body.append(e); });
		const make = (name, set) => Object.assign(document.createElement(name), set);
		await loaded(make("img", {src: to("send", "img")}));
		await loaded(make("iframe", {src: to("close", "iframe")}));
		const form = make("form", {method: "post", action: to("send", "form"), target: "frame"});
		document.body.append(form);
		const frame = make("iframe", {name: "frame"});
		document.body.append(frame);
		const submitted = new Promise(done => frame.onload = done);
		form.submit();
		await submitted;
		const nullFrame = make("iframe", {sandbox: "allow-scripts", srcdoc:
			"<script>fetch('" + to("send", "null") + "', {mode: 'no-cors'}).finally(() => parent.postMessage(1, '*'))<\/script>"});
		const tried = new Promise(done => window.onmessage = done);
		document.body.append(nullFrame);
		await tried;
		await fetch(to("send", "no-cors"), {mode: "no-cors", method: "POST"});
		const Fetch = await fetch(to("send", "fetch")).then(() => "read", () => "refused");
		await fetch(to("send", "preflight"), {headers: {Authorization: "Bearer x"}}).catch(() => 0);
		const EventSource = await new Promise(done => {
			const source = new window.EventSource(to("subscribe", "EventSource"));
			source.onopen = () => done("open");
			source.onerror = () => done(["connecting", "open", "closed"][source.readyState]);
		});
		report({Fetch, EventSource});
	`, front.URL)
	var got outcome
	if p.visit("evil.test", attack, &got); got != (outcome{"", "refused", "closed"}) {
		t.Errorf("%+v", got)
	}
	for _, by := range []string{"img", "iframe", "form", "null", "no-cors", "fetch", "preflight", "EventSource"} {
		if answered[by] != http.StatusForbidden {
			t.Errorf("by %s: answered %d, want 403", by, answered[by])
		}
	}
	if n := f.server.Sessions(); n != 1 {
		t.Errorf("%d sessions", n)
	}

	use := fmt.Sprintf(`
		const base = %q + "/demo/sse/", id = location.hostname;
		const source = new window.EventSource(base + "subscribe?clientId=" + id);
		await new Promise((done, failed) => { source.onopen = done; source.onerror = () => failed("not open"); });
		const heard = new Promise(done => source.onmessage = e => done(e.data));
		const answer = await fetch(base + "send", {method: "POST", headers: {"Content-Type": "application/json"},
			body: JSON.stringify({clientId: id, content: "你好"})});
		const missing = await fetch(base + "send?content=c&clientId=nobody");
		report({Fetch: (await answer.json()).msg + ", " + (await missing.json()).msg, EventSource: await heard});
	`, front.URL)
	for _, host := range []string{"localhost", "allowed.test"} {
		if p.visit(host, use, &got); got != (outcome{"", "success, User Id nobody not Found", "你好"}) {
			t.Errorf("%s: %+v", host, got)
		}
	}
	f.send("victim", "the only one")
	if b := victim.message(); b.text() != "the only one" {
		t.Errorf("the victim got %q", b.text())
	}
}

// statusWriter records the status.
type statusWriter struct {
	http.ResponseWriter
	code int
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *statusWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}
