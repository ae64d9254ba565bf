package server_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

func TestWithoutTheIDBlockAStreamBeginsWithItsFirstMessage(t *testing.T) {
	inBubble(t, server.Config{NoIDBlock: true}, func(t *testing.T, b *bubble) {
		began := time.Now()
		r := b.request("subscribe?clientId=X")
		readUntil(t, r, "\r\n\r\n")
		if d := time.Since(began); d != 0 {
			t.Errorf("the headers came after %v", d)
		}
		session := (<-b.notices).Session
		b.server.Send(message.Message{Data: "one"})
		if got := readUntil(t, r, "\n\n"); !strings.HasSuffix(got, "\r\nid: "+session+"-1\ndata: one\n\n") || strings.Count(got, "\n") != 4 {
			t.Errorf("the stream begins with %q", got)
		}
	})
}

// No block has an id without data: neither in polls nor for missing messages, a farewell
// or a fault.
func TestWithoutTheIDBlockNoBlockIsAnIDAlone(t *testing.T) {
	f := start(t, server.Config{NoIDBlock: true, ReplayEvents: 1, Mode: hub.ShortPolling})
	get := func(query, id string) string {
		t.Helper()
		status, body := f.call("GET", f.url("subscribe", query), "", "Last-Event-ID: "+id)
		if status != 200 {
			t.Fatal(status)
		}
		return body
	}
	if body := get("clientId=X", ""); body != "" {
		t.Errorf("an empty poll brings %q", body)
	}
	name := f.session("X", func(hub.SessionInfo) bool { return true }).ID
	f.send("X", "one")
	if body := get("clientId=X", ""); body != "id: "+strings.TrimSuffix(name, "1")+"2-1\ndata: one\n\n" {
		t.Errorf("a poll brings %q", body)
	}
	old := f.do("GET", f.url("subscribe", "clientId=X&mode=streaming"), "")
	f.send("X", "two")
	f.send("X", "three")
	next := f.do("GET", f.url("subscribe", "clientId=X&mode=streaming"), "", "Last-Event-ID: 7")
	text, err := io.ReadAll(old.Body)
	if err != nil || !strings.HasSuffix(string(text), "data: three\n\n: replaced by another subscriber with this clientId\n\n") {
		t.Errorf("the replaced stream is %q, %v", text, err)
	}
	f.call("GET", f.url("close", "clientId=X"), "")
	text, err = io.ReadAll(next.Body)
	if err != nil || !strings.HasPrefix(string(text), ": Last-Event-ID \"7\" is unknown; ") || !strings.Contains(string(text), "\n\nid: ") {
		t.Errorf("the stream with a gap is %q, %v", text, err)
	}
	if _, err := f.server.SetFault(fault.Fault{Kind: fault.RetryStorm}); err != nil {
		t.Fatal(err)
	}
	if body := get("clientId=Y", ""); body != "retry: 0\n\n" {
		t.Errorf("a retry storm is %q", body)
	}
}

func TestTheIDBlockIsSwitchedForLaterSubscribes(t *testing.T) {
	f := start(t, server.Config{})
	h := f.server.Hub()
	if !h.IDBlock() {
		t.Error("the default is off")
	}
	h.SetIDBlock(false)
	f.do("GET", f.url("subscribe", "clientId=X"), "")
	f.send("X", "c")
	h.SetIDBlock(true)
	if s := f.subscribe("X"); s.first.id == "" || h.IDBlock() != true {
		t.Errorf("the stream begins with %+v", s.first)
	}
}
