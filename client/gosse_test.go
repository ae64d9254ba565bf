package client

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

// story describes the records of go-sse except the chunks, without random delays.
func story(records []record.Record) (lines []string) {
	for _, r := range records {
		line := r.Kind.String()
		switch r.Kind {
		case record.Chunk:
			continue
		case record.Difference:
			line = "≠ " + r.Type
		case record.End:
			line += " by " + string(r.By) + " " + string(r.Failure)
		case record.Fail:
			line += " " + string(r.Failure)
		case record.Reconnect:
			line += " " + string(r.Source)
		case record.Event:
			line += " " + r.Type
		}
		if r.ID != "" {
			line += " id=" + r.ID
		}
		if r.Data != "" {
			line += fmt.Sprintf(" %.40q", r.Data)
		}
		if r.Raw != nil {
			line += fmt.Sprintf(" of %.40q", r.Raw)
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// TestGoSSEOverSockets serves one stream per case, and cancels the subscription when
// it waits to reconnect.
func TestGoSSEOverSockets(t *testing.T) {
	comment := `comment "` + strings.Repeat("c", 40) + `" of ":` + strings.Repeat("c", 39) + `"`
	tests := []struct {
		name string
		body string
		want []string // after Subscribe, Open and what is said about the request
	}{
		{"what both read alike", "\uFEFF: c\n\nid: 1\r\nevent: tick\r\ndata: a\r\n\r\ndata: b\rdata\r\r", []string{
			`comment "c" of "\ufeff: c\n"`,
			`event tick id=1 "a" of "id: 1\r\nevent: tick\r\ndata: a\r\n\r\n"`,
			`event message id=1 "b\n" of "data: b\rdata\r\r"`,
			"end by server", "reconnect default id=1",
		}},
		{"an empty event for a block without data", "id: 1\n\nfoo: 1\n\nevent: a\n\nretry: +9\n\ndata:\n\nid: \x00\n\n", []string{
			`event message id=1 of "id: 1\n\n"`, `≠ empty_event id=1 of "id: 1\n\n"`,
			`event a id=1 of "event: a\n\n"`, `≠ empty_event id=1 of "event: a\n\n"`,
			`event message id=1 of "retry: +9\n\n"`, `≠ empty_event id=1 of "retry: +9\n\n"`,
			`event message id=1 of "data:\n\n"`,
			"end by server", "reconnect default id=1",
		}},
		{"a silent stop at a blank line too many", "data: x\n\n\n", []string{
			`event message "x" of "data: x\n\n"`, `≠ silent_stop of "data: x\n\n\n"`, "end by server",
		}},
		{"a silent stop at a comment", "data: x\n\n: c\n", []string{
			`event message "x" of "data: x\n\n"`, `comment "c" of ": c\n"`, `≠ silent_stop of "data: x\n\n: c\n"`, "end by server",
		}},
		{"an unfinished block and its ID, which both discard", "data: x\n\nid: 2\ndata: y\n", []string{
			`event message "x" of "data: x\n\n"`, `discarded of "id: 2\ndata: y\n"`, "end by server", "reconnect default",
		}},
		{"an unfinished line, which both discard", "data: x\n\ndata: y", []string{
			`event message "x" of "data: x\n\n"`, `discarded of "data: y"`, "end by server", "reconnect default",
		}},
		{"an event over 64 KiB", "data: x\n\ndata: " + strings.Repeat("y", 70<<10) + "\n\ndata: z\n\n", []string{
			`event message "x" of "data: x\n\n"`, `≠ event_too_large of "data: ` + strings.Repeat("y", 34) + `"`,
			"end by engine too_large", "reconnect default",
		}},
		{"comments without a blank line for 64 KiB", strings.Repeat(":"+strings.Repeat("c", 20<<10)+"\n", 4), []string{
			comment, comment, comment, `≠ event_too_large of ":` + strings.Repeat("c", 39) + `"`, "end by engine too_large", "reconnect default",
		}},
		{"bytes that are no UTF-8", "data: a\xff\n\n", []string{
			`event message "a\xff" of "data: a\xff\n\n"`, `≠ invalid_utf8 "a�" of "data: a\xff\n\n"`,
			"end by server", "reconnect default",
		}},
		{"data and an id that are UTF-8 only together", "data:\x9f\x98\nid:\xe2\n\n", []string{
			`event message id=` + "\xe2" + ` "\x9f\x98" of "data:\x9f\x98\nid:\xe2\n\n"`, `≠ invalid_utf8 id=� "��" of "data:\x9f\x98\nid:\xe2\n\n"`,
			"end by server", "reconnect default id=\xe2", `≠ other_last_event_id id=� "\xe2"`,
		}},
		{"a retry of 0", "retry: 0\ndata: x\n\n", []string{
			`retry "0" of "retry: 0\n"`, `event message "x" of "retry: 0\ndata: x\n\n"`,
			"end by server", "reconnect default", `≠ retry_ignored "0" of "retry: 0\n"`,
		}},
		{"a retry with jitter", "retry: 9000\ndata: x\n\n", []string{
			`retry "9000" of "retry: 9000\n"`, `event message "x" of "retry: 9000\ndata: x\n\n"`,
			"end by server", "reconnect retry", `≠ retry_jitter "9000" of "retry: 9000\n"`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				io.WriteString(w, tt.body)
			}))
			defer server.Close()
			c, log := newClient(t)
			s := c.Subscribe(t.Context(), place{Base: server.URL}.stream("alice"), Options{Engine: GoSSE})
			want := append([]string{"subscribe", "open", "≠ cache_header"}, tt.want...)
			if tt.name[:8] != "a silent" {
				log.await(t, record.Reconnect, 1)
				s.Cancel(nil)
				want = append(want, "end by person")
			}
			<-s.Done()
			wantLines(t, story(log.all()), want)
			if st := s.Status(); st.ReadyState != Closed || st.LastEventID != lastEventID(log.all()) {
				t.Errorf("status is %+v", st)
			}
		})
	}
}

