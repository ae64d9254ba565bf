package wording

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/ui/wording/catalogue"
)

var update = flag.Bool("update", false, "write the words of records")

// samples returns records of every kind, in the order of their kinds.
func samples() []record.Record {
	const url = "http://localhost:8080/smilex/open/sse/subscribe?clientId=x"
	chunk := func(r record.Record) record.Record {
		r.Offset, r.FirstChunk, r.LastChunk = 120, 2, 3
		return r
	}
	list := []record.Record{
		{Kind: record.Subscribe, Method: "GET", URL: url, Engine: "eventsource"},
		{Kind: record.Subscribe, Method: "GET", URL: url, ID: "7", Engine: "go-sse", Conn: 2},
		{Kind: record.Send, Method: "POST", URL: "http://localhost:8080/send", Data: "two\nlines", Bytes: 9},
		{Kind: record.Close, Method: "POST", URL: "http://localhost:8080/close"},
		{Kind: record.Answer, Call: record.Send, Status: 200, Proto: "HTTP/1.1", ContentType: "application/json", Code: 200, Message: "success", Data: `{"code":200}`, Took: 12 * time.Millisecond},
		chunk(record.Record{Kind: record.Event, Type: "message", ID: "8", Data: "a\nb", Raw: []byte("id: 8\ndata: a\ndata: b\n\n"), Took: 3400 * time.Microsecond}),
		chunk(record.Record{Kind: record.Event, Type: "note\u202e", Data: "\x1b[2J"}),
		{Kind: record.Comment, Data: " keep-alive", Raw: []byte(": keep-alive\n")},
		{Kind: record.Retry, Data: "3000", Delay: 3 * time.Second, Raw: []byte("retry: 3000\n")},
		{Kind: record.Cursor, ID: "9", Raw: []byte("id: 9\n\n")},
		{Kind: record.Chunk, Raw: []byte("data: a\n\n"), Offset: 120, FirstChunk: 3, LastChunk: 3},
		{Kind: record.Text, Data: "data: a\n\n", Raw: []byte("data: a\n\n")},
		{Kind: record.Discarded, Raw: []byte("data: half")},
		{Kind: record.Open, Status: 200, Proto: "HTTP/2.0", ContentType: "text/event-stream", TLS: "TLS 1.3" + record.NotVerified, Took: 40 * time.Millisecond},
		{Kind: record.End, By: record.ByServer, Events: 1, Bytes: 1536, Took: 65 * time.Second},
		{Kind: record.End, By: record.ByPerson, Events: 2, Bytes: 1},
		{Kind: record.End, By: record.ByMarker, Data: "[DONE]", Events: 2, Bytes: 40},
		{Kind: record.End, By: record.ByNetwork, Failure: record.Reset, Detail: "read: connection reset by peer", Events: 3, Bytes: 3 << 20, Silent: 60 * time.Second},
		{Kind: record.End, By: record.ByEngine, Failure: record.TooLarge, Events: 0, Bytes: 70_000},
		{Kind: record.Reconnect, Delay: 3 * time.Second, Source: record.FromRetry, ID: "9"},
		{Kind: record.Reconnect, Source: record.FromPerson},
		{Kind: record.Fail, Call: record.Subscribe, Failure: record.Refused, Detail: "dial tcp 127.0.0.1:9: connect: connection refused"},
		{Kind: record.Fail, Call: record.Send, Failure: record.BadStatus, Status: 404, Proto: "HTTP/1.1", Message: "unknown", Data: "unknown\n"},
		{Kind: record.Fail, Call: record.Close, By: record.ByPerson, Failure: record.Other, Detail: "context canceled"},
		{Kind: record.Notice, Type: "replaced", ClientID: "x"},
		{Kind: record.Notice, Type: "left_with_messages", ClientID: "x", Events: 1, Detail: "a-7"},
		{Kind: record.Notice, Type: "refused_origin", Subject: "https://example.org"},
		{Kind: record.Problem, Type: "no_field", Data: `"b"`, Raw: []byte("b\n"), Count: 2},
		{Kind: record.Difference, Type: "other_last_event_id", Data: "7", ID: "8"},
		{Kind: record.Difference, Type: "retry_ignored", Delay: 3 * time.Second},
		{Kind: record.Redirect, Call: record.Subscribe, Status: 307, Method: "GET", URL: "http://b/x", Data: "Authorization, Cookie"},
	}
	for i := range list {
		r := &list[i]
		r.Time = time.Date(2026, 3, 4, 5, 6, 7, 89_000_000, time.UTC)
		if r.Target = "http://localhost:8080"; r.Kind == record.Notice {
			r.Target = record.EmbeddedTarget
		} else {
			r.ClientID, r.Conn = "x", max(r.Conn, 1)
		}
	}
	return list
}

