package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
)

func TestListenPrintsWhatComesUntilItIsOver(t *testing.T) {
	checkLeaks(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Last-Event-ID") == "2" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, ": hello\nretry: 1\nid: 2\nevent: e\ndata: %s %s\ndata: %s\n\n", r.Method, r.Header.Get("X-Note"), body)
	}))
	t.Cleanup(s.Close)
	var stdout, stderr bytes.Buffer
	args := []string{"listen", s.URL, "-X", "PUT", "-H", "X-Note: a {b}, c", "-d", "{raw}"}
	if status := report(run(t.Context(), args, nil, &stdout, &stderr), &stderr); status != 0 {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	for _, want := range []string{"comment\thello", "e #2\tPUT a {b}, c\n\t{raw}", "ended\tended by the server · 1 event · "} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("%q is not in:\n%s", want, stdout.String())
		}
	}

	stdout.Reset()
	if status := report(run(t.Context(), []string{"listen", "-json", "-d", `{"a":1}`, s.URL}, nil, &stdout, &stderr), &stderr); status != 0 {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	events := 0
	for line := range strings.Lines(stdout.String()) {
		var r struct{ Kind, Type, Data string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if r.Kind == "event" && r.Type == "e" && strings.HasPrefix(r.Data, "POST ") {
			events++
		}
	}
	if events != 1 {
		t.Errorf("%d events in:\n%s", events, stdout.String())
	}

	stdout.Reset()
	run(t.Context(), []string{"listen", "-lang", "zh", s.URL}, nil, &stdout, &stderr)
	if want := "已结束\t由服务器结束 · 1 个事件 · "; !strings.Contains(stdout.String(), want) {
		t.Errorf("%q is not in:\n%s", want, stdout.String())
	}
}

func TestListenSendAndCloseOnTheDemo(t *testing.T) {
	r := startServe(t, "-listen", "127.0.0.1:0")
	ctx, cancel := context.WithCancel(t.Context())
	out, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"listen", r.url, "-client-id", "x"}, nil, w, io.Discard) }()
	read := func(until string) {
		t.Helper()
		var got strings.Builder
		for b := make([]byte, 1); !strings.HasSuffix(got.String(), until); got.Write(b) {
			if _, err := out.Read(b); err != nil {
				t.Fatalf("%v after %q", err, got.String())
			}
		}
	}
	read("open\t200 · HTTP/1.1 · text/event-stream; charset=utf-8\n")
	var stdout bytes.Buffer
	if err := run(t.Context(), []string{"send", r.url, "-client-id", "x", "-content", "a {b} & c"}, nil, &stdout, io.Discard); err != nil || !strings.Contains(stdout.String(), "response\tsend: 200") {
		t.Errorf("send: %v: %s", err, stdout.String())
	}
	read("\ta {b} & c\n")
	if err := run(t.Context(), []string{"send", r.url, "-client-id", "nobody", "-content", "c"}, nil, io.Discard, io.Discard); err == nil {
		t.Error("a send to nobody is a success")
	}
	if err := run(t.Context(), []string{"close", r.url, "-client-id", "x"}, nil, io.Discard, io.Discard); err != nil {
		t.Error(err)
	}
	read("\tended by the server · 1 event · ")
	go io.Copy(io.Discard, out)
	cancel()
	if err := <-done; err != nil {
		t.Errorf("after SIGINT: %v", err)
	}
}