// lastEventID returns the ID of the last event.
func lastEventID(records []record.Record) (id string) {
	for _, r := range records {
		if r.Kind == record.Event {
			id = r.ID
		}
	}
	return id
}

func TestGoSSEReconnectsByItsOwnRules(t *testing.T) {
	tests := []struct {
		name  string
		steps []step
		want  []string
	}{
		{"it stops at a status that is no 200", []step{stream("data: x\n\n")}, []string{
			"subscribe", "open", "≠ cache_header", `event message "x" of "data: x\n\n"`, "end by server", "reconnect default",
			"subscribe", "fail no_content",
		}},
		{"it lengthens the delay, also where a browser fails for good", []step{fail(errRefused), fail(x509.UnknownAuthorityError{}), fail(errReset)}, []string{
			"subscribe", "end by network refused", "reconnect default",
			"subscribe", "end by network tls_authority", "reconnect backoff", "≠ futile_retry",
			"subscribe", "end by network reset", "reconnect backoff",
			"subscribe", "fail no_content",
		}},
		{"it never sends Cache-Control", []step{fail(errRefused), stream("data: x\n\n"), stream("data: y\n\n")}, []string{
			"subscribe", "end by network refused", "reconnect default",
			"subscribe", "open", "≠ cache_header", `event message "x" of "data: x\n\n"`, "end by server", "reconnect default",
			"subscribe", "open", `event message "y" of "data: y\n\n"`, "end by server", "reconnect default",
			"subscribe", "fail no_content",
		}},
		{"it forgets a retry at the next connection", []step{stream("retry: 9000\n\n"), stream("data: x\n\n")}, []string{
			"subscribe", "open", "≠ cache_header", `retry "9000" of "retry: 9000\n"`,
			`event message of "retry: 9000\n\n"`, `≠ empty_event of "retry: 9000\n\n"`,
			"end by server", "reconnect retry", `≠ retry_jitter "9000" of "retry: 9000\n"`,
			"subscribe", "open", `event message "x" of "data: x\n\n"`,
			"end by server", "reconnect default", `≠ retry_ignored "9000" of "retry: 9000\n"`,
			"subscribe", "fail no_content",
		}},
		{"it reads a content type that a browser refuses", []step{answer(200, "text/event-stream; charset=gbk", "data: x\n\n")}, []string{
			"subscribe", "open", "≠ cache_header", `≠ content_type_accepted "text/event-stream; charset=gbk"`,
			`event message "x" of "data: x\n\n"`, "end by server", "reconnect default", "subscribe", "fail no_content",
		}},
		{"it refuses a content type that a browser reads", []step{answer(200, "text/html, text/event-stream", "data: x\n\n")}, []string{
			"subscribe", `≠ content_type_refused "text/html, text/event-stream"`, `fail not_a_stream "data: x\n\n"`,
		}},
		{"a body that is not a stream", []step{endless("text/html", "<p>", nil)}, []string{"subscribe", `fail not_a_stream "<p>"`}},
		{"a connection that breaks", []step{endless("text/event-stream", "data: x\n\ndata: y\n", errReset)}, []string{
			"subscribe", "open", "≠ cache_header", `event message "x" of "data: x\n\n"`, `discarded of "data: y\n"`,
			"end by network reset", "reconnect default", "subscribe", "fail no_content",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := newLog()
				c := Client{Record: log.add, Transport: &script{steps: tt.steps}}
				<-c.Subscribe(context.Background(), here.stream("alice"), Options{Engine: GoSSE}).Done()
				wantLines(t, story(log.all()), tt.want)
				for _, r := range log.all() {
					if r.Kind == record.Chunk && r.Conn == 0 || r.Target != "here" {
						t.Errorf("record is %+v", r)
					}
				}
			})
		})
	}
}

