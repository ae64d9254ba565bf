package console

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// keeping returns a console with a targets file of its own and no keyring.
func keeping(t *testing.T) *Console {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	c := New(Config{Targets: filepath.Join(t.TempDir(), "targets.json")})
	t.Cleanup(c.Shutdown)
	until(t, c, "the targets are loaded", func() bool { path, _ := c.Targets.SecretsFile(); return path != "" })
	return c
}

func (c *Console) editTargets(t *testing.T, change func(context.Context, *endpoint.Store) error) {
	t.Helper()
	done := make(chan error, 1)
	c.Targets.Edit(change, func(err error) { done <- err })
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// A POST stream with a token ends with [DONE] and is not reconnected.
func TestASavedTargetIsCalledAsConfigured(t *testing.T) {
	var seen []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body strings.Builder
		_, _ = fmt.Fprint(&body, r.Method, " ", r.URL.Path, " ", r.Header.Get("Authorization"))
		seen = append(seen, body.String())
		switch r.URL.Path {
		case "/stream":
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "data: token\n\ndata: [DONE]\n\n")
		case "/send":
			fmt.Fprint(w, `{"ok":`+r.FormValue("ok")+`}`)
		}
	}))
	defer s.Close()
	c := keeping(t)
	p := Pair{Saved: "chat", ClientID: "x"}
	if can := c.Can(p); can.Subscribe || can.Why != NoTarget {
		t.Errorf("without the target: %+v", can)
	}
	spec := endpoint.Spec{
		Name:      "chat",
		Subscribe: endpoint.Call{Method: "POST", URL: "{{host}}/stream", Body: &endpoint.Body{Kind: endpoint.BodyText, Text: "{content}"}},
		Send:      &endpoint.Call{URL: "{{host}}/send", Query: []endpoint.Param{{Name: "ok", Value: "{content}"}}, Expect: endpoint.Expect{JQ: ".ok"}},
		Auth:      endpoint.Auth{Kind: endpoint.AuthBearer, Value: "{key}"},
		Variables: []endpoint.Variable{{Name: "key", Secret: true}},
		EndMarker: "[DONE]",
	}
	c.editTargets(t, func(ctx context.Context, s *endpoint.Store) error { return s.Add(ctx, spec) })
	if can := c.Can(p); can.Subscribe || can.Send || can.Why != Undefined || !strings.Contains(can.About, "{{host}}") || !strings.Contains(can.About, "{key}") {
		t.Errorf("without host and key: %+v", can)
	}
	c.Send(p, "true")
	until(t, c, "it is reported as not ready", func() bool {
		fails := records(c, record.Fail)
		return len(fails) == 1 && fails[0].Failure == record.NotReady && strings.Contains(fails[0].Detail, "host")
	})
	if len(seen) != 0 {
		t.Errorf("sent anyway: %q", seen)
	}

	spec.Variables[0].Value = "open sesame"
	c.editTargets(t, func(ctx context.Context, store *endpoint.Store) error {
		if err := store.Edit(ctx, "chat", spec); err != nil {
			return err
		}
		if err := store.AddEnvironment(ctx, endpoint.Environment{Name: "test", Variables: []endpoint.Variable{{Name: "host", Value: s.URL}}}); err != nil {
			return err
		}
		return store.Activate(ctx, "test")
	})
	if can := c.Can(p); !can.Subscribe || !can.Send || can.CloseServerOnly || can.Why != NoClose {
		t.Errorf("ready: %+v", can)
	}
	c.Subscribe(p, "ask")
	until(t, c, "the stream has ended", func() bool { return len(records(c, record.End)) == 1 })
	c.Send(p, "true")
	c.Send(p, "false")
	until(t, c, "both are answered", func() bool { return len(records(c, record.Answer)) == 1 && len(records(c, record.Fail)) == 2 })
	if n := len(records(c, record.Event)); n < 1 || len(records(c, record.Reconnect)) != 0 {
		t.Errorf("%d events, %d reconnects:\n%s", n, len(records(c, record.Reconnect)), log(c))
	}
	if fail := records(c, record.Fail)[1]; fail.Failure != record.Unexpected {
		t.Errorf("an unexpected response: %+v", fail)
	}
	if want := "POST /stream Bearer open sesame"; len(seen) != 3 || seen[0] != want {
		t.Errorf("asked: %q, want %q first", seen, want)
	}
	for _, r := range records(c, 0) {
		if strings.Contains(fmt.Sprintf("%+v", *r), "sesame") {
			t.Errorf("a record contains the secret: %+v", *r)
		}
		if r.Kind == record.Send && r.Target != "chat" {
			t.Errorf("target %q", r.Target)
		}
	}
}

func TestABrokenTargetsFileIsReportedAndLeftUnchanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "targets.json")
	const text = "{\n\"version\": 1,\n\"colour\": 2}"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	c := New(Config{Targets: path})
	defer c.Shutdown()
	until(t, c, "it is told", func() bool {
		n := records(c, record.Notice)
		return len(n) == 1 && n[0].Type == "targets_not_read" && strings.Contains(n[0].Detail, "line 3")
	})
	done := make(chan error, 1)
	c.Targets.Edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.AddEnvironment(ctx, endpoint.Environment{Name: "x"})
	}, func(err error) { done <- err })
	if err := <-done; err == nil {
		t.Error("a broken file is changed")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("%v: %s", err, got)
	}
}

// While a keyring does not respond, getters return at once and edits wait.
func TestASilentKeyringBlocksNobody(t *testing.T) {
	bus, err := net.Listen("unix", filepath.Join(t.TempDir(), "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+bus.Addr().String())
	c := New(Config{Targets: filepath.Join(t.TempDir(), "targets.json")})
	defer c.Shutdown()
	added := make(chan error, 1)
	c.Targets.Edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.AddEnvironment(ctx, endpoint.Environment{Name: "test"})
	}, func(err error) { added <- err })
	c.Targets.Names()
	if path, _ := c.Targets.SecretsFile(); path != "" {
		t.Error("Names waited until the keyring timed out")
	}
	if err := <-added; err != nil {
		t.Error(err)
	}
	if _, environments, _ := c.Targets.Names(); len(environments) != 1 {
		t.Errorf("environments: %q", environments)
	}
}