// told returns everything that the window and the command line say about a record.
func (w Words) told(r *record.Record) string {
	details, ok := Payload(r)
	if !ok {
		details = w.Details(r)
	}
	var b strings.Builder
	part := func(name, text string) {
		fmt.Fprintf(&b, "%-8s %s\n", name+":", strings.ReplaceAll(visible.Text(strings.TrimSuffix(text, "\n")), "\n", "\n         "))
	}
	fmt.Fprintf(&b, "== %s\n", strings.TrimSpace(r.Kind.String()+" "+string(r.By)+string(r.Source)+string(r.Failure)))
	part("row", w.Line(r))
	part("heading", w.Heading(r, func(s string) string { return s }))
	part("details", details)
	part("timing", w.Timing(r, Timing{Chunk: &record.Record{Raw: r.Raw}, Events: 1}))
	part("listen", w.ListenLine(r))
	return b.String()
}

// The golden files have the words for every kind of record. Read what changed, then
// write them with go test ./ui/wording -update.
func TestTheWordsOfEveryKindOfRecord(t *testing.T) {
	seen := map[record.Kind]bool{}
	for _, r := range samples() {
		seen[r.Kind] = true
	}
	for k := record.Subscribe; k.String() != ""; k++ {
		if !seen[k] {
			t.Errorf("no sample of kind %s", k)
		}
	}
	for _, language := range catalogue.Languages() {
		var got strings.Builder
		for _, r := range samples() {
			got.WriteString(New(language).told(&r) + "\n")
		}
		golden(t, "records."+language+".txt", got.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(data), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Errorf("%s, line %d: now %q; read what changed, then write it by go test ./ui/wording -update", path, i+1, line)
			return
		}
	}
	if string(data) != got {
		t.Errorf("%s is longer than what is said now", path)
	}
}

// These are the notices of a server without a window. Notices that become records are among
// the samples.
func TestTheWordsOfTheServersNotices(t *testing.T) {
	for _, language := range catalogue.Languages() {
		var got strings.Builder
		for _, k := range server.Kinds() {
			n := server.Notice{Kind: k, ClientID: "x", Title: "quotes", Faults: []fault.Kind{fault.CutAfterEvents}}
			if k == server.FaultOn || k == server.FaultOff {
				n.Fault = "cut-after-events n=5"
			}
			if text := New(language).ServerNotice(n); !strings.HasPrefix(text, "served.") { // otherwise RecordOf makes a record of it
				fmt.Fprintf(&got, "%-16s %s\n", k, text)
			}
		}
		golden(t, "server."+language+".txt", got.String())
	}
}

// The command line says the same about a record as the log.
func TestListenSaysTheSameAsTheLog(t *testing.T) {
	for _, language := range catalogue.Languages() {
		w := New(language)
		for _, r := range samples() {
			line := w.ListenLine(&r)
			if !strings.Contains(line, visible.Block(w.sentence(&r, r.URL))) && r.Kind != record.Event && r.Kind != record.Text && r.Kind != record.Comment {
				t.Errorf("%s: %q lacks %q", language, line, w.sentence(&r, r.URL))
			}
			if payload, ok := Payload(&r); ok && r.Kind != record.Discarded && !strings.Contains(line, visible.Block(payload)) {
				t.Errorf("%s: %q lacks %q", language, line, payload)
			}
			if !strings.Contains(line, "  "+w.KindName(r.Kind)) {
				t.Errorf("%s: %q lacks the word of its kind", language, line)
			}
		}
	}
}

// Unlike the log, listen has no details view, so its lines are never cut.
func TestListenCutsNothing(t *testing.T) {
	long := strings.Repeat("x", 2*mostInSentence)
	for _, r := range []record.Record{
		{Kind: record.Subscribe, URL: "http://a/" + long}, {Kind: record.Fail, Failure: record.Other, Detail: long}, {Kind: record.Cursor, ID: long},
	} {
		if line := New(catalogue.English).ListenLine(&r); !strings.Contains(line, long) {
			t.Errorf("%s is cut: %.100s", r.Kind, line)
		}
	}
}
