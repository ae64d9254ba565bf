package console

import (
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
)

// laboratoryOf returns a running console with open subscriptions.
func laboratoryOf(t *testing.T, clientIDs ...string) *Console {
	t.Helper()
	c := running(t)
	for _, id := range clientIDs {
		p := Pair{ClientID: id}
		c.Subscribe(p, "")
		until(t, c, id+" is open", isOpen(c, p))
	}
	return c
}

// sessionOf returns the session of a clientId.
func sessionOf(t *testing.T, c *Console, clientID string) hub.SessionInfo {
	t.Helper()
	for _, s := range c.Embedded.Lab().Sessions {
		if s.ClientID == clientID {
			return s
		}
	}
	t.Fatal("there is no session of ", clientID)
	return hub.SessionInfo{}
}

// notices returns the notices with a code.
func notices(c *Console, code record.NoticeCode) (found []*record.Record) {
	for _, r := range records(c, record.Notice) {
		if r.Notice() == code {
			found = append(found, r)
		}
	}
	return found
}

func TestTheServerItselfSendsAndSaysHowManyItReached(t *testing.T) {
	c := laboratoryOf(t, "a", "b", "c")
	c.Embedded.ServerSend(message.Message{Data: "to all", Type: "greeting", Comment: "why"})
	c.Embedded.ServerSend(message.Message{To: []string{"a", "c"}, Data: "to two"})
	until(t, c, "both are sent", func() bool { return c.Embedded.Lab().Sent.N == 2 })
	if sent := c.Embedded.Lab().Sent; sent.Reached != 2 || sent.Err != nil {
		t.Errorf("%+v", sent)
	}
	until(t, c, "five events came", func() bool { return len(records(c, record.Event)) == 5 })
	if first := records(c, record.Event)[0]; first.Data != "to all" || first.Type != "greeting" {
		t.Errorf("%+v", first)
	}
	if said := notices(c, "server_sent"); len(said) != 2 || said[0].Events != 3 || said[1].Events != 2 || said[1].Subject != "a, c" {
		t.Errorf("the log says %+v", said)
	}
	c.Embedded.ServerSend(message.Message{To: []string{"nobody"}, Data: "x"})
	until(t, c, "the third is refused", func() bool { return c.Embedded.Lab().Sent.N == 3 })
	if sent := c.Embedded.Lab().Sent; sent.Err != hub.ErrUnknown || len(notices(c, "server_not_sent")) != 1 {
		t.Errorf("%+v", sent)
	}
}

func TestSessionsAreHeldAndReleased(t *testing.T) {
	c := laboratoryOf(t, "a", "b")
	c.Embedded.HoldSessions(sessionOf(t, c, "a").ID, "gone")
	until(t, c, "it is held", func() bool { return sessionOf(t, c, "a").State == hub.Held })
	c.Embedded.ServerSend(message.Message{Data: "x"})
	until(t, c, "it waits", func() bool { return sessionOf(t, c, "a").Queued == 1 && len(records(c, record.Event)) == 1 })
	c.Embedded.ReleaseSessions(sessionOf(t, c, "a").ID)
	until(t, c, "it came", func() bool { return len(records(c, record.Event)) == 2 })
	if held := notices(c, "sessions_held"); len(held) != 1 || held[0].Events != 1 || len(notices(c, "sessions_released")) != 1 {
		t.Errorf("the log:\n%s", log(c))
	}
}

func TestSessionsAreClosedAndDropped(t *testing.T) {
	c := laboratoryOf(t, "a", "b")
	c.Embedded.CloseSessions(sessionOf(t, c, "a").ID)
	c.Embedded.DropSessions(sessionOf(t, c, "b").ID)
	until(t, c, "both ended", func() bool { return len(records(c, record.End)) == 2 })
	for _, end := range records(c, record.End) {
		if want := map[string]record.Party{"a": record.ByServer, "b": record.ByNetwork}[end.ClientID]; end.By != want {
			t.Errorf("%s was ended by %q, want %q", end.ClientID, end.By, want)
		}
	}
	if len(notices(c, "sessions_closed")) != 1 || len(notices(c, "sessions_dropped")) != 1 {
		t.Errorf("the log:\n%s", log(c))
	}
}

func TestFaultsAreTurnedOnAndOff(t *testing.T) {
	c := running(t)
	c.Embedded.SetFault(fault.Fault{Kind: fault.Refusal, Status: 503, ClientID: "a"})
	c.Embedded.SetFault(fault.Fault{Kind: fault.Trickle})
	c.Embedded.SetFault(fault.Fault{Kind: fault.Refusal, Status: 200})
	until(t, c, "the third is refused", func() bool { return c.Embedded.Lab().Refused != "" })
	if c.Embedded.FaultsOn() != 2 || strings.HasPrefix(c.Embedded.Lab().Refused, "server:") {
		t.Errorf("%d faults, %q", c.Embedded.FaultsOn(), c.Embedded.Lab().Refused)
	}
	p := Pair{ClientID: "a"}
	c.Subscribe(p, "")
	until(t, c, "it hit", func() bool { return c.Embedded.Lab().Faults[0].Hits == 1 && state(c, p) == client.Closed })
	c.Embedded.ClearFault(c.Embedded.Lab().Faults[0].ID)
	c.Embedded.ClearFaults()
	until(t, c, "all are off", func() bool { return c.Embedded.FaultsOn() == 0 && len(notices(c, "faults_off")) == 1 })
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	if len(notices(c, "fault_on")) != 2 || len(notices(c, "fault_off")) != 1 {
		t.Errorf("the log:\n%s", log(c))
	}
}

