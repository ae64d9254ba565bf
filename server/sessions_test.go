package server_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// session waits until the only session of clientID satisfies want.
func (f *fixture) session(clientID string, want func(hub.SessionInfo) bool) hub.SessionInfo {
	f.t.Helper()
	var list []hub.SessionInfo
	if !eventually(func() bool {
		list = f.server.Hub().List()
		for _, s := range list {
			if s.ClientID == clientID && want(s) {
				list = []hub.SessionInfo{s}
				return true
			}
		}
		return false
	}) {
		f.t.Fatalf("no such session of %s: %+v", clientID, list)
	}
	return list[0]
}

func TestSessionsAreListed(t *testing.T) {
	f := start(t, server.Config{Token: "T"})
	bearer := "Authorization: Bearer T"
	s := f.subscribe("X", bearer, "User-Agent: test/1", "Last-Event-ID: 9")
	for range 3 {
		f.server.Send(message.Message{Data: "中"})
		s.message()
	}
	got := f.session("X", func(i hub.SessionInfo) bool { return i.Events == 3 })
	comment := `Last-Event-ID "9" is unknown; all messages follow`
	bytes := len("id: "+s.session()+"-0\n: "+comment+"\n\n") + 3*len("id: "+s.session()+"-1\ndata: 中\n\n")
	if got.ID != s.session() || got.State != hub.Open || got.Mode != hub.Streaming || !strings.HasPrefix(got.Remote, "127.0.0.1:") ||
		got.UserAgent != "test/1" || got.LastEventID != "9" || got.Since.IsZero() || got.Bytes != uint64(bytes) || got.Queued != 0 {
		t.Errorf("%+v, want %d bytes", got, bytes)
	}

	var answer struct{ Data []hub.SessionInfo }
	status, text := f.call("GET", f.url("sessions", ""), "", bearer)
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 || len(answer.Data) != 1 || answer.Data[0].ID != got.ID {
		t.Errorf("sessions answers %d %s", status, text)
	}
	for _, call := range []string{"sessions", "metrics"} {
		if status, _ := f.call("GET", f.url(call, ""), ""); status != 401 {
			t.Errorf("%s without the token: %d", call, status)
		}
		if status, _ := f.call("GET", f.url(call, ""), "", bearer, "Origin: http://evil.test"); status != 403 {
			t.Errorf("%s from a foreign page: %d", call, status)
		}
		if status, answer := f.call("POST", f.url(call, ""), "", bearer); status != 405 || !strings.Contains(answer, "must be GET") {
			t.Errorf("%s by POST: %d %s", call, status, answer)
		}
	}
	s.body.Close()
	f.notice(server.Left)
	if !eventually(func() bool { // it is listed as ending until its request has returned
		_, text = f.call("GET", f.url("sessions", ""), "", bearer)
		return strings.HasSuffix(text, `"data":[]}`)
	}) {
		t.Errorf("without sessions: %s", text)
	}
}

func TestMetricsCount(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	f.subscribe("Y")
	f.send("X", "c")
	s.message()
	f.call("GET", f.url("close", "clientId=X"), "")
	s.rest()
	f.notice(server.Closed)
	f.call("GET", f.url("sessions", ""), "", "Host: evil.test")
	status, text := f.call("GET", f.url("metrics", ""), "")
	for _, line := range []string{
		"sseconsole_clients 1", "sseconsole_events_written_total 1", "sseconsole_messages_lost_total 0", "sseconsole_queued_messages 0",
		`sseconsole_notices_total{kind="subscribed"} 2`, `sseconsole_notices_total{kind="closed"} 1`, `sseconsole_notices_total{kind="host refused"} 1`,
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("%d, no line %q in\n%s", status, line, text)
		}
	}
}

func TestHeldSessionGetsNothingUntilItIsReleased(t *testing.T) {
	f := start(t, server.Config{})
	held, other := f.subscribe("X"), f.subscribe("Y")
	if !f.server.Hub().HoldSession(held.session()) {
		t.Fatal("no such session")
	}
	for range 3 {
		f.server.Send(message.Message{Data: "c"})
		other.message() // it was written to Y, and not to X
	}
	if got := f.session("X", func(i hub.SessionInfo) bool { return true }); got.State != hub.Held || got.Queued != 3 || got.Events != 0 {
		t.Errorf("%+v", got)
	}
	f.server.Hub().ReleaseSession(held.session())
	for range 3 {
		held.message()
	}
	f.server.Hub().HoldSession(held.session())
	f.send("X", "the last")
	f.call("GET", f.url("close", "clientId=X"), "")
	if rest := held.rest(); len(rest) != 1 || rest[0].text() != "the last" {
		t.Errorf("at its end a held session brings %+v", rest)
	}
	if f.server.Hub().HoldSession("nobody") || f.server.Hub().ReleaseSession(held.session()+"9") {
		t.Error("a session that does not exist was held")
	}
}

func TestSessionIsClosedOrDropped(t *testing.T) {
	f := start(t, server.Config{})
	closed, dropped := f.subscribe("X"), f.subscribe("Y")
	f.send("X", "last")
	if !f.server.Hub().CloseSession(closed.session()) || !f.server.Hub().DropSession(dropped.session()) {
		t.Error("no such session")
	}
	if rest := closed.rest(); len(rest) != 1 || rest[0].text() != "last" {
		t.Errorf("got %+v", rest)
	}
	if _, ok := dropped.read(); ok || errors.Is(dropped.end, io.EOF) && !errors.Is(dropped.end, io.ErrUnexpectedEOF) {
		t.Errorf("the dropped stream seems complete: %v", dropped.end)
	}
	for range 2 {
		if n := <-f.notices; n.Kind != server.Subscribed {
			t.Errorf("notice %+v", n)
		}
	}
	ends := map[string]server.Kind{}
	for range 2 {
		n := <-f.notices
		ends[n.ClientID] = n.Kind
	}
	if ends["X"] != server.Closed || ends["Y"] != server.Dropped || f.server.Sessions() != 0 {
		t.Errorf("they ended as %v, %d are left", ends, f.server.Sessions())
	}
	if f.server.Hub().CloseSession("nobody") || f.server.Hub().DropSession("nobody") {
		t.Error("a session that does not exist was ended")
	}
}
