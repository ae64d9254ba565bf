package console

import (
	"strings"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
)

func TestAMessageSentRightAfterSubscribeArrives(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	c.Send(p, "hello")
	until(t, c, "hello arrived", func() bool { return len(records(c, record.Event)) == 1 })
	if e := records(c, record.Event)[0]; e.Data != "hello" || e.Target != Embedded || e.ClientID != "alice" {
		t.Errorf("arrived: %+v", e)
	}
}

func TestCloseEndsTheClientSideFirst(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	c.Close(p)
	until(t, c, "it is closed", func() bool { return state(c, p) == client.Closed && isIdle(c, p)() })
	end, call := records(c, record.End), records(c, record.Close)
	if len(end) != 1 || len(call) != 1 || end[0].By != record.ByPerson || end[0].Seq > call[0].Seq {
		t.Errorf("order:\n%s", log(c))
	}
	if len(records(c, record.Reconnect)) != 0 {
		t.Errorf("it reconnects:\n%s", log(c))
	}
}

func TestCloseServerOnlyLetsTheClientReconnect(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	c.CloseServerOnly(p)
	until(t, c, "a reconnect is due", func() bool {
		s, _ := c.Subscription(p)
		return s.Status.ReadyState == client.Connecting && !s.Status.RetryAt.IsZero()
	})
	if end := records(c, record.End); end[0].By != record.ByServer {
		t.Errorf("ended by %s", end[0].By)
	}
	until(t, c, "it is open again", isOpen(c, p))
}

func TestSubscribeOnAnOpenPairEndsTheOldStreamFirst(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	c.Subscribe(p, "")
	until(t, c, "the second one is open", func() bool { return len(records(c, record.Open)) == 2 })
	subscribes, end := records(c, record.Subscribe), records(c, record.End)
	if len(end) != 1 || end[0].By != record.ByPerson || end[0].Seq > subscribes[1].Seq {
		t.Errorf("order:\n%s", log(c))
	}
	if subscribes[1].Conn != 1 || len(c.Subscriptions()) != 1 {
		t.Error("it did not replace the first")
	}
}

func TestActionsOnAPairRunInOrder(t *testing.T) {
	r := newRemote(t, "close")
	c := running(t)
	p := r.pair("bob")
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	c.Close(p)
	c.Subscribe(p, "")
	c.Send(p, "after")
	until(t, c, "the close call is in progress", func() bool { return r.seen() == "subscribe close" })
	if s, _ := c.Subscription(p); s.Running != record.Close || s.Waiting != record.Subscribe {
		t.Errorf("running %v, waiting %v; want close, subscribe", s.Running, s.Waiting)
	}
	other := Pair{Remote: p.Remote, ClientID: "carol"}
	c.Subscribe(other, "")
	until(t, c, "another pair does not wait", isOpen(c, other))
	close(r.hold["close"])
	until(t, c, "the rest follows", func() bool { return strings.HasSuffix(r.seen(), "subscribe send") })
}

func TestCloseDoesNotWaitForAStreamThatDoesNotOpen(t *testing.T) {
	r := newRemote(t, "subscribe")
	c := running(t)
	p := r.pair("bob")
	c.Subscribe(p, "")
	until(t, c, "it is connecting", func() bool { return r.seen() == "subscribe" })
	begun := time.Now()
	c.Close(p)
	until(t, c, "it is closed", func() bool { return state(c, p) == client.Closed && r.seen() == "subscribe close" })
	if waited := time.Since(begun); waited >= openWait {
		t.Errorf("Close waited %v", waited)
	}
}

func TestSubscriptionsOnSeveralTargetsLiveSideBySide(t *testing.T) {
	r := newRemote(t)
	c := running(t)
	pairs := []Pair{{ClientID: "x"}, {ClientID: "y"}, r.pair("x")}
	for _, p := range pairs {
		c.Subscribe(p, "")
	}
	for _, p := range pairs {
		until(t, c, "it is open", isOpen(c, p))
	}
	c.Close(pairs[0])
	until(t, c, "one is closed", func() bool { return state(c, pairs[0]) == client.Closed && isIdle(c, pairs[0])() })
	if state(c, pairs[1]) != client.Open || state(c, pairs[2]) != client.Open {
		t.Error("closing one touched another")
	}
	if subs := c.Subscriptions(); len(subs) != 3 || subs[0].Pair != pairs[0] {
		t.Errorf("subscriptions: %+v", subs)
	}
	c.Dismiss(pairs[0])
	c.Dismiss(pairs[1]) // open, so it stays
	if subs := c.Subscriptions(); len(subs) != 2 || subs[0].Pair != pairs[1] {
		t.Errorf("after Dismiss: %+v", subs)
	}
}