// Faults do not survive: they are only on when somebody has just turned them on.
func TestModeAndPolicyOutlastTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	begin := func() *Console {
		c := New(Config{SettingsPath: path})
		t.Cleanup(c.Shutdown)
		c.Embedded.Start("127.0.0.1:0")
		until(t, c, "the embedded server runs", func() bool { return c.Embedded.Status().State == embedded.Running })
		return c
	}
	first := begin()
	if len(notices(first, "mode_set"))+len(notices(first, "policy_set")) > 0 {
		t.Errorf("a default is reported:\n%s", log(first))
	}
	first.Embedded.SetMode(hub.LongPolling)
	first.Embedded.SetPolicy(hub.Spring)
	first.Embedded.SetFault(fault.Fault{Kind: fault.Trickle})
	until(t, first, "all is set", func() bool { return first.Embedded.FaultsOn() == 1 })
	first.Shutdown()

	next := begin()
	if lab := next.Embedded.Lab(); lab.Mode != hub.LongPolling || lab.Policy != hub.Spring || len(lab.Faults) != 0 {
		t.Errorf("%+v", lab)
	}
	if srv := next.Embedded.Running(); srv.Hub().Mode() != hub.LongPolling || srv.Hub().Policy() != hub.Spring {
		t.Errorf("the server has %q and %q", srv.Hub().Mode(), srv.Hub().Policy())
	}
	if len(notices(next, "mode_set")) != 1 || len(notices(next, "policy_set")) != 1 {
		t.Errorf("it is not reported:\n%s", log(next))
	}
	next.Shutdown()

	if err := (settings.Settings{Mode: "telepathy", Policy: "anarchy"}).Save(path); err != nil {
		t.Fatal(err)
	}
	if lab := begin().Embedded.Lab(); lab.Mode != hub.Streaming || lab.Policy != hub.Replace {
		t.Errorf("unknown values give %q and %q", lab.Mode, lab.Policy)
	}
}

func TestTheIDBlockSettingOutlastsARestart(t *testing.T) {
	c := running(t)
	if !c.Embedded.Lab().IDBlock || len(notices(c, "id_block_off")) > 0 {
		t.Error("it is off by default")
	}
	address := c.Embedded.Status().Address
	c.Embedded.SetIDBlock(false)
	until(t, c, "it is off", func() bool { return len(notices(c, "id_block_off")) == 1 })
	c.Embedded.Stop()
	until(t, c, "it is stopped", func() bool { return c.Embedded.Status().State == embedded.Stopped })
	c.Embedded.Start(address)
	until(t, c, "it runs again", func() bool { return len(notices(c, "id_block_off")) == 2 })
	if c.Embedded.Lab().IDBlock || c.Embedded.Running().Hub().IDBlock() {
		t.Error("it is on after a restart")
	}
	c.Embedded.SetIDBlock(true)
	until(t, c, "it is on", func() bool { return len(notices(c, "id_block_on")) == 1 && c.Embedded.Running().Hub().IDBlock() })
}

func TestModeAndPolicyOutlastARestart(t *testing.T) {
	c := running(t)
	if lab := c.Embedded.Lab(); lab.Mode != hub.Streaming || lab.Policy != hub.Replace {
		t.Errorf("by default %q and %q", lab.Mode, lab.Policy)
	}
	c.Embedded.SetMode(hub.LongPolling)
	c.Embedded.SetPolicy(hub.Share)
	address := c.Embedded.Status().Address
	until(t, c, "both are set", func() bool { return len(notices(c, "policy_set")) == 1 })
	c.Embedded.Stop()
	until(t, c, "it is stopped", func() bool { return c.Embedded.Status().State == embedded.Stopped })
	c.Embedded.SetMode(hub.ShortPolling) // while it is stopped
	c.Embedded.ServerSend(message.Message{Data: "x"})
	c.Embedded.Start(address)
	until(t, c, "it runs again", func() bool { return c.Embedded.Status().State == embedded.Running })
	if lab := c.Embedded.Lab(); lab.Mode != hub.ShortPolling || lab.Policy != hub.Share || lab.Sent.N != 0 {
		t.Errorf("%+v", lab)
	}
	srv := c.Embedded.Server
	if srv.Hub().Mode() != hub.ShortPolling || srv.Hub().Policy() != hub.Share {
		t.Errorf("the server has %q and %q", srv.Hub().Mode(), srv.Hub().Policy())
	}
}
