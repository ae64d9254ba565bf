package server_test

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/message"
)

func (f *fixture) fault(on fault.Fault) int {
	f.t.Helper()
	id, err := f.server.SetFault(on)
	if err != nil {
		f.t.Fatal(err)
	}
	return id
}

// The bytes on the wire of a stream that has two messages and is closed after them.
func TestFaultsOnTheWire(t *testing.T) {
	const (
		begin  = "id: {}-0\n\n"
		first  = "id: {}-1\ndata: a\ndata: 中\n\n"
		second = "id: {}-2\nevent: e\ndata: two\n\n"
		all    = begin + first + second
	)
	tests := []struct {
		fault fault.Fault
		want  string
		cut   bool
	}{
		{fault.Fault{Kind: fault.DelayHeaders, Delay: time.Millisecond}, all, false},
		{fault.Fault{Kind: fault.DelayEvents, Delay: time.Millisecond, Jitter: time.Millisecond}, all, false},
		{fault.Fault{Kind: fault.Trickle, Delay: time.Microsecond}, all, false},
		{fault.Fault{Kind: fault.SplitRune, Delay: time.Millisecond}, all, false},
		{fault.Fault{Kind: fault.CutAfterEvents, N: 1}, begin + first + "½" + second, true},
		{fault.Fault{Kind: fault.CutAfterBytes, N: 4}, "id: ", true},
		{fault.Fault{Kind: fault.WrongType}, all, false},
		{fault.Fault{Kind: fault.NoBlankLine}, begin + "id: {}-1\ndata: a\ndata: 中\nid: {}-2\nevent: e\ndata: two\n", false},
		{fault.Fault{Kind: fault.LineEndCR}, strings.ReplaceAll(all, "\n", "\r"), false},
		{fault.Fault{Kind: fault.LineEndCRLF}, strings.ReplaceAll(all, "\n", "\r\n"), false},
		{fault.Fault{Kind: fault.ByteOrderMark}, "\xef\xbb\xbf" + all, false},
		{fault.Fault{Kind: fault.RawLineFeed}, begin + "id: {}-1\ndata: a\n中\n\n" + second, false},
		{fault.Fault{Kind: fault.NULInID}, begin + "id: {}-\x001\ndata: a\ndata: 中\n\nid: {}-\x002\nevent: e\ndata: two\n\n", false},
		{fault.Fault{Kind: fault.HugeEvent}, begin + "event: huge\ndata: " + strings.Repeat("x", 10<<20) + "\n\n" + first + second, false},
		{fault.Fault{Kind: fault.NoKeepAlive}, all, false},
		{fault.Fault{Kind: fault.Beats, Delay: time.Hour}, all, false},
		{fault.Fault{Kind: fault.DuplicateIDs}, begin + first + strings.Replace(second, "-2", "-1", 1), false},
		{fault.Fault{Kind: fault.SkippedIDs}, begin + strings.Replace(first, "-1", "-2", 1) + strings.Replace(second, "-2", "-4", 1), false},
		{fault.Fault{Kind: fault.BackwardsIDs}, begin + strings.Replace(first, "-1", "-2", 1) + strings.Replace(second, "-2", "-1", 1), false},
		{fault.Fault{Kind: fault.Gzip}, all, false},
		{fault.Fault{Kind: fault.IgnoreLastEventID}, all, false},
		{fault.Fault{Kind: fault.RetryStorm}, "id: {}-0\nretry: 0\n\n", false},
	}
	untested := slices.DeleteFunc(fault.Kinds(), func(k fault.Kind) bool {
		return k == fault.Refusal || k == fault.HTMLPage // there is no stream
	})
	if len(tests) != len(untested) {
		t.Errorf("%d kinds are tested, of %d", len(tests), len(untested))
	}
	for _, tt := range tests {
		t.Run(string(tt.fault.Kind), func(t *testing.T) {
			f := start(t, server.Config{})
			f.fault(tt.fault)
			res := f.do("GET", f.url("subscribe", "clientId=X"), "")
			session := f.notice(server.Subscribed)
			f.server.Send(message.Message{To: []string{"X"}, Data: "a\n中"})
			f.server.Send(message.Message{To: []string{"X"}, Data: "two", Type: "e"})
			if !tt.cut {
				f.call("GET", f.url("close", "clientId=X"), "")
			}
			body := io.Reader(res.Body)
			if tt.fault.Kind == fault.Gzip {
				wantHeader(t, res.Header, "Content-Encoding", "gzip")
				text, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = text
			}
			got, err := io.ReadAll(body)
			want := strings.ReplaceAll(tt.want, "{}", session.Session)
			if whole, cut, ok := strings.Cut(want, "½"); ok {
				want = whole + cut[:len(cut)/2]
			}
			if string(got) != want {
				t.Errorf("got %.300q\nwant %.300q", got, want)
			}
			if tt.cut != errors.Is(err, io.ErrUnexpectedEOF) || !tt.cut && err != nil {
				t.Errorf("it ended with %v", err)
			}
			wantType := "text/event-stream; charset=utf-8"
			if tt.fault.Kind == fault.WrongType {
				wantType = "text/plain; charset=utf-8"
			}
			wantHeader(t, res.Header, "Content-Type", wantType)
			if !slices.Equal(session.Faults, []fault.Kind{tt.fault.Kind}) {
				t.Errorf("notice %+v", session)
			}
		})
	}
}