func TestASendWithoutSubscriberSaysSo(t *testing.T) {
	c := running(t)
	c.Send(Pair{ClientID: "nobody"}, "x")
	until(t, c, "it failed", func() bool { return len(records(c, record.Fail)) == 1 })
	f := records(c, record.Fail)[0]
	if f.Call != record.Send || f.Status != 404 || f.Message != "User Id nobody not Found" {
		t.Errorf("%+v", f)
	}
	if len(c.Subscriptions()) != 0 {
		t.Error("a send alone shows as a subscription")
	}
}

func TestCallsUseTheMethodThatIsSet(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.UpdateSettings(func(s *settings.Settings) { s.Method = settings.MethodPOST })
	c.Send(p, "x")
	until(t, c, "it was sent", func() bool { return len(records(c, record.Send)) == 1 })
	if m := records(c, record.Send)[0].Method; m != "POST" {
		t.Errorf("sent with %s", m)
	}
}

func TestShutdownCancelsThenTellsTheServersInTime(t *testing.T) {
	good, stuck := newRemote(t), newRemote(t, "close")
	c := running(t)
	pairs := []Pair{good.pair("a"), stuck.pair("b"), {ClientID: "c"}}
	for _, p := range pairs {
		c.Subscribe(p, "")
	}
	for _, p := range pairs {
		until(t, c, "it is open", isOpen(c, p))
	}
	begun := time.Now()
	c.Shutdown()
	if took := time.Since(begun); took > 2*shutdownWait {
		t.Errorf("Shutdown took %v", took)
	}
	ended := map[string]bool{}
	for _, r := range records(c, 0) {
		switch r.Kind {
		case record.End:
			ended[r.ClientID] = true
		case record.Close:
			if !ended[r.ClientID] {
				t.Errorf("%s: the server was told before our side had ended", r.ClientID)
			}
		}
	}
	if good.seen() != "subscribe close" || stuck.seen() != "subscribe close" {
		t.Errorf("the servers heard %q and %q", good.seen(), stuck.seen())
	}
	for _, p := range pairs {
		if state(c, p) != client.Closed {
			t.Errorf("%v is still %v", p, state(c, p))
		}
	}
	c.Subscribe(pairs[0], "")
	c.Embedded.Start("127.0.0.1:0")
	if good.seen() != "subscribe close" || c.Embedded.Status().State != embedded.Stopped {
		t.Error("something started after Shutdown")
	}
}

func TestASecondShutdownWaitsForTheFirst(t *testing.T) {
	remote := newRemote(t, "close")
	c := running(t)
	p := remote.pair("a")
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	first := make(chan struct{})
	go func() {
		c.Shutdown()
		close(first)
	}()
	until(t, c, "the first tells the server", func() bool { return strings.HasSuffix(remote.seen(), "close") })
	c.Shutdown()
	select {
	case <-first:
	case <-time.After(shutdownWait / 4):
		t.Error("the second one returned before the first")
	}
	<-first
}

func TestCanSaysWhatIsPossibleAndWhyNot(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	everything := Can{Subscribe: true, Send: true, Close: true, CloseServerOnly: true}
	for _, test := range []struct {
		pair Pair
		want Can
	}{
		{Pair{ClientID: ""}, Can{Why: NoClientID}},
		{Pair{ClientID: strings.Repeat("x", 257)}, Can{Why: LongClientID}},
		{Pair{ClientID: "a\tb"}, Can{Why: ControlsInClientID}},
		{Pair{ClientID: "a\xff"}, Can{Why: ControlsInClientID}},
		{Pair{ClientID: "demo"}, Can{Why: ServerStopped}},
		{Pair{Remote: "http://x/demo/sse", ClientID: "王小明"}, everything},
	} {
		if got := c.Can(test.pair); got != test.want {
			t.Errorf("%v: %+v, want %+v", test.pair, got, test.want)
		}
	}
	c.Embedded.Start("127.0.0.1:0")
	if got := c.Can(Pair{ClientID: "demo"}); got != everything {
		t.Errorf("while the server starts: %+v", got)
	}
}

func TestTargetNamesAreShortAndShowNoSecret(t *testing.T) {
	for remote, want := range map[string]string{
		"": Embedded,
		"http://10.0.0.7:8080/demo/sse?token=secret": "10.0.0.7:8080/demo/sse",
		"https://me:secret@example.org/x":            "example.org/x",
	} {
		if got := TargetName(remote); got != want {
			t.Errorf("TargetName(%q) = %q, want %q", remote, got, want)
		}
	}
}
