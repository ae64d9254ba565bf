package console

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server"
)

// noticed returns the first Notice with a code, or nil.
func noticed(c *Console, code string) *record.Record {
	for _, r := range records(c, record.Notice) {
		if r.Type == code {
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
	c.StartServer(l.Addr().String())
	until(t, c, "the server runs", func() bool { return c.Server().State == Running })
	if c.Server().Address == l.Addr().String() {
		t.Error("two programs on one port")
	}
	n := noticed(c, "port_taken")
	if n == nil || n.Detail != l.Addr().String() || n.URL != c.Server().Address {
		t.Errorf("notice: %+v", n)
	}
}

func TestAStoppedServerLeavesItsSubscriptionsReconnectingAndFindsThemAgain(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	address := c.Server().Address
	c.Subscribe(p)
	until(t, c, "it is open", isOpen(c, p))
	c.StopServer()
	until(t, c, "the server has stopped", func() bool { return c.Server().State == Stopped })
	until(t, c, "it is reconnecting", func() bool { return state(c, p) == client.Connecting })
	if can := c.Can(p); can.Subscribe || can.Send || !can.Close || can.Why != ServerStopped {
		t.Errorf("possible: %+v", can)
	}
	c.StartServer(address)
	until(t, c, "it is open again", isOpen(c, p))
	if c.Server().Address != address {
		t.Errorf("the server moved from %s to %s", address, c.Server().Address)
	}
}

func TestAServerThatMovesFailsItsSubscriptions(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p)
	until(t, c, "it is open", isOpen(c, p))
	first := c.Server().Address
	c.StopServer()
	until(t, c, "the server has stopped", func() bool { return c.Server().State == Stopped })
	l, err := net.Listen("tcp", first)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c.StartServer(first)
	until(t, c, "it has failed", func() bool { s, _ := c.Subscription(p); return s.Failed == record.ServerMoved })
	if state(c, p) != client.Closed {
		t.Error("it still knocks at another program's door")
	}
	c.Subscribe(p)
	until(t, c, "it is open at the new address", isOpen(c, p))
}

func TestAnAddressThatCannotBeUsedIsTold(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.StartServer("256.1.1.1:99999")
	until(t, c, "the notice", func() bool { return noticed(c, "server_not_started") != nil })
	if s := c.Server(); s.State != Stopped || s.Problem == "" {
		t.Errorf("server: %+v", s)
	}
}

func TestBeyondLoopbackTheURLHasAToken(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	c.StartServer("0.0.0.0:0")
	until(t, c, "the server runs", func() bool { return c.Server().State == Running })
	if u := c.Server().URL; !strings.Contains(u, "?token=") {
		t.Errorf("URL %q", u)
	}
	p := Pair{ClientID: "alice"}
	c.Subscribe(p)
	until(t, c, "our own calls use it", isOpen(c, p))
	if u := records(c, record.Subscribe)[0].URL; strings.Contains(u, c.embedded.token) {
		t.Errorf("the token is in the log: %s", u)
	}
	if n := noticed(c, "server_started"); strings.Contains(n.URL, c.embedded.token) {
		t.Errorf("the token is in the log: %s", n.URL)
	}
}

func TestARefusedOriginCanBeAllowed(t *testing.T) {
	c := running(t)
	call := func() int {
		req, _ := http.NewRequest("GET", c.Server().URL+"/close?clientId=x", nil)
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
	until(t, c, "the notice", func() bool { return noticed(c, RefusedOrigin) != nil })
	origin := noticed(c, RefusedOrigin).URL
	if origin != "http://page.example" {
		t.Errorf("origin %q", origin)
	}
	c.AllowOrigin(origin)
	if got := call(); got != 200 {
		t.Errorf("an allowed page got %d", got)
	}
	address := c.Server().Address
	c.StopServer()
	c.StartServer(address)
	until(t, c, "the server runs again", func() bool { return c.Server().State == Running })
	if got := call(); got != 200 {
		t.Errorf("after a restart an allowed page got %d", got)
	}
}

func TestAReplacedSubscriberIsToldInTheLog(t *testing.T) {
	c := running(t)
	c.Subscribe(Pair{ClientID: "alice"})
	until(t, c, "it is open", isOpen(c, Pair{ClientID: "alice"}))
	res, err := http.Get(c.Server().URL + "/subscribe?clientId=alice")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	until(t, c, "the notice", func() bool { n := noticed(c, "replaced"); return n != nil && n.ClientID == "alice" })
	until(t, c, "ours is closed and stays so", func() bool {
		s, _ := c.Subscription(Pair{ClientID: "alice"})
		return s.Failed == record.NoContent
	})
	if noticed(c, "refused_reconnect") == nil {
		t.Error("its reconnect was refused without a notice")
	}
}

func TestAddressesAreCompleted(t *testing.T) {
	for typed, want := range map[string]string{
		"":                               DefaultAddress,
		" 9000 ":                         "127.0.0.1:9000",
		":9000":                          "127.0.0.1:9000",
		"localhost":                      "localhost:8080",
		"0.0.0.0:1":                      "0.0.0.0:1",
		"[::1]:80":                       "[::1]:80",
		"http://127.0.0.1:8081/demo/sse": "127.0.0.1:8081",
	} {
		if got := NormalizeAddress(typed); got != want {
			t.Errorf("NormalizeAddress(%q) = %q, want %q", typed, got, want)
		}
	}
}

// What the embedded server tells when its memory is full is told apart from what
// it tells of slow and of too many subscribers.
func TestAFullMemoryOfTheEmbeddedServerIsToldInItsOwnWords(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	for code, n := range map[string]server.Notice{
		"cut_off":        {Kind: server.CutOff, Err: server.ErrQueueFull},
		"cut_off_memory": {Kind: server.CutOff, Err: server.ErrMemoryFull},
		"refused_limit":  {Kind: server.RefusedLimit, Remote: "192.0.2.1:1"},
		"refused_memory": {Kind: server.RefusedLimit, Remote: "192.0.2.1:1", Err: server.ErrMemoryFull},
	} {
		n.ClientID = code
		c.observe(n)
		if r := noticed(c, code); r == nil || r.ClientID != code {
			t.Errorf("%s: %+v", code, r)
		}
	}
}
