//go:build !e2e

package ui

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestACurlCommandBecomesATargetAndIgnoredFlagsAreNamed(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	var made *endpoint.Spec
	c := k.targets.AskCurl(func(s endpoint.Spec) { made = &s })
	for _, text := range []string{"wget http://h", "curl 'http://h", "curl -X", "curl ftp://h"} {
		c.Text.SetText(text)
		if !c.Ok.Disabled() || c.Says.Importance != widget.DangerImportance || strings.Contains(c.Says.Text, "curl.error") {
			t.Errorf("%s: can be created: %v, %q", text, !c.Ok.Disabled(), c.Says.Text)
		}
	}
	c.Text.SetText("curl --what -H 'X-A: {clientId}' 'https://h.example/s?token=abc' | jq .")
	if c.Ok.Disabled() || !strings.Contains(c.Says.Text, "--what") || !strings.Contains(c.Says.Text, "| jq") || strings.Contains(c.Says.Text, "abc") {
		t.Fatalf("it says %q", c.Says.Text)
	}
	c.Ok.OnTapped()
	if made == nil || made.Name != "h.example" || made.Subscribe.Header[0].Value != "{clientId}" {
		t.Errorf("created %+v", made)
	}
}

func TestSecretsAreMaskedInACopiedCurlCommandUnlessRequested(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, store *endpoint.Store) error {
		return store.Add(ctx, endpoint.Spec{
			Name: "x", Subscribe: endpoint.Call{URL: s.URL}, Send: &endpoint.Call{URL: s.URL, Body: &endpoint.Body{Kind: endpoint.BodyText, Text: "{content}"}},
			Auth: endpoint.Auth{Kind: endpoint.AuthBearer, Value: "geheim"},
		})
	})
	p := console.Pair{Saved: "x", ClientID: "c"}
	k.con.Send(p, "it's")
	var sent *record.Record
	k.until("it is answered", func() bool {
		first, last := k.con.Journal.Bounds()
		answered := false
		for seq := first; seq <= last; seq++ {
			switch r := k.con.Journal.At(seq); r.Kind {
			case record.Send:
				sent = r
			case record.Answer:
				answered = true
			}
		}
		if !answered {
			k.k.Post(func() {})
		}
		return answered
	})
	k.log.Refresh()
	for i := range k.log.Len() {
		if k.log.Model.At(i) == sent.Seq {
			k.log.View.Select(i)
		}
	}
	k.targets.CopyCurl(false)
	masked := k.k.App.Clipboard().Content()
	if !strings.HasPrefix(masked, "curl ") || strings.Contains(masked, "geheim") || strings.Contains(masked, "Content-Length") || strings.Contains(masked, "Host:") || !strings.Contains(masked, `'it'\''s'`) {
		t.Errorf("masked: %s", masked)
	}
	k.targets.CopyCurl(true)
	if clear := k.k.App.Clipboard().Content(); !strings.Contains(clear, "Bearer geheim") {
		t.Errorf("with secrets: %s", clear)
	}
}

func TestDropAndReconnectSayThatThereIsNoConnection(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.form.Refresh()
	if k.form.Live() {
		t.Error("the form says that there is a connection")
	}
	for _, command := range []func(){k.form.DropConnection, k.form.AskReconnect} {
		command()
		top := k.k.Win.Canvas().Overlays().Top()
		if top == nil {
			t.Fatal("no dialog is shown")
		}
		k.k.Win.Canvas().Overlays().Remove(top)
	}
}

func TestLatencyIsShownInTheLineTheRowsAndTheDetails(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/send" {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write([]byte("data: hello\n\n"))
	}))
	defer s.Close()
	none := 0
	k.edit(func(ctx context.Context, store *endpoint.Store) error {
		return store.Add(ctx, endpoint.Spec{Name: "x", MaxReconnects: &none, Subscribe: endpoint.Call{URL: s.URL}, Send: &endpoint.Call{URL: s.URL + "/send"}})
	})
	p := console.Pair{Saved: "x", ClientID: "c"}
	k.con.Send(p, "hello")
	k.con.Subscribe(p, "")
	k.form.Choose(p)
	var event *record.Record
	k.until("the message arrived", func() bool {
		first, last := k.con.Journal.Bounds()
		for seq := first; seq <= last; seq++ {
			if r := k.con.Journal.At(seq); r.Kind == record.Event {
				event = r
			}
		}
		k.k.Post(func() {})
		return event != nil
	})
	k.until("it is plotted", func() bool {
		k.stats.At = time.Time{}
		k.stats.Refresh()
		k.k.Post(func() {})
		return k.stats.Took.Visible()
	})
	l, _ := k.con.Intake.Latency(p.Target(), p.ClientID)
	if text := k.stats.Took.Captions(); text[0] != "latency p50 "+catalogue.InSymbols(l.P50)+" p95 "+catalogue.InSymbols(l.P95)+" p99 "+catalogue.InSymbols(l.P99) {
		t.Errorf("the caption of the plot is %q", text)
	}
	took := k.k.Texts.Duration(event.Took)
	k.log.Refresh()
	i, _ := k.log.Model.Row(event.Seq)
	if got := k.log.Row(i).Cells[column("took")].Text; event.Took <= 0 || got != wording.RowTook(event) {
		t.Errorf("the row of an event that took %s says %q", took, got)
	}
	k.log.Details.Show(event)
	if text := k.log.Details.Heading.Text; !strings.Contains(text, took+" after it was sent") {
		t.Errorf("the heading of the details is %q", text)
	}
}
