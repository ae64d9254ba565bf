package server_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// Everything happens at the same time, for the race detector. In the end nobody is left,
// and every session that began has ended.
func TestTurmoil(t *testing.T) {
	f := start(t, server.Config{ReplayEvents: 20, MaxSessions: 30})
	stop := make(chan struct{})
	var readers, callers sync.WaitGroup
	for _, act := range []func(){
		func() { f.server.Send(message.Message{Data: "all"}) },
		func() { f.server.Send(message.Message{To: []string{fmt.Sprint(rand.N(5))}, Data: "one", ID: "own"}) },
		func() { f.server.Hub().SetPolicy(hub.Policies()[rand.N(4)]) },
		func() { f.call("GET", f.url("metrics", ""), "") },
		func() { f.call("GET", f.url("close", fmt.Sprint("clientId=", rand.N(5))), "") },
		func() {
			f.server.SetFault(fault.Fault{Kind: fault.Kinds()[rand.N(len(fault.Kinds()))], Next: 1, Delay: time.Millisecond, N: 1})
		},
		func() {
			for _, s := range f.server.Hub().List() {
				act := []func(string) bool{f.server.Hub().CloseSession, f.server.Hub().DropSession, f.server.Hub().HoldSession, f.server.Hub().ReleaseSession}
				act[rand.N(len(act))](s.ID)
			}
		},
	} {
		callers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					act()
				}
			}
		})
	}
	for range 8 {
		readers.Go(func() {
			id := ""
			for range 25 {
				url := f.url("subscribe", fmt.Sprintf("clientId=%d&mode=%s", rand.N(5), hub.Modes()[rand.N(3)]))
				req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
				if err != nil {
					t.Error(err)
					return
				}
				req.Header["Last-Event-ID"] = []string{id}
				res, err := f.client.Transport.RoundTrip(req)
				if err != nil {
					continue // dropped before its headers
				}
				s := newStream(t, res.Body)
				for range rand.N(20) {
					b, ok := s.read()
					if !ok {
						break
					}
					if !strings.Contains(b.id, "\x00") {
						id = b.id
					}
				}
				res.Body.Close()
			}
		})
	}
	readers.Wait()
	close(stop)
	callers.Wait()
	for n := range 5 {
		f.call("GET", f.url("close", fmt.Sprint("clientId=", n)), "")
	}
	for _, s := range f.server.Hub().List() {
		f.server.Hub().DropSession(s.ID) // stray sessions
	}
	if !eventually(func() bool { return f.server.Sessions() == 0 && len(f.server.Hub().List()) == 0 }) {
		t.Fatalf("left: %+v", f.server.Hub().List())
	}
	began, ended := 0, 0
	ends := []server.Kind{server.Replaced, server.Closed, server.Left, server.CutOff, server.Dropped, server.Faulted, server.Polled, server.Raced}
	for {
		select {
		case n := <-f.notices:
			switch {
			case n.Kind == server.Subscribed:
				began++
			case n.Session != "" && slices.Contains(ends, n.Kind):
				ended++
			}
			continue
		default:
		}
		break
	}
	if began == 0 || began != ended {
		t.Errorf("%d sessions began, %d ended", began, ended)
	}
}
