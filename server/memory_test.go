package server_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

const mebibyte = 1 << 20

// memoryUsed returns the memory in use according to the metrics.
func (f *fixture) memoryUsed() (bytes float64) {
	f.t.Helper()
	_, text := f.call("GET", f.url("metrics", ""), "")
	_, rest, _ := strings.Cut(text, "\nsseconsole_memory_bytes ")
	if _, err := fmt.Sscan(rest, &bytes); err != nil {
		f.t.Fatalf("%v in %q", err, text)
	}
	return bytes
}

// A subscriber that does not read is cut off when its messages fill the memory. A notice
// says why, and the message that needed the memory is delivered.
func TestWhoDoesNotReadIsCutOffAtTheBoundOfMemory(t *testing.T) {
	f := start(t, server.Config{MaxMemory: 3 * mebibyte})
	other, held := f.subscribe("other"), f.subscribe("held")
	f.server.Hub().HoldSession(held.session())
	for _, to := range []string{"held", "held", "other"} {
		if _, err := f.server.Send(message.Message{To: []string{to}, Data: strings.Repeat("x", mebibyte)}); err != nil {
			t.Fatal(err)
		}
	}
	if n := f.notice(server.CutOff); n.ClientID != "held" || n.Err != hub.ErrMemoryFull || len(n.LostIDs) != 2 {
		t.Errorf("notice %+v", n)
	}
	if _, ok := held.read(); ok || held.end == io.EOF {
		t.Errorf("its stream ends with %v and seems complete", held.end)
	}
	if b := other.message(); len(b.text()) != mebibyte {
		t.Errorf("%d bytes arrive", len(b.text()))
	}
}

// Messages that the next poll may ask for are not dropped. A send for which there is no
// memory is refused with a sentence.
func TestSendIsRefusedWhereNothingMayGo(t *testing.T) {
	f := start(t, server.Config{MaxMemory: 3 * mebibyte, ReplayBytes: 10 * mebibyte})
	f.poll("short", "")
	for n, want := range []error{nil, nil, hub.ErrMemoryFull, hub.ErrMemoryFull} {
		if _, err := f.server.Send(message.Message{To: []string{"X"}, Data: strings.Repeat("x", mebibyte)}); err != want {
			t.Errorf("send %d: %v", n, err)
		}
	}
	long := strings.Repeat("y", mebibyte)
	for _, to := range []string{"clientId=X", "to=X", "to=X&to=Y", "to=*"} {
		status, answer := f.call("GET", f.url("send", to+"&content="+long), "")
		if status != 503 || !strings.Contains(answer, "the server has no memory left") {
			t.Errorf("%s: %d %.200s", to, status, answer)
		}
	}
	if data, _ := f.poll("short", "unknown"); len(data) != 2 {
		t.Errorf("the next poll brings %d messages", len(data))
	}
}

// A subscriber for whom there is no memory is refused.
func TestSubscribersAreBoundedByTheMemory(t *testing.T) {
	f := start(t, server.Config{MaxMemory: mebibyte})
	for n := 0; ; n++ {
		res := f.do("GET", f.url("subscribe", fmt.Sprint("clientId=", n)), "")
		if res.StatusCode == 200 && n < 100 {
			continue
		}
		wantHeader(t, res.Header, "Retry-After", "10")
		if status, answer := f.finish(res); status != 503 || n < 10 || !strings.Contains(answer, "the server has no memory left") {
			t.Errorf("subscriber %d: %d %s", n, status, answer)
		}
		break
	}
	if n := f.notice(server.RefusedLimit); n.Err != hub.ErrMemoryFull {
		t.Errorf("notice %+v", n)
	}
}

