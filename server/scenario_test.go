package server_test

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

func parse(t *testing.T, text string) *scenario.Scenario {
	t.Helper()
	sc, err := scenario.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// play plays a scenario in simulated time to X, which has subscribed. It returns the
// stream up to until, and the time that this took.
func play(t *testing.T, text string, how scenario.Play, until string) (got string, took time.Duration) {
	t.Helper()
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := drain(b.subscribe("X"))
		began := time.Now()
		p := b.server.Play(parse(t, text), how)
		got = readUntil(t, r, until)
		took = time.Since(began)
		p.Stop()
		<-p.Done()
	})
	got = regexp.MustCompile("\r\n[0-9a-f]+\r\n").ReplaceAllString(got, "") // the chunks of the body
	return regexp.MustCompile(`id: \S+-`).ReplaceAllString(got, "id: "), took
}

// drain returns a reader of r that is read ahead, so that the server never blocks.
func drain(r *bufio.Reader) *bufio.Reader {
	bytes := make(chan byte, 1<<20)
	go func() {
		defer close(bytes)
		for {
			b, err := r.ReadByte()
			if err != nil {
				return
			}
			bytes <- b
		}
	}()
	return bufio.NewReader(byteReader(bytes))
}

type byteReader chan byte

func (c byteReader) Read(p []byte) (int, error) {
	b, ok := <-c
	if !ok {
		return 0, io.EOF
	}
	p[0] = b
	return 1, nil
}

func TestAScenarioIsPlayedStepByStepAtItsPace(t *testing.T) {
	const text = "\ufefftitle: T\ntitle-zh: 题\n# comment\nsend `{\"n\":{n}}` type=quote retry=2s\nwait 3s\nrepeat 2\n  send \"two\\nlines {n}\" id=own{n} comment=c\n\trepeat 2\n\twait 500ms\n\traw \": {n}\\r\\n\\r\\n\"\n\tend\nend\nsend end"
	const want = "id: 1\nevent: quote\nretry: 2000\ndata: {\"n\":1}\n\n" +
		"id: own1\n: c\ndata: two\ndata: lines 1\n\n: {n}\r\n\r\n: {n}\r\n\r\n" +
		"id: own2\n: c\ndata: two\ndata: lines 2\n\n: {n}\r\n\r\n: {n}\r\n\r\n" +
		"id: 4\ndata: end\n\n"
	sc := parse(t, text)
	if sc.Title != "T" || sc.TitleZH != "题" || sc.Lines != 13 || sc.Steps() != 10 {
		t.Errorf("%q, %q, %d lines, %d steps", sc.Title, sc.TitleZH, sc.Lines, sc.Steps())
	}
	for _, tt := range []struct {
		how  scenario.Play
		took time.Duration
	}{
		{scenario.Play{}, 5 * time.Second},
		{scenario.Play{To: []string{"X", "absent"}, Speed: 2}, 2500 * time.Millisecond},
		{scenario.Play{Speed: math.Inf(1)}, 0},
	} {
		got, took := play(t, text, tt.how, "data: end\n\n")
		if sortFields(got) != sortFields(want) {
			t.Errorf("%+v: came %q, want %q", tt.how, got, want)
		}
		if took != tt.took {
			t.Errorf("%+v: took %v, want %v", tt.how, took, tt.took)
		}
	}
}

// sortFields sorts the type, retry and comment lines of each block.
func sortFields(text string) string {
	for _, field := range []string{"event: quote\n", "retry: 2000\n", ": c\n"} {
		text = strings.ReplaceAll(text, field, "")
	}
	return text
}

func TestAPlayerIsHeldSteppedAndStopped(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := drain(b.subscribe("X"))
		p := b.server.Play(parse(t, "repeat\nsend {n}\nwait 1h\nend"), scenario.Play{Stepping: true})
		synctest.Wait()
		if st := p.Status(); !st.Stepping || st.Line != 1 || st.Sends != 0 || len(b.server.Players()) != 1 {
			t.Errorf("%+v", st)
		}
		p.Step()
		synctest.Wait()
		p.Step()
		if got := readUntil(t, r, "data: 1\n\n"); got == "" {
			t.Error(got)
		}
		synctest.Wait()
		if st := p.Status(); st.Line != 3 || st.Sends != 1 || st.Reached != 1 || st.TotalReached != 1 || st.State != scenario.Paused {
			t.Errorf("%+v", st)
		}
		p.Resume()
		began := time.Now()
		time.Sleep(30 * time.Minute)
		p.SetSpeed(60) // the rest of the wait takes half a minute
		readUntil(t, r, "data: 2\n\n")
		if d := time.Since(began); d != 30*time.Minute+30*time.Second {
			t.Errorf("the second came after %v", d)
		}
		time.Sleep(20 * time.Second)
		p.Pause() // 40 s before the third
		time.Sleep(time.Hour)
		synctest.Wait()
		if st := p.Status(); st.Sends != 2 || !st.Stepping || st.Line != 3 {
			t.Errorf("paused: %+v", st)
		}
		p.Resume()
		began = time.Now()
		readUntil(t, r, "data: 3\n\n")
		if d := time.Since(began); d != 40*time.Second {
			t.Errorf("the third came after %v", d)
		}
		p.Pause()
		synctest.Wait()
		p.Step() // ends the wait
		synctest.Wait()
		p.Step() // the loop's end
		synctest.Wait()
		p.Step()
		began = time.Now()
		readUntil(t, r, "data: 4\n\n")
		if d := time.Since(began); d != 0 {
			t.Errorf("after a step the fourth came after %v", d)
		}
		p.Stop()
		<-p.Done()
		if st := p.Status(); st.State != scenario.Ended || len(b.server.Players()) != 0 {
			t.Errorf("stopped: %+v", st)
		}
	})
}

