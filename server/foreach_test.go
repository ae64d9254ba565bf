package server_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/scenario"
)

// A clientId that subscribes while a scenario is stopped and started gets one player.
func TestEachIsPlayedToOnceHoweverItIsStarted(t *testing.T) {
	f := start(t, server.Config{})
	each := f.server.PlayForEach(parse(t, "wait 1h"), 1)
	var all sync.WaitGroup
	const n = 50
	for i := range n {
		all.Go(func() {
			resp, err := f.client.Get(f.url("subscribe", fmt.Sprintf("clientId=c%d", i)))
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Read(make([]byte, 1))
			t.Cleanup(func() { resp.Body.Close() })
		})
	}
	for range n {
		each.Stop("")
		each.Start("")
	}
	all.Wait()
	to := make(map[string]int)
	for _, st := range each.Status("") {
		to[st.To[0]]++
		if st.State != scenario.Playing {
			t.Errorf("%s is %s", st.To[0], st.State)
		}
	}
	if len(to) != n {
		t.Errorf("%d clientIds have a player", len(to))
	}
	for id, players := range to {
		if players != 1 {
			t.Errorf("%s has %d players", id, players)
		}
	}
}

func TestWhoComesLaterFindsAScenarioAsItWasLeft(t *testing.T) {
	f := start(t, server.Config{})
	each := f.server.PlayForEach(parse(t, "# a comment\nsend first\nwait 1h"), 1)
	next := func(want scenario.State) {
		t.Helper()
		if got := each.Next(); got != want {
			t.Errorf("the next subscriber finds it %q, want %q", got, want)
		}
	}
	next(scenario.Playing)
	each.Pause("a") // one clientId alone, which nobody is
	next(scenario.Playing)
	each.Pause("")
	next(scenario.Paused)
	a := f.subscribe("a")
	if got := each.Status("a"); len(got) != 1 || got[0].State != scenario.Paused || got[0].Line != 2 {
		t.Errorf("a: %+v", got)
	}
	each.SetSpeed("", 3)
	each.Resume("")
	if got := a.message().text(); got != "first" {
		t.Errorf("a got %q", got)
	}
	f.subscribe("b")
	if got := each.Status("b"); len(got) != 1 || got[0].Speed != 3 {
		t.Errorf("b: %+v", got)
	}
	if got := each.Stop(""); len(got) != 2 || len(each.Status("")) != 0 {
		t.Errorf("stopped %+v, left %+v", got, each.Status(""))
	}
	next(scenario.Ended)
	f.subscribe("c")
	if got := each.Status(""); len(got) != 0 {
		t.Errorf("c: %+v", got)
	}
	if n := each.Start("nobody"); n != 0 {
		t.Errorf("begun %d times for nobody", n)
	}
	if n := each.Start(""); n != 3 {
		t.Errorf("begun %d times for three", n)
	}
}

// The player of a clientId that has left ends, even if it sends nothing. For one that
// reconnects in time it continues.
func TestAScenarioIsForgottenForWhoHasLeft(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		each := b.server.PlayForEach(parse(t, "send x\nwait 10h\nsend y"), 1)
		end := func(clientID string) {
			t.Helper()
			if got := b.call("close?clientId=" + clientID); got != "200" {
				t.Errorf("close: %s", got)
			}
		}
		leave := func(clientID string) {
			t.Helper()
			drain(b.subscribe(clientID))
			if got := each.Status(clientID); len(got) != 1 {
				t.Fatalf("%s: %+v", clientID, got)
			}
			end(clientID)
			time.Sleep(20 * time.Second)
		}
		leave("a")
		began := each.Status("a")[0].ID
		drain(b.subscribe("a"))
		time.Sleep(time.Minute)
		if got := each.Status("a"); len(got) != 1 || got[0].ID != began {
			t.Errorf("a came back to %+v", got)
		}
		end("a")
		each.Pause("")
		leave("b")
		time.Sleep(time.Minute)
		if got := each.Status(""); len(got) != 0 || len(b.server.Players()) != 0 {
			t.Errorf("left: %+v", got)
		}
	})
}
