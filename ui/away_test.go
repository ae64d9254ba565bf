//go:build !e2e

package ui

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/system"
	"sseconsole/ui/wording/catalogue"
)

func TestTheDesktopTellsOnceOfWhatEndsInAnAbsence(t *testing.T) {
	ends := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "retry: 1\n\n")
		w.(http.Flusher).Flush()
		select {
		case <-ends:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	var told []string
	w.notify = func(title, text string) error {
		told = append(told, title+": "+text)
		return nil
	}
	until := func(what string, so func(client.Status) bool) {
		t.Helper()
		p := console.Pair{Remote: server.URL, ClientID: "ann"}
		for deadline := time.Now().Add(20 * time.Second); ; runtime.Gosched() {
			if s, _ := w.con.Subscription(p); so(s.Status) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("timed out waiting until %s", what)
			}
		}
		w.refresh()
	}
	commandOf(t, w, "notify").Run()
	if len(told) != 1 || !w.con.Settings().Notify {
		t.Fatalf("switched on: %q", told)
	}
	told = nil

	w.con.Subscribe(console.Pair{Remote: server.URL, ClientID: "ann"}, "")
	until("it is open", func(s client.Status) bool { return s.ReadyState == client.Open })
	ends <- struct{}{}
	until("it has reconnected", func(s client.Status) bool { return s.Reconnects == 1 && s.ReadyState == client.Open })
	if len(told) > 0 {
		t.Errorf("told %q while the window has the focus", told)
	}
	w.leave()
	close(ends)
	until("it ends again and again", func(s client.Status) bool { return s.Reconnects > 3 && s.Last.Kind != 0 })
	until("it ends again and again", func(s client.Status) bool { return s.Reconnects > 5 && s.Last.Kind != 0 })
	if len(told) != 1 || !strings.HasPrefix(told[0], "ann · "+strings.TrimPrefix(server.URL, "http://")+": ") {
		t.Errorf("told %q", told)
	}
	commandOf(t, w, "notify").Run()
	told, w.absence.told = nil, map[console.Pair]bool{}
	if w.refresh(); len(told) > 0 || w.con.Settings().Notify {
		t.Errorf("told %q, although that is off", told)
	}
}

func TestADesktopWithoutNotificationsIsReported(t *testing.T) {
	for want, err := range map[string]error{
		"The desktop shows no notifications: full":                          errors.New("full"),
		"The desktop cannot show notifications: this session has no D-Bus.": fmt.Errorf("%w: x", system.ErrNoBus),
	} {
		w := testWindow(t, settings.Settings{Language: catalogue.English})
		w.notify = func(string, string) error { return err }
		commandOf(t, w, "notify").Run()
		if answered(t, w, want); w.con.Settings().Notify {
			t.Errorf("%v: switched on", err)
		}
	}
}
