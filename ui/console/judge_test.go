package console

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
)

func TestFindingsAreRecordsAndAreCounted(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		fmt.Fprint(w, "no field\n\nno field either\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.Subscribe(Pair{Remote: s.URL, ClientID: "x"}, "")
	until(t, c, "the finding is a record", func() bool { return len(records(c, record.Problem)) == 1 })
	p := records(c, record.Problem)[0]
	if p.Type != "no_field" || p.ClientID != "x" || c.Intake.Findings() != 1 {
		t.Errorf("%+v, %d findings", p, c.Intake.Findings())
	}
	if n := c.Intake.Seen(p); n != 2 {
		t.Errorf("seen %d times, want 2", n)
	}
}

func TestTheEmbeddedServersStreamHasNoFindings(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	for _, content := range []string{"", " two\nlines ", "data:", "你好"} {
		c.Send(p, content)
	}
	until(t, c, "all arrived", func() bool { return len(records(c, record.Event)) == 4 })
	c.CloseServerOnly(p)
	until(t, c, "it has reconnected", func() bool { return len(records(c, record.Open)) == 2 })
	if n := c.Intake.Findings(); n != 0 {
		t.Errorf("%d findings:\n%s", n, log(c))
	}
}

func TestASubscriptionUsesTheEngineThatIsSet(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	for _, engine := range client.Engines() {
		c.UpdateSettings(func(s *settings.Settings) { s.Engine = engine })
		opened := len(records(c, record.Open))
		c.Subscribe(p, "")
		until(t, c, engine+" is open", func() bool { return len(records(c, record.Open)) == opened+1 })
		asked := records(c, record.Subscribe)
		if got := asked[len(asked)-1].Engine; got != engine {
			t.Errorf("read by %q, want %q", got, engine)
		}
	}
}