// Request heads count while they are received, so that endless ones cannot fill the
// memory.
func TestHeadsOfRequestsAreBoundedByTheMemory(t *testing.T) {
	f := start(t, server.Config{MaxMemory: 8 * mebibyte})
	before := f.memoryUsed()
	var conns []net.Conn
	ended := 0
	for range 12 {
		c, err := net.Dial("tcp", f.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", mebibyte)); err != nil {
			ended++
		}
		conns = append(conns, c)
	}
	if used := f.memoryUsed(); used > 18*mebibyte || used < before+2*mebibyte {
		t.Errorf("%v bytes are counted", used)
	}
	for _, c := range conns {
		c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		if _, err := io.Copy(io.Discard, c); !errors.Is(err, os.ErrDeadlineExceeded) {
			ended++
		}
		c.Close()
	}
	if ended == 0 {
		t.Error("all heads are stored")
	}
	if !eventually(func() bool { return f.memoryUsed() == before }) {
		t.Errorf("%v bytes are counted in the end, before %v", f.memoryUsed(), before)
	}
}

// Request bodies count while they are received.
func TestBodiesOfRequestsAreBoundedByTheMemory(t *testing.T) {
	f := start(t, server.Config{MaxMemory: 3 * mebibyte})
	before := f.memoryUsed()
	half, rest := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), "POST", f.url("send", "to=*"), half)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	done := make(chan int)
	go func() {
		res, err := f.client.Do(req)
		if err != nil {
			done <- 0
			return
		}
		res.Body.Close()
		done <- res.StatusCode
	}()
	form := "content=" + strings.Repeat("x", mebibyte-100)
	io.WriteString(rest, form[:len(form)-1])
	if !eventually(func() bool { return f.memoryUsed() > before+mebibyte }) {
		t.Error("the body that is being received does not count")
	}
	if status, answer := f.call("POST", f.url("send", "to=*"), form, "Content-Type: application/x-www-form-urlencoded"); status != 503 {
		t.Errorf("the second: %d %s", status, answer)
	}
	// A handler returns its memory after the response was sent.
	if !eventually(func() bool { return f.memoryUsed() < before+2*mebibyte }) {
		t.Error("the refused body still counts")
	}
	io.WriteString(rest, "x")
	rest.Close()
	if status := <-done; status != 200 {
		t.Errorf("the first: %d", status)
	}
	if !eventually(func() bool { return f.memoryUsed() == before }) {
		t.Errorf("%v bytes are counted, %v before", f.memoryUsed(), before)
	}
}

// A scenario for each subscriber is not played where there is no memory for its player.
func TestScenariosForEachAreBoundedByTheMemory(t *testing.T) {
	f := start(t, server.Config{MaxMemory: mebibyte})
	sc, err := scenario.Parse(strings.NewReader("title: waits\nwait 1h\n"))
	if err != nil {
		t.Fatal(err)
	}
	f.server.PlayForEach(sc, 1)
	clientIDs := 0
	for ; clientIDs < 200; clientIDs++ { // each leaves at once, but its player stays for a while
		res := f.do("GET", f.url("subscribe", fmt.Sprint("mode=short&clientId=", clientIDs)), "")
		if status, _ := f.finish(res); status != 200 {
			break
		}
	}
	if n := f.notice(server.RefusedLimit); n.Err != hub.ErrMemoryFull || n.Title != "waits" && n.ClientID == "" {
		t.Errorf("notice %+v", n)
	}
	if n := len(f.server.Players()); n == 0 || n*8<<10 > mebibyte {
		t.Errorf("%d play after %d clientIds", n, clientIDs)
	}
}

// When everybody has left, only the remembered clientIds count.
func TestMemoryIsGivenBackWhenAllHaveLeft(t *testing.T) {
	f := start(t, server.Config{})
	var streams []*stream
	for n := range 10 {
		streams = append(streams, f.subscribe(fmt.Sprint(n)))
	}
	for range 20 {
		f.server.Send(message.Message{Data: strings.Repeat("x", 1000)})
	}
	for _, s := range streams {
		f.leave(s)
	}
	const remembered = 10*(600+20*16) + 20*1200
	if !eventually(func() bool { return f.memoryUsed() < remembered }) {
		t.Errorf("%v bytes are counted", f.memoryUsed())
	}
}