func TestFaultsInsteadOfAStream(t *testing.T) {
	tests := []struct {
		fault        fault.Fault
		status       int
		header, want string
		body         string
	}{
		{fault.Fault{Kind: fault.Refusal}, 500, "", "", `{"code":500,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.Refusal, Status: 204}, 204, "", "", ""},
		{fault.Fault{Kind: fault.Refusal, Status: 301}, 301, "Location", "/demo/sse/subscribe?clientId=X", `{"code":301,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.Refusal, Status: 401}, 401, "WWW-Authenticate", "Bearer", `{"code":401,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.Refusal, Status: 404}, 404, "", "", `{"code":404,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.Refusal, Status: 429, RetryAfter: 7 * time.Second}, 429, "Retry-After", "7", `{"code":429,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.Refusal, Status: 503}, 503, "Retry-After", "", `{"code":503,"msg":"a fault that is turned on caused this","data":null}`},
		{fault.Fault{Kind: fault.HTMLPage}, 200, "Content-Type", "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>\n"},
	}
	f := start(t, server.Config{})
	f.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, tt := range tests {
		tt.fault.Next = 1
		f.fault(tt.fault)
		res := f.do("GET", f.url("subscribe", "clientId=X"), "")
		status, body := f.finish(res)
		if status != tt.status || body != tt.body {
			t.Errorf("%+v: %d %q", tt.fault, status, body)
		}
		wantHeader(t, res.Header, tt.header, tt.want)
		if n := f.notice(server.Faulted); n.ClientID != "X" || n.Session != "" {
			t.Errorf("notice %+v", n)
		}
	}
	if n := f.server.Sessions(); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

func TestCompressedStreamArrivesAtOnce(t *testing.T) {
	f := start(t, server.Config{})
	f.fault(fault.Fault{Kind: fault.Gzip})
	res := f.do("GET", f.url("subscribe", "clientId=X"), "")
	wantHeader(t, res.Header, "Content-Encoding", "gzip")
	text, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	s := newStream(t, io.NopCloser(text))
	s.next()
	f.send("X", "c")
	if b := s.message(); b.text() != "c" {
		t.Errorf("got %+v", b)
	}
	f.call("GET", f.url("close", "clientId=X"), "")
	s.rest()
}

// chunks returns the chunks of a response's body that is cut off.
func chunks(t *testing.T, r *bufio.Reader, count int) (list []string) {
	t.Helper()
	readUntil(t, r, "\r\n\r\n")
	for range count {
		size, err := strconv.ParseUint(strings.TrimSpace(readUntil(t, r, "\r\n")), 16, 31)
		if err != nil {
			t.Fatal(err)
		}
		chunk := make([]byte, size)
		io.ReadFull(r, chunk)
		readUntil(t, r, "\r\n")
		list = append(list, string(chunk))
	}
	return list
}

func TestFaultsOfPace(t *testing.T) {
	subscribe := "subscribe?clientId=X"
	tests := []struct {
		fault fault.Fault
		count int           // chunks
		last  string        // chunk
		after time.Duration // since the request
	}{
		{fault.Fault{Kind: fault.DelayHeaders, Delay: time.Minute}, 2, "data: a中\n\n", time.Minute},
		{fault.Fault{Kind: fault.DelayEvents, Delay: 3 * time.Second}, 2, "data: a中\n\n", 3 * time.Second},
		{fault.Fault{Kind: fault.SplitRune}, 2, "\ndata: a\xe4", 0},
		{fault.Fault{Kind: fault.SplitRune}, 3, "\xb8\xad\n\n", 100 * time.Millisecond},
		{fault.Fault{Kind: fault.Trickle, Delay: time.Second}, 4, " ", 3 * time.Second},
		{fault.Fault{Kind: fault.Beats, Delay: 5 * time.Second}, 1, "data: a中\n\n", 5 * time.Second},
		{fault.Fault{Kind: fault.NoKeepAlive}, 2, "data: a中\n\n", 0},
	}
	for _, tt := range tests {
		t.Run(string(tt.fault.Kind), func(t *testing.T) {
			inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
				if _, err := b.server.SetFault(tt.fault); err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				r := b.request(subscribe)
				<-b.notices
				b.call("send?clientId=X&content=a%E4%B8%AD")
				list := chunks(t, r, tt.count)
				if d := time.Since(began); d != tt.after || !strings.HasSuffix(list[tt.count-1], tt.last) {
					t.Errorf("after %v came %q", d, list)
				}
				if tt.fault.Kind == fault.Trickle && len(strings.Join(list, "")) != tt.count {
					t.Errorf("chunks %q", list)
				}
				if tt.fault.Kind == fault.NoKeepAlive {
					time.Sleep(time.Hour)
					b.call("send?clientId=X&content=late")
					if text := readUntil(t, r, "late"); strings.Contains(text, "keep-alive") {
						t.Errorf("got %q", text)
					}
				}
			})
		})
	}
}

func TestFaultsHitWhomTheyAreFor(t *testing.T) {
	f := start(t, server.Config{})
	status := func(clientID string) int {
		res := f.do("GET", f.url("subscribe", "clientId="+clientID), "")
		res.Body.Close()
		return res.StatusCode
	}
	next := f.fault(fault.Fault{Kind: fault.Refusal, Status: 404, ClientID: "X", Next: 2})
	share := f.fault(fault.Fault{Kind: fault.Refusal, Status: 503, ClientID: "Y", Share: 0.25})
	if on := f.server.Faults(); len(on) != 2 || on[0].ID != next || on[1].ID != share || on[1].Hits != 0 {
		t.Errorf("on: %+v", on)
	}
	for _, want := range []int{404, 404, 200} {
		if got := status("X"); got != want {
			t.Errorf("X: %d, want %d", got, want)
		}
	}
	for _, want := range []int{200, 200, 200, 503, 200, 200, 200, 503} {
		if got := status("Y"); got != want {
			t.Errorf("Y: %d, want %d", got, want)
		}
	}
	if on := f.server.Faults(); len(on) != 1 || on[0].ID != share || on[0].Hits != 2 {
		t.Errorf("left: %+v", on)
	}
	if !f.server.ClearFault(share) || f.server.ClearFault(next) {
		t.Error("one that is on was not cleared, or one that is off was")
	}
	f.fault(fault.Fault{Kind: fault.Refusal})
	f.server.ClearFaults()
	if on := f.server.Faults(); len(on) != 0 || status("Z") != 200 {
		t.Errorf("after all were cleared: %+v", on)
	}
	for _, bad := range []fault.Fault{
		{}, {Kind: "x"}, {Kind: fault.Beats, Delay: -1}, {Kind: fault.Beats, Share: 1.5}, {Kind: fault.Refusal, Status: 418}, {Kind: fault.Beats, Next: -1},
	} {
		if _, err := f.server.SetFault(bad); err == nil {
			t.Errorf("%+v was set", bad)
		}
	}
}

func TestClearedFaultLeavesItsConnectionAlone(t *testing.T) {
	f := start(t, server.Config{})
	f.fault(fault.Fault{Kind: fault.NULInID})
	s := f.subscribe("X")
	f.send("X", "c")
	if b := s.message(); !strings.Contains(b.id, "\x00") {
		t.Errorf("got %+v", b)
	}
	f.server.ClearFaults()
	f.send("X", "c")
	if b := s.message(); b.id != s.session()+"-2" {
		t.Errorf("got %+v", b)
	}
}

// ClearFaults also clears faults that have hit their last connection.
func TestSpentFaultIsOnAsLongAsItsConnectionLasts(t *testing.T) {
	f := start(t, server.Config{})
	f.fault(fault.Fault{Kind: fault.NULInID, Next: 1})
	line := func() string {
		_, body := f.call("GET", f.url("faults", ""), "")
		return body
	}
	s := f.subscribe("X")
	if got := line(); got != `{"code":200,"msg":"success","data":[{"id":1,"fault":"nul-in-id next=1","hits":1}]}` {
		t.Errorf("on: %s", got)
	}
	if list := f.server.Hub().List(); len(list[0].Faults) != 1 {
		t.Errorf("session: %+v", list)
	}
	f.subscribe("Y") // is not hit
	f.server.ClearFaults()
	f.send("X", "c")
	if b := s.message(); strings.Contains(b.id, "\x00") {
		t.Errorf("got %+v", b)
	}
	if got := line(); !strings.HasSuffix(got, `"data":[]}`) {
		t.Errorf("off: %s", got)
	}
	if list := f.server.Hub().List(); len(list[0].Faults) != 0 {
		t.Errorf("session: %+v", list)
	}
	if n := f.notice(server.FaultOff); n.Fault != "nul-in-id next=1" {
		t.Errorf("notice %+v", n)
	}

	f.fault(fault.Fault{Kind: fault.NULInID, Next: 1, ClientID: "Z"})
	if n := f.notice(server.FaultOn); n.Fault != "nul-in-id client=Z next=1" || n.ClientID != "Z" {
		t.Errorf("notice %+v", n)
	}
	f.leave(f.subscribe("Z"))
	f.notice(server.FaultOff)
	if on := f.server.Faults(); len(on) != 0 {
		t.Errorf("after its connection is over: %+v", on)
	}
}

func TestIgnoredLastEventIDBringsNothingOld(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	f.send("X", "old")
	f.leave(s)
	f.fault(fault.Fault{Kind: fault.IgnoreLastEventID})
	again := f.subscribe("X", "Last-Event-ID: "+s.first.id)
	f.send("X", "new")
	if b := again.message(); b.text() != "new" {
		t.Errorf("got %+v", b)
	}
}

func TestFaultyConnectionEndsWhenItIsClosed(t *testing.T) {
	inBubble(t, server.Config{}, func(t *testing.T, b *bubble) {
		b.server.SetFault(fault.Fault{Kind: fault.DelayHeaders, Delay: 24 * time.Hour})
		r := b.request("subscribe?clientId=X")
		n := <-b.notices
		if !b.server.Hub().DropSession(n.Session) {
			t.Error("no such session")
		}
		if rest, err := io.ReadAll(r); len(rest) > 0 {
			t.Errorf("%q, %v", rest, err)
		}
		if n := <-b.notices; n.Kind != server.Dropped {
			t.Errorf("notice %+v", n)
		}
	})
}