func TestPlaceholdersAreFilledInOnlyWhereTheyStand(t *testing.T) {
	got, _ := play(t, "repeat 3\nsend `{n} {{n}} {\"a\":{n}} {time} {uuid} {random 7 7} {m} {}`\nend\nsend end", scenario.Play{}, "data: end\n\n")
	for i := range 3 {
		want := fmt.Sprintf(`data: %d \{n\} \{"a":%d\} 2000-01-01T00:00:00\.\d{3}Z [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} 7 \{m\} \{\}`+"\n", i+1, i+1)
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%q does not match %s", got, want)
		}
	}
}

func TestRepeatSendsAsOftenAsAsked(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		r := drain(b.subscribe("X"))
		began := time.Now()
		p, err := b.server.Repeat(message.Message{To: []string{"X"}, Data: "no {n}", Type: "tick"}, 250*time.Millisecond, 5)
		if err != nil {
			t.Fatal(err)
		}
		readUntil(t, r, "data: no 5\n\n")
		if d := time.Since(began); d != time.Second {
			t.Errorf("five took %v", d)
		}
		<-p.Done()
		if st := p.Status(); st.Sends != 5 || st.TotalReached != 5 || !st.Repeat || st.Data != "no {n}" {
			t.Errorf("%+v", st)
		}
	})
	for _, bad := range []struct {
		m     message.Message
		every time.Duration
		count int
	}{{message.Message{Type: "a\nb"}, time.Second, 1}, {message.Message{}, -1, 1}, {message.Message{}, time.Second, -1}} {
		if _, err := server.New(server.Config{}).Repeat(bad.m, bad.every, bad.count); err == nil {
			t.Errorf("Repeat accepts %+v", bad)
		}
	}
}

// A scenario waits for a subscriber that reads slowly instead of cutting it off.
func TestAScenarioWaitsForRoom(t *testing.T) {
	f := start(t, server.Config{})
	conn, r := f.stuck("slow")
	const sends = 3000
	p := f.server.Play(parse(t, fmt.Sprintf("repeat %d\nsend \"{n} %s\"\nend\nclose", sends, strings.Repeat("x", 4096))), scenario.Play{})
	if !eventually(func() bool { return p.Status().Waiting }) {
		t.Fatal("it does not wait")
	}
	conn.SetReadBuffer(1 << 20)
	for i := 1; i <= sends; {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("%v after %d events", err, i-1)
		}
		if rest, ok := strings.CutPrefix(line, "data: "); ok {
			if !strings.HasPrefix(rest, fmt.Sprint(i, " ")) {
				t.Fatalf("%.20q instead of event %d", rest, i)
			}
			i++
		}
	}
	<-p.Done()
	f.notice(server.Closed)
}

func TestAScenarioWithNobodyToReachRests(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		p := b.server.Play(parse(t, "repeat\nsend x\nend"), scenario.Play{})
		time.Sleep(time.Second)
		if n := p.Status().Sends; n == 0 || n > 1000 {
			t.Errorf("%d sends in a second", n)
		}
	})
}

// An absurdly low speed does not overflow and end a wait early.
func TestASpeedNearNothingWaits(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		b.subscribe("X")
		for _, speed := range []float64{math.SmallestNonzeroFloat64, math.NaN(), -1} {
			p := b.server.Play(parse(t, "wait 2h\nsend x"), scenario.Play{Speed: speed})
			p.SetSpeed(math.NaN())
			time.Sleep(time.Hour)
			if st := p.Status(); st.Sends != 0 {
				t.Errorf("%v: %+v", speed, st)
			}
			p.Stop()
			<-p.Done()
		}
	})
}

func TestShutdownEndsPlayersThatWait(t *testing.T) {
	inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
		drain(b.subscribe("X"))
		if !b.server.Hub().HoldSession(b.server.Hub().List()[0].ID) {
			t.Fatal("no session")
		}
		list := []*scenario.Player{
			b.server.Play(parse(t, "repeat\nsend x\nend"), scenario.Play{}), // waits for room
			b.server.Play(parse(t, "wait 10h"), scenario.Play{}),
			b.server.Play(parse(t, "send x"), scenario.Play{Stepping: true}),
		}
		time.Sleep(time.Second)
		if !list[0].Status().Waiting {
			t.Errorf("%+v", list[0].Status())
		}
		b.server.Shutdown(t.Context())
		list = append(list, b.server.Play(parse(t, "send x"), scenario.Play{}))
		for _, p := range list {
			<-p.Done()
			if st := p.Status(); st.State != scenario.Ended || st.Waiting {
				t.Errorf("%+v", st)
			}
		}
	})
}