func TestAnEngineThatIsCancelledAtOnceEnds(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errPerson)
	for _, engine := range Engines() {
		for range 20 { // go-sse may or may not have started
			log := newLog()
			c := Client{Record: log.add, Transport: &script{steps: []step{silence}}}
			<-c.Subscribe(ctx, here.stream("alice"), Options{Engine: engine}).Done()
			records := log.all()
			if last := records[len(records)-1]; last.Kind != record.End || last.By != record.ByPerson || last.Detail != errPerson.Error() {
				t.Errorf("%s: last record is %+v", engine, last)
			}
		}
	}
}

func TestEveryEngineSettlesAndEndsAtOnce(t *testing.T) {
	for _, engine := range Engines() {
		for name, tt := range map[string]struct {
			first step
			want  ReadyState
		}{
			"connecting": {silence, Connecting},
			"open":       {endless("text/event-stream", "data: x\n\n", nil), Open},
			"waiting":    {fail(errRefused), Connecting},
		} {
			if engine == Stream && name == "waiting" {
				continue // it never does
			}
			t.Run(engine+" while "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					log, start := newLog(), time.Now()
					c := Client{Record: log.add, Transport: &script{steps: []step{tt.first}}}
					s := c.Subscribe(t.Context(), here.stream("alice"), Options{Engine: engine})
					synctest.Wait()
					select {
					case <-s.Settled():
						if name == "connecting" {
							t.Error("settled before there was an answer")
						}
					default:
						if name != "connecting" {
							t.Error("not settled")
						}
					}
					if st := s.Status(); st.ReadyState != tt.want || st.RetryAt.IsZero() == (name == "waiting") {
						t.Errorf("status is %+v", st)
					}
					s.Cancel(errPerson)
					<-s.Done()
					records := log.all()
					last := records[len(records)-1]
					if time.Since(start) != 0 || last.Kind != record.End || last.By != record.ByPerson || last.Detail != errPerson.Error() {
						t.Errorf("after %v: %+v", time.Since(start), last)
					}
					if records[0].Engine != engine || s.Status().ReadyState != Closed {
						t.Errorf("first record is %+v, status %+v", records[0], s.Status())
					}
				})
			})
		}
	}
}

func TestGoSSEReadsWhatCameCompressed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding is %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		io.WriteString(zip, "data: x\n\n")
		zip.Close()
	}))
	defer server.Close()
	c, log := newClient(t)
	s := c.Subscribe(t.Context(), place{Base: server.URL}.stream("alice"), Options{Engine: GoSSE})
	log.await(t, record.Reconnect, 1)
	s.Cancel(nil)
	<-s.Done()
	for _, r := range log.all() {
		if encoding := r.Header["Content-Encoding"]; r.Kind == record.Open && (len(encoding) != 1 || encoding[0] != "gzip") {
			t.Errorf("encoding is %q", encoding)
		}
		if r.Kind == record.Event && r.Data != "x" {
			t.Errorf("event is %q", r.Data)
		}
	}
}
