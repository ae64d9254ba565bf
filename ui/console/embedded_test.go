package console

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
)

// noticed returns the first Notice with a code, or nil.
func noticed(c *Console, code record.NoticeCode) *record.Record {
	for _, r := range records(c, record.Notice) {
		if r.Notice() == code {
			return r
		}
	}
	return nil
}

func TestATakenPortMeansAFreeOneAndANotice(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.Embedded.Start(l.Addr().String())
	until(t, c, "the server runs", func() bool { return c.Embedded.Status().State == embedded.Running })
	if c.Embedded.Status().Address == l.Addr().String() {
		t.Error("two programs on one port")
	}
	n := noticed(c, "port_taken")
	if n == nil || n.Detail != l.Addr().String() || n.Subject != c.Embedded.Status().Address {
		t.Errorf("notice: %+v", n)
	}
}

func TestAStoppedServerLeavesItsSubscriptionsReconnectingAndFindsThemAgain(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	address := c.Embedded.Status().Address
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	c.Embedded.Stop()
	until(t, c, "the server has stopped", func() bool { return c.Embedded.Status().State == embedded.Stopped })
	until(t, c, "it is reconnecting", func() bool { return state(c, p) == client.Connecting })
	if can := c.Can(p); can.Subscribe || can.Send || !can.Close || can.Why != ServerStopped {
		t.Errorf("possible: %+v", can)
	}
	c.Embedded.Start(address)
	until(t, c, "it is open again", isOpen(c, p))
	if c.Embedded.Status().Address != address {
		t.Errorf("the server moved from %s to %s", address, c.Embedded.Status().Address)
	}
}

func TestAServerThatMovesFailsItsSubscriptions(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	first := c.Embedded.Status().Address
	c.Embedded.Stop()
	until(t, c, "the server has stopped", func() bool { return c.Embedded.Status().State == embedded.Stopped })
	l, err := net.Listen("tcp", first)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c.Embedded.Start(first)
	until(t, c, "it has failed", func() bool { s, _ := c.Subscription(p); return s.Failed == record.ServerMoved })
	if state(c, p) != client.Closed {
		t.Error("it still connects to another program")
	}
	c.Subscribe(p, "")
	until(t, c, "it is open at the new address", isOpen(c, p))
}

func TestAnUnusableAddressIsReported(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.Embedded.Start("256.1.1.1:99999")
	until(t, c, "the notice", func() bool { return noticed(c, "server_not_started") != nil })
	if s := c.Embedded.Status(); s.State != embedded.Stopped || s.Problem == "" {
		t.Errorf("server: %+v", s)
	}
}

// moved moves the server and returns the error.
func moved(t *testing.T, c *Console, address string) error {
	t.Helper()
	done := make(chan error, 1)
	c.Embedded.Move(address, func(err error) { done <- err })
	return <-done
}

func TestAnAddressThatCannotBeHadLeavesTheRunningServerAndItsStreams(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	before := c.Embedded.Status()
	_, port, _ := net.SplitHostPort(before.Address)
	for address, want := range map[string]error{
		"127.0.0.1:99999":           embedded.ErrBadPort,
		"127.0.0.1:http":            embedded.ErrBadPort,
		"a b:80":                    embedded.ErrBadHost,
		"127.0.0.1":                 embedded.ErrBadHost,
		other.Addr().String():       syscall.EADDRINUSE,
		"192.0.2.1:" + port:         syscall.EADDRNOTAVAIL,
		"[fe80::1%nowhere]:" + port: nil,
	} {
		if err := moved(t, c, address); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("Move(%q) = %v, want %v", address, err, want)
		}
		if s := c.Embedded.Status(); s != before {
			t.Errorf("after Move(%q): %+v, want %+v", address, s, before)
		}
		if address == "127.0.0.1" {
			continue // Start adds the usual port, which may be free
		}
		c.Embedded.Start(address)
		if _, err := c.Embedded.Base(); err != nil {
			t.Errorf("after Start(%q): %v", address, err)
		}
	}
	if n := len(records(c, record.Open)); n != 1 || state(c, p) != client.Open {
		t.Errorf("the stream was opened %d times and is %v", n, state(c, p))
	}
}

func TestAFailedStartLeavesTheStreamsOfAStoppedServerReconnecting(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "it is open", isOpen(c, p))
	address := c.Embedded.Status().Address
	c.Embedded.Stop()
	if err := moved(t, c, "192.0.2.1:80"); err == nil {
		t.Fatal("listening at an address of another machine")
	}
	if s := c.Embedded.Status(); s.State != embedded.Stopped || s.Problem == "" {
		t.Errorf("server: %+v", s)
	}
	if s, _ := c.Subscription(p); s.Failed != "" {
		t.Errorf("the stream failed: %s", s.Failed)
	}
	if err := moved(t, c, address); err != nil {
		t.Fatal(err)
	}
	until(t, c, "it is open again", isOpen(c, p))
}

