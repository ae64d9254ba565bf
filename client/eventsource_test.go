package client

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errRefused = &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	errReset   = &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
)

// TestLoop runs each script until the server says 204, and compares all
// records with their exact times.
func TestLoop(t *testing.T) {
	const goodbye = " fail 204 no_content"
	tests := []struct {
		name  string
		steps []step
		want  []string
	}{
		{"204 is the end", nil, []string{"0s subscribe", "0s" + goodbye}},
		{"a clean end reconnects after 3 s with the last event ID",
			[]step{stream("id: 7\ndata: x\n\n")},
			[]string{
				"0s subscribe", "0s open 200", `0s event message id=7 "x"`, "0s end by server",
				"0s reconnect id=7 in 3s (default)", "3s subscribe id=7", "3s" + goodbye,
			}},
		{"an ID stays over streams without one, and an empty one removes it",
			[]step{stream("id: 7\n\n"), stream("data: x\n\n"), stream("id\n\n")},
			[]string{
				"0s subscribe", "0s open 200", "0s cursor id=7", "0s end by server", "0s reconnect id=7 in 3s (default)",
				"3s subscribe id=7", "3s open 200", `3s event message id=7 "x"`, "3s end by server", "3s reconnect id=7 in 3s (default)",
				"6s subscribe id=7", "6s open 200", "6s cursor", "6s end by server", "6s reconnect in 3s (default)",
				"9s subscribe", "9s" + goodbye,
			}},
		{"the ID of an unfinished block does not count, its retry does",
			[]step{stream("id: 7\ndata: x\nretry: 5\n")},
			[]string{
				"0s subscribe", "0s open 200", `0s retry "5" in 5ms`, "0s discarded", "0s end by server",
				"0s reconnect in 5ms (retry)", "5ms subscribe", "5ms" + goodbye,
			}},
		{"retry holds exactly and for good",
			[]step{stream("retry: 60000\n\n"), stream(": c\n")},
			[]string{
				"0s subscribe", "0s open 200", `0s retry "60000" in 1m0s`, "0s end by server", "0s reconnect in 1m0s (retry)",
				"1m0s subscribe", "1m0s open 200", `1m0s comment "c"`, "1m0s end by server", "1m0s reconnect in 1m0s (retry)",
				"2m0s subscribe", "2m0s" + goodbye,
			}},
		{"network failures back off until a stream opens",
			[]step{
				fail(errRefused), fail(errRefused), fail(errReset), fail(errRefused), fail(errRefused), fail(errRefused),
				endless("text/event-stream", "", errReset), fail(errRefused),
			},
			[]string{
				"0s subscribe", "0s end by network refused", "0s reconnect in 3s (default)",
				"3s subscribe", "3s end by network refused", "3s reconnect in 6s (backoff)",
				"9s subscribe", "9s end by network reset", "9s reconnect in 12s (backoff)",
				"21s subscribe", "21s end by network refused", "21s reconnect in 24s (backoff)",
				"45s subscribe", "45s end by network refused", "45s reconnect in 30s (backoff)",
				"1m15s subscribe", "1m15s end by network refused", "1m15s reconnect in 30s (backoff)",
				"1m45s subscribe", "1m45s open 200", "1m45s end by network reset", "1m45s reconnect in 3s (default)",
				"1m48s subscribe", "1m48s end by network refused", "1m48s reconnect in 6s (backoff)",
				"1m54s subscribe", "1m54s" + goodbye,
			}},
		{"with retry 0 the backoff starts at 100 ms",
			[]step{stream("retry:0\n\n"), fail(errRefused), fail(errRefused), fail(errRefused)},
			[]string{
				"0s subscribe", "0s open 200", `0s retry "0" in 0s`, "0s end by server", "0s reconnect in 0s (retry)",
				"0s subscribe", "0s end by network refused", "0s reconnect in 0s (retry)",
				"0s subscribe", "0s end by network refused", "0s reconnect in 100ms (backoff)",
				"100ms subscribe", "100ms end by network refused", "100ms reconnect in 200ms (backoff)",
				"300ms subscribe", "300ms" + goodbye,
			}},
		{"the backoff never goes below a long retry",
			[]step{stream("retry:40000\n\n"), fail(errRefused), fail(errRefused)},
			[]string{
				"0s subscribe", "0s open 200", `0s retry "40000" in 40s`, "0s end by server", "0s reconnect in 40s (retry)",
				"40s subscribe", "40s end by network refused", "40s reconnect in 40s (retry)",
				"1m20s subscribe", "1m20s end by network refused", "1m20s reconnect in 40s (retry)",
				"2m0s subscribe", "2m0s" + goodbye,
			}},
		{"no name, no route and no answer reconnect",
			[]step{
				fail(&net.DNSError{Err: "no such host", IsNotFound: true}), fail(os.NewSyscallError("connect", syscall.EHOSTUNREACH)),
				fail(os.NewSyscallError("connect", syscall.ETIMEDOUT)),
			},
			[]string{
				"0s subscribe", "0s end by network name_not_found", "0s reconnect in 3s (default)",
				"3s subscribe", "3s end by network unreachable", "3s reconnect in 6s (backoff)",
				"9s subscribe", "9s end by network timeout", "9s reconnect in 12s (backoff)",
				"21s subscribe", "21s" + goodbye,
			}},
		{"a bad certificate fails for good", []step{fail(x509.UnknownAuthorityError{})},
			[]string{"0s subscribe", "0s fail tls_authority"}},
		{"another status fails for good, with its body", []step{answer(503, "text/plain", "later")},
			[]string{"0s subscribe", `0s fail "later" 503 bad_status`}},
		{"another content type fails for good, with its body", []step{answer(200, "application/json", `{"code":500}`)},
			[]string{"0s subscribe", `0s fail "{\"code\":500}" 200 not_a_stream`}},
		{"a body that does not come is waited for 2 s", []step{endless("text/html", "<html>", nil)},
			[]string{"0s subscribe", `0s fail "<html>" 200 not_a_stream`}},
		{"an event over the limit fails for good", []step{stream("data: ok\n\ndata:" + strings.Repeat("x", 100))},
			[]string{"0s subscribe", "0s open 200", `0s event message "ok"`, "0s fail too_large"}},
		{"an ID that HTTP does not carry is said and left out",
			[]step{stream("id: a\x01\n\n"), stream("id: b\n\n")},
			[]string{
				"0s subscribe", "0s open 200", "0s cursor id=a\x01", "0s end by server", "0s reconnect id=a\x01 in 3s (default)",
				"3s notice last_event_id_not_sent id=a\x01",
				"3s subscribe", "3s open 200", "3s cursor id=b", "3s end by server", "3s reconnect id=b in 3s (default)",
				"6s subscribe id=b", "6s" + goodbye,
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log, start := newLog(), time.Now()
				c := Client{Record: log.add, Transport: &script{steps: tt.steps}, MaxEvent: 64}
				s := c.Subscribe(context.Background(), here.stream("alice"), Options{})
				<-s.Done()
				wantLines(t, log.lines(start), tt.want)
				for i, r := range log.all() {
					if r.Target != "here" || r.ClientID != "alice" || r.Conn < 1 {
						t.Errorf("record %d is %+v", i, r)
					}
				}
			})
		})
	}
}

func TestLastEventIDHeaderIsSentAsUTF8(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &script{steps: []step{stream("id: 订…\n\n"), stream("id: \x02\n\n")}}
		c := Client{Record: newLog().add, Transport: server}
		<-c.Subscribe(context.Background(), here.stream("alice"), Options{}).Done()
		for i, want := range []string{"", "订…", ""} {
			header := server.requests[i].Header
			if got := header.Get("Last-Event-ID"); got != want {
				t.Errorf("request %d has Last-Event-ID %q, want %q", i, got, want)
			}
			if _, sent := header[http.CanonicalHeaderKey("Last-Event-ID")]; sent != (want != "") {
				t.Errorf("request %d: header sent is %v", i, sent)
			}
		}
	})
}

func TestAMissingBodyDelaysTheFailureBy2s(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c := Client{Record: newLog().add, Transport: &script{steps: []step{endless("text/html", "<html>", nil)}}}
		<-c.Subscribe(context.Background(), here.stream("alice"), Options{}).Done()
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