func TestListenUsesSavedTargetsAndEnvironments(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, "data: %s %s\n\ndata: over\n\n", r.URL.Path, r.Header.Get("Authorization"))
	}))
	t.Cleanup(s.Close)
	path, err := endpoint.DefaultPath()
	if err != nil {
		t.Fatal(err)
	}
	store := endpoint.NewStore(path, secret.Open(t.Context(), endpoint.SecretsBeside(path)))
	if err := store.Add(t.Context(), endpoint.Spec{
		Name: "orders", Subscribe: endpoint.Call{URL: "{{host}}/{topic}"}, EndMarker: "over",
		Auth:      endpoint.Auth{Kind: endpoint.AuthBearer, Value: "{key}"},
		Variables: []endpoint.Variable{{Name: "key", Secret: true, Value: "sesame"}, {Name: "topic", Value: "a"}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := store.AddEnvironment(t.Context(), endpoint.Environment{Name: "test", Variables: []endpoint.Variable{{Name: "host", Value: s.URL}}}); err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	err = run(t.Context(), []string{"listen", "orders"}, nil, &stdout, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "host") {
		t.Errorf("without an environment: %v", err)
	}
	err = run(t.Context(), []string{"listen", "orders", "-env", "test", "-var", "topic=b"}, nil, &stdout, io.Discard)
	if err != nil || !strings.Contains(stdout.String(), "/b Bearer sesame") {
		t.Errorf("%v: %s", err, stdout.String())
	}
	if err := run(t.Context(), []string{"send", "orders"}, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "no send") {
		t.Errorf("send: %v", err)
	}
	if err := run(t.Context(), []string{"listen", "orders", "-env", "none"}, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("an environment that is not there: %v", err)
	}
}

func TestTheCommandLineKeepsTheCookiesOfATargetThatSaysSo(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	var streams atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("session")
		known := err == nil
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "sesame"})
		switch {
		case r.URL.Path == "/stream" && streams.Add(1)%3 == 0:
			w.WriteHeader(http.StatusNoContent)
		case r.URL.Path == "/stream":
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprintf(w, "retry: 1\ndata: known %t\n\n", known)
		case !known:
			http.Redirect(w, r, "/login", http.StatusFound)
		}
	}))
	t.Cleanup(s.Close)
	path, err := endpoint.DefaultPath()
	if err != nil {
		t.Fatal(err)
	}
	store := endpoint.NewStore(path, secret.Open(t.Context(), endpoint.SecretsBeside(path)))
	for _, cookies := range []bool{true, false} {
		name := fmt.Sprintf("cookies %t", cookies)
		if err := store.Add(t.Context(), endpoint.Spec{
			Name: name, Cookies: cookies,
			Subscribe: endpoint.Call{URL: s.URL + "/stream"}, Send: &endpoint.Call{URL: s.URL + "/send"},
		}); err != nil {
			t.Fatal(err)
		}
		var stdout bytes.Buffer
		if err := run(t.Context(), []string{"listen", name}, nil, &stdout, io.Discard); err != nil {
			t.Error(err)
		}
		if !strings.Contains(stdout.String(), "known false") || strings.Contains(stdout.String(), "known true") != cookies {
			t.Errorf("%s: the stream has:\n%s", name, stdout.String())
		}
		if err := run(t.Context(), []string{"send", name}, nil, io.Discard, io.Discard); (err == nil) != cookies {
			t.Errorf("%s: a send behind a redirect: %v", name, err)
		}
	}
}

// Whoever reads may stop reading, as head does.
func TestListenEndsQuietlyWhenNobodyReads(t *testing.T) {
	url := streamServer(t, "text/event-stream", strings.Repeat("data: a\n\n", 100_000))
	cmd := exec.Command("sh", "-c", `{ "$0" listen "$1"; echo "status $?" >&2; } | head -n 3`, os.Args[0], url)
	cmd.Env = append(os.Environ(), "SSECONSOLE_RUN_CLI=1")
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil || strings.Count(stdout.String(), "\n") != 3 || stderr.String() != "status 0\n" {
		t.Errorf("%v: %.300s%.300s", err, stdout.String(), stderr.String())
	}
}

func TestACallSaysInWordsWhatIsInItsWay(t *testing.T) {
	checkLeaks(t)
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	path, err := endpoint.DefaultPath()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	store := endpoint.NewStore(path, secret.Open(t.Context(), endpoint.SecretsBeside(path)))
	for _, spec := range []endpoint.Spec{
		{Name: "lacks", Subscribe: endpoint.Call{URL: "{{base}}/x"}, Connection: endpoint.Connection{CAFile: "{{ca}}"}},
		{Name: "only", Subscribe: endpoint.Call{URL: s.URL}, Send: &endpoint.Call{URL: s.URL, Expect: endpoint.Expect{Status: "200 201"}}},
	} {
		if err := store.Add(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
	}
	calls := []struct {
		args   string
		status int
		stderr string
	}{
		{"listen", 2, "listen needs a URL"},
		{"listen lacks", 1, "subscribe.url: There is no variable {{base}}."},
		{"send only", 1, "the response is not what the target expects: status 404, want 200 201\n"},
		{"close only", 1, "only: the target has no close"},
		{"listen htp:/bad", 2, "neither a saved target nor a URL"},
		{"listen only", 1, "the saved targets cannot be read: Line 2, column 11, targets: "}, // which is broken from here on
		{"listen " + s.URL, 1, "404"},
	}
	for i, c := range calls {
		if i == len(calls)-2 {
			if err := os.WriteFile(path, []byte("{\"version\":1,\n\"targets\":1}"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var stderr bytes.Buffer
		status := report(run(t.Context(), strings.Fields(c.args), nil, io.Discard, &stderr), &stderr)
		if status != c.status || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("%s: %d, %q, want %d, %q", c.args, status, stderr.String(), c.status, c.stderr)
		}
	}
}