func TestAServerMovesToAnotherHostOnItsPort(t *testing.T) {
	c := running(t)
	_, port, _ := net.SplitHostPort(c.Embedded.Status().Address)
	if err := moved(t, c, "0.0.0.0:"+port); err != nil {
		t.Fatal(err)
	}
	if s := c.Embedded.Status(); s.State != embedded.Running || !strings.Contains(s.URL, "?token=") {
		t.Errorf("server: %+v", s)
	}
}

func TestAServerThatCannotMoveOnItsPortComesBack(t *testing.T) {
	c := running(t)
	before := c.Embedded.Status()
	_, port, _ := net.SplitHostPort(before.Address)
	other, err := net.Listen("tcp", "127.0.0.2:"+port)
	if err != nil {
		t.Skip("no second loopback address: ", err)
	}
	defer other.Close()
	if err := moved(t, c, "0.0.0.0:"+port); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("the error is %v", err)
	}
	if s := c.Embedded.Status(); s != before {
		t.Errorf("server: %+v, want %+v", s, before)
	}
}

func TestBeyondLoopbackTheURLHasAToken(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.Embedded.Start("0.0.0.0:0")
	until(t, c, "the server runs", func() bool { return c.Embedded.Status().State == embedded.Running })
	if u := c.Embedded.Status().URL; !strings.Contains(u, "?token=") {
		t.Errorf("URL %q", u)
	}
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	until(t, c, "our own calls use it", isOpen(c, p))
	if u := records(c, record.Subscribe)[0].URL; strings.Contains(u, c.Embedded.Token) {
		t.Errorf("the token is in the log: %s", u)
	}
	if n := noticed(c, "server_started"); strings.Contains(n.Subject, c.Embedded.Token) {
		t.Errorf("the token is in the log: %s", n.Subject)
	}
}

func TestARefusedOriginCanBeAllowed(t *testing.T) {
	c := running(t)
	call := func() int {
		req, _ := http.NewRequest("GET", c.Embedded.Status().URL+"/close?clientId=x", nil)
		req.Header.Set("Origin", "http://page.example")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	defer http.DefaultClient.CloseIdleConnections()
	if got := call(); got != 403 {
		t.Errorf("a foreign page got %d", got)
	}
	until(t, c, "the notice", func() bool { return noticed(c, record.NoticeRefusedOrigin) != nil })
	origin := noticed(c, record.NoticeRefusedOrigin).Subject
	if origin != "http://page.example" {
		t.Errorf("origin %q", origin)
	}
	c.Embedded.AllowOrigin(origin)
	if got := call(); got != 200 {
		t.Errorf("an allowed page got %d", got)
	}
	address := c.Embedded.Status().Address
	c.Embedded.Stop()
	c.Embedded.Start(address)
	until(t, c, "the server runs again", func() bool { return c.Embedded.Status().State == embedded.Running })
	if got := call(); got != 200 {
		t.Errorf("after a restart an allowed page got %d", got)
	}
}

func TestAReplacedSubscriberIsToldInTheLog(t *testing.T) {
	c := running(t)
	c.Subscribe(Pair{ClientID: "alice"}, "")
	until(t, c, "it is open", isOpen(c, Pair{ClientID: "alice"}))
	res, err := http.Get(c.Embedded.Status().URL + "/subscribe?clientId=alice")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	until(t, c, "the notice", func() bool { n := noticed(c, "replaced"); return n != nil && n.ClientID == "alice" })
	until(t, c, "ours is closed and stays so", func() bool {
		s, _ := c.Subscription(Pair{ClientID: "alice"})
		return s.Status.Last.Failure == record.NoContent
	})
	if s, _ := c.Subscription(Pair{ClientID: "alice"}); s.Failed != "" {
		t.Errorf("ended by a 204, it counts as failed: %s", s.Failed)
	}
	if noticed(c, "refused_reconnect") == nil {
		t.Error("its reconnect was refused without a notice")
	}
}

func TestAddressesAreCompleted(t *testing.T) {
	for typed, want := range map[string]string{
		"":                               settings.DefaultAddress,
		" 9000 ":                         "127.0.0.1:9000",
		":9000":                          "127.0.0.1:9000",
		"localhost":                      "localhost:8080",
		"0.0.0.0:1":                      "0.0.0.0:1",
		"[::1]:80":                       "[::1]:80",
		"http://127.0.0.1:8081/demo/sse": "127.0.0.1:8081",
	} {
		if got := embedded.NormalizeAddress(typed); got != want {
			t.Errorf("NormalizeAddress(%q) = %q, want %q", typed, got, want)
		}
	}
}