// A clientId gets one player, even if many subscribe with it at once.
func TestOneClientIDIsPlayedToOnce(t *testing.T) {
	f := start(t, server.Config{Policy: hub.Share})
	f.server.PlayForEach(parse(t, "wait 1h"), 1)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			resp, err := f.client.Get(f.url("subscribe", "clientId=X"))
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Read(make([]byte, 1))
			t.Cleanup(func() { resp.Body.Close() })
		})
	}
	all.Wait()
	if n := len(f.server.Players()); n != 1 {
		t.Errorf("%d players", n)
	}
}

func TestAScenarioClearsOnlyWhatItTurnedOn(t *testing.T) {
	f := start(t, server.Config{})
	f.fault(fault.Fault{Kind: fault.ByteOrderMark, ClientID: "other"})
	<-f.server.Play(parse(t, "to a b\nrepeat 3\nfault crlf\nend\nfault cr client=c"), scenario.Play{}).Done()
	lines := func() (list []string) {
		for _, on := range f.server.Faults() {
			list = append(list, on.String())
		}
		return list
	}
	if got := lines(); !slices.Equal(got, []string{"bom client=other", "crlf client=a", "crlf client=b", "cr client=c"}) {
		t.Errorf("on: %q", got)
	}
	f.server.ClearFaults()
	f.fault(fault.Fault{Kind: fault.ByteOrderMark, ClientID: "other"})
	<-f.server.Play(parse(t, "fault crlf\nfault gzip client=c\nclear"), scenario.Play{}).Done()
	if got := lines(); !slices.Equal(got, []string{"bom client=other"}) {
		t.Errorf("left: %q", got)
	}
	p := f.server.Play(parse(t, "fault crlf\nwait 1h"), scenario.Play{})
	if !eventually(func() bool { return len(lines()) == 2 }) {
		t.Fatal(lines())
	}
	p.Stop()
	<-p.Done()
	if got := lines(); !slices.Equal(got, []string{"bom client=other"}) {
		t.Errorf("left by one that was stopped: %q", got)
	}
}

func TestAScenarioIsPlayedForEachWhoSubscribes(t *testing.T) {
	f := start(t, server.Config{})
	f.server.PlayForEach(parse(t, "send first\nwait 1h\nsend second"), 1)
	for _, id := range []string{"a", "b"} {
		s := f.subscribe(id)
		if got := s.message().text(); got != "first" {
			t.Errorf("%s got %q", id, got)
		}
	}
	if n := len(f.server.Players()); n != 2 {
		t.Errorf("%d players", n)
	}
	f.subscribe("a").body.Close() // the scenario continues when it reconnects
	if n := len(f.server.Players()); n != 2 {
		t.Errorf("%d players after a came back", n)
	}
}

func TestAScenarioFaultsDropsAndCloses(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	other := f.subscribe("Y")
	p := f.server.Play(parse(t, "to X\nfault crlf\nclear\nfault bom next=2\ndrop\nto Y\nsend kept\nclose\nto *\nsend nobody"), scenario.Play{To: []string{"X"}})
	<-p.Done()
	if _, ok := s.read(); ok {
		t.Error("X is not dropped")
	}
	if b := other.rest(); len(b) != 1 || b[0].text() != "kept" {
		t.Errorf("Y got %+v", b)
	}
	faults := f.server.Faults()
	if len(faults) != 1 || faults[0].String() != "bom client=X next=2" {
		t.Errorf("faults: %v", faults)
	}
	if st := p.Status(); st.Reached != 0 || st.TotalReached != 1 {
		t.Errorf("%+v", st)
	}
}

// The shipped scenarios play to their end, to a subscriber that reconnects when it is cut
// off.
func TestTheScenariosThatShipArePlayed(t *testing.T) {
	if n := len(scenario.Names()); n != 5 {
		t.Errorf("%d scenarios are shipped", n)
	}
	for _, name := range scenario.Names() {
		sc, _, err := scenario.Shipped(name)
		if err != nil || sc.Title == "" || sc.TitleZH == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		inBubble(t, server.Config{KeepAlive: -1}, func(t *testing.T, b *bubble) {
			p := b.server.Play(sc, scenario.Play{})
			time.Sleep(5 * time.Minute)
			select {
			case <-p.Done():
			default:
				if name != "quotes" {
					t.Errorf("%s has no end: %+v", name, p.Status())
				}
			}
			if n := p.Status().Sends; n < 8 {
				t.Errorf("%s: %d sends", name, n)
			}
		})
	}
	if _, _, err := scenario.Shipped("../quotes"); err == nil {
		t.Error("a name with a path is accepted")
	}
}
