package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

// Players that send at the same time do not overflow a queue together.
func TestManyPlayersTogetherOverflowNoQueue(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := drain(b.subscribe("X"))
		session := b.server.Hub().List()[0].ID
		b.server.Hub().HoldSession(session)
		const players, each = 300, 3
		for i := range players {
			to := [][]string{nil, {"X"}}[i%2]
			b.server.Play(parse(t, fmt.Sprintf("repeat %d\nsend x%d-{n}-\nend", each, i)), scenario.Play{To: to})
		}
		time.Sleep(time.Minute)
		if got := b.server.Hub().List(); len(got) != 1 || got[0].State != hub.Held {
			t.Fatalf("it was cut off: %+v", got)
		}
		b.server.Hub().ReleaseSession(session)
		time.Sleep(time.Minute)
		b.server.Hub().CloseSession(session)
		all := readUntil(t, r, "0\r\n\r\n")
		for i := range players {
			for n := 1; n <= each; n++ {
				if event := fmt.Sprintf("data: x%d-%d-\n", i, n); strings.Count(all, event) != 1 {
					t.Fatalf("%q came %d times", event, strings.Count(all, event))
				}
			}
		}
	})
}

// Between two polls a player waits for the next poll when no more can be stored.
func TestARepeatWaitsForTheNextPoll(t *testing.T) {
	for _, to := range [][]string{{"X"}, nil} {
		inBubble(t, server.Config{KeepAlive: -1, ReplayEvents: 5}, func(t *testing.T, b *bubble) {
			poll := func(lastEventID string) (data []string, id string) {
				answer := b.raw("GET /demo/sse/subscribe?clientId=X&mode=short HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nLast-Event-ID: " + lastEventID + "\r\n\r\n")
				for line := range strings.Lines(readUntil(t, answer, "\r\n0\r\n\r\n")) {
					if text, ok := strings.CutPrefix(line, "data: "); ok {
						data = append(data, strings.TrimSpace(text))
					}
					if text, ok := strings.CutPrefix(line, "id: "); ok {
						id = strings.TrimSpace(text)
					}
				}
				return data, id
			}
			_, id := poll("")
			p, err := b.server.Repeat(message.Message{To: to, Data: "{n}"}, time.Millisecond, 23)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for range 10 {
				time.Sleep(time.Second)
				var data []string
				data, id = poll(id)
				got = append(got, data...)
			}
			<-p.Done()
			want := make([]string, 23)
			for i := range want {
				want[i] = fmt.Sprint(i + 1)
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("to %q: %q came", to, got)
			}

			// It does not wait for ever if there is no next poll.
			p, _ = b.server.Repeat(message.Message{To: to, Data: "{n}"}, time.Millisecond, 23)
			time.Sleep(time.Second)
			if !p.Status().Waiting {
				t.Errorf("%+v", p.Status())
			}
			time.Sleep(30 * time.Second)
			if p.Status().State != scenario.Ended {
				t.Errorf("%+v", p.Status())
			}
		})
	}
}

// A close, a drop, a stop and a shutdown take effect at once while a player waits for room.
func TestNothingWaitsForAPlayerThatWaitsForRoom(t *testing.T) {
	const endless = "repeat\nsend x\nend"
	for name, end := range map[string]func(b *bubble, p *scenario.Player){
		"stop": func(_ *bubble, p *scenario.Player) { p.Stop() },
		"shut": func(b *bubble, _ *scenario.Player) {
			go b.server.Shutdown(b.t.Context()) // which waits for X
		},
		"close": func(b *bubble, _ *scenario.Player) { b.call("close?clientId=X") },
		"drop":  func(b *bubble, _ *scenario.Player) { b.server.Hub().DropSession(b.server.Hub().List()[0].ID) },
		"new":   func(b *bubble, _ *scenario.Player) { b.subscribe("X") },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
				b.subscribe("X") // and does not read
				p := b.server.Play(parse(t, endless), scenario.Play{To: []string{"X"}})
				time.Sleep(time.Second)
				if !p.Status().Waiting {
					t.Fatalf("%+v", p.Status())
				}
				before := p.Status().Sends
				began := time.Now()
				end(b, p)
				if took := time.Since(began); took > 0 {
					t.Errorf("it took %v", took)
				}
				time.Sleep(10 * time.Millisecond)
				switch st := p.Status(); {
				case name == "stop" || name == "shut":
					if st.State != scenario.Ended {
						t.Errorf("it still plays: %+v", st)
					}
				case st.Sends == before:
					t.Errorf("it still waits: %+v", st)
				}
				p.Stop()
				<-p.Done()
			})
		})
	}
}

// A player that is paused while it waits for room does not send until it is resumed. A
// single step waits for room, too.
func TestAPlayerIsHeldWhileItWaitsForRoom(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		drain(b.subscribe("X"))
		session := b.server.Hub().List()[0].ID
		b.server.Hub().HoldSession(session)
		p := b.server.Play(parse(t, "repeat 200\nsend x\nend"), scenario.Play{})
		sends := func(want int64) {
			t.Helper()
			time.Sleep(time.Second)
			if st := p.Status(); st.Sends != want {
				t.Fatalf("%d sends, want %d: %+v", st.Sends, want, st)
			}
		}
		sends(128)
		p.Pause()
		b.server.Hub().ReleaseSession(session)
		sends(128)
		p.Step() // the send that waited
		sends(129)
		b.server.Hub().HoldSession(session)
		p.Resume()
		sends(200)
		<-p.Done()
	})
}
