package server_test

import (
	"testing"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

func TestSecondSubscriberIsRefused(t *testing.T) {
	f := start(t, server.Config{Policy: hub.Refuse})
	s := f.subscribe("X")
	subscribe := f.url("subscribe", "clientId=X")
	for _, id := range []string{"", "7"} {
		status, answer := f.call("GET", subscribe, "", "Last-Event-ID: "+id)
		if status != 409 || answer != `{"code":409,"msg":"User Id X is already subscribed","data":null}` {
			t.Errorf("Last-Event-ID %q: %d %s", id, status, answer)
		}
		f.notice(server.RefusedSecond)
	}
	f.send("X", "c")
	if b := s.message(); b.text() != "c" {
		t.Errorf("got %+v", b)
	}
	// The subscriber reconnects before the server has noticed that it was gone.
	again := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	s.rest()
	again.body.Close()
	f.notice(server.Left)
	f.subscribe("X")
}

func TestSharersGetEverything(t *testing.T) {
	f := start(t, server.Config{Policy: hub.Share})
	a, b := f.subscribe("X"), f.subscribe("X")
	if n, err := f.server.Send(message.Message{To: []string{"X"}, Data: "one"}); n != 2 || err != nil {
		t.Errorf("it reached %d, %v", n, err)
	}
	for _, s := range []*stream{a, b} {
		if m := s.message(); m.text() != "one" || m.id != s.session()+"-1" {
			t.Errorf("got %+v", m)
		}
	}
	// One reconnects before the server has noticed that it was gone: its old session ends.
	again := f.subscribe("X", "Last-Event-ID: "+a.session()+"-1")
	a.rest()
	if n, _ := f.server.Send(message.Message{Data: "two"}); n != 2 {
		t.Errorf("it reached %d", n)
	}
	b.body.Close()
	f.notice(server.Left)
	if f.send("X", "three") != 200 || f.server.Sessions() != 1 {
		t.Error("the other one does not stay")
	}
	for _, want := range []string{"two", "three"} {
		if m := again.message(); m.text() != want {
			t.Errorf("got %+v, want %s", m, want)
		}
	}
	f.call("GET", f.url("close", "clientId=X"), "")
	again.rest()
}

func TestPolicyChangesForLaterSubscribers(t *testing.T) {
	f := start(t, server.Config{})
	if p := f.server.Hub().Policy(); p != hub.Replace {
		t.Errorf("the default is %s", p)
	}
	f.server.Hub().SetPolicy(hub.Share)
	a, b := f.subscribe("X"), f.subscribe("X")
	f.server.Hub().SetPolicy("")
	f.subscribe("X")
	a.rest()
	b.rest()
}
