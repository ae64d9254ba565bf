package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// out is where the files go.
var out = os.Getenv("FILES")

func putFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// keptWords words a report by its keys.
type keptWords struct{}

func (keptWords) T(key string, pairs ...any) string {
	if len(pairs) > 0 {
		key += fmt.Sprint(pairs...)
	}
	return key
}
func (keptWords) Language() string                { return "en" }
func (keptWords) Target(name string) string       { return name }
func (keptWords) Summary(r *record.Record) string { return r.Kind.String() }
func (keptWords) Duration(d time.Duration) string { return d.String() }
func (keptWords) Size(n int64) string             { return fmt.Sprint(n) }

// notices are one of each code that a console wrote, with what it is about in
// URL, and some whose subject programs may trip over.
func notices() []record.Record {
	const page, file = "https://page.example:8443", "/data/saved here/订阅.ndjson"
	var all []record.Record
	about := func(code, about, detail string) {
		all = append(all, record.Record{Type: code, URL: about, Detail: detail})
	}
	embedded := func(code string, r record.Record) {
		r.Type, r.Target = code, record.EmbeddedTarget
		all = append(all, r)
	}
	about("targets_not_saved", "", "no space left on device")
	about("targets_not_read", "", "target: line 3, column 2: version wrong_version")
	about("server_started", "http://127.0.0.1:8080/demo/sse", "")
	about("server_stopped", "127.0.0.1:8080", "")
	about("server_not_started", "127.0.0.1:80", "permission denied")
	about("server_failed", "127.0.0.1:8080", "use of closed network connection")
	about("port_taken", "127.0.0.1:34567", "127.0.0.1:8080")
	about("origin_allowed", page, "")
	about("proxy_unreadable", "HTTP_PROXY", "http://•••@%zz")
	about("settings_broken", "/config/settings.json.broken-20261120-093000", "unexpected end of JSON input")
	about("settings_not_read", "/config/settings.json", "permission denied")
	about("settings_not_saved", "/config/settings.json", "no space left on device")
	about("save_cancelled", file, "")
	about("saved", file, "")
	about("not_saved", file, "file too large")
	about("journal_not_kept", "/data/runs", "read-only file system")
	about("journal_stopped", "/data/runs", "no space left on device")
	all = append(all, record.Record{Type: "journal_resumed", URL: "/data/runs", Events: 7}, record.Record{Type: "saved_in_part", URL: file, Events: 1})
	embedded("server_sent", record.Record{ClientID: "alice", Events: 1, Data: "hello", URL: "alice"})
	embedded("server_not_sent", record.Record{Data: "hello", URL: "alice, bob", Detail: "no such clientId"})
	for _, code := range []string{"sessions_closed", "sessions_dropped", "sessions_held", "sessions_released"} {
		embedded(code, record.Record{URL: "x.1.1, x.2.1", Events: 2})
	}
	embedded("fault_on", record.Record{URL: "trickle", ClientID: "alice"})
	embedded("fault_off", record.Record{URL: "trickle"})
	embedded("faults_off", record.Record{Events: 2})
	embedded("mode_set", record.Record{URL: "long"})
	embedded("policy_set", record.Record{URL: "share"})
	embedded("scenario_begun", record.Record{URL: "quotes", ClientID: "alice"})
	embedded("scenario_ended", record.Record{URL: "quotes", Events: 100})
	embedded("scenario_not_played", record.Record{URL: "mine.txt", Detail: "line 2: unknown step"})
	embedded("repeat_begun", record.Record{ClientID: "alice", URL: "alice", Data: "tick"})
	embedded("repeat_ended", record.Record{ClientID: "alice", Events: 9})
	embedded("replaced", record.Record{ClientID: "alice"})
	embedded("cut_off", record.Record{ClientID: "alice", Detail: "x.1.1-7 x.1.1-8", Events: 2})
	embedded("cut_off_memory", record.Record{ClientID: "alice", Detail: "x.1.1-7", Events: 1})
	embedded("left_with_messages", record.Record{ClientID: "alice", Detail: "x.1.1-9", Events: 1})
	embedded("expired", record.Record{ClientID: "alice", Detail: "x.1.1-9", Events: 1})
	embedded("refused_reconnect", record.Record{ClientID: "alice"})
	embedded("refused_origin", record.Record{URL: page})
	embedded("refused_host", record.Record{URL: "rebound.example:8080"})
	embedded("refused_token", record.Record{URL: "127.0.0.1:51234"})
	embedded("refused_limit", record.Record{ClientID: "bob", URL: "127.0.0.1:51235"})
	embedded("refused_memory", record.Record{ClientID: "bob", URL: "quotes"})
	all = append(all, record.Record{Type: "last_event_id_not_sent", Target: "h:1", ClientID: "alice", Conn: 2, ID: "a\x01b"})
	for _, text := range []string{"", "\xff\xfe", "\x00", "https://user:password@host/?token=abc#x", `{"base64":1}`, "\u2028</script>"} {
		about("saved", text, text)
	}
	return all
}

// stream is a connection as it was recorded, with a finding.
func stream() []record.Record {
	base := record.Record{Target: "h:1", ClientID: "alice", Conn: 1}
	of := func(kind record.Kind, set func(*record.Record)) record.Record {
		r := base
		r.Kind = kind
		set(&r)
		return r
	}
	raw := []byte("id: 7\ndata: hello\n\n")
	return []record.Record{
		of(record.Subscribe, func(r *record.Record) {
			r.Engine, r.Method, r.URL, r.Header = "eventsource", "GET", "http://h:1/s?token=•••", map[string][]string{"Accept": {"text/event-stream"}}
		}),
		of(record.Redirect, func(r *record.Record) {
			r.Call, r.Method, r.URL, r.Status, r.Proto, r.Data = record.Subscribe, "GET", "http://h:1/t", 307, "HTTP/1.1", "Authorization, Cookie"
		}),
		of(record.Open, func(r *record.Record) {
			r.Status, r.Proto, r.ContentType, r.TLS, r.CertExpiry, r.Took = 200, "HTTP/2.0", "text/event-stream", "TLS 1.3"+record.NotVerified, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), 1500*time.Microsecond
		}),
		of(record.Chunk, func(r *record.Record) { r.Raw, r.FirstChunk, r.LastChunk = raw, 1, 1 }),
		of(record.Event, func(r *record.Record) {
			r.Type, r.ID, r.Data, r.Raw, r.FirstChunk, r.LastChunk, r.Took = "message", "7", "hello", raw, 1, 1, 42*time.Microsecond
		}),
		of(record.Problem, func(r *record.Record) {
			r.Type, r.Data, r.Raw, r.Offset, r.FirstChunk, r.LastChunk, r.Count = "unknown_field", `"x"`, []byte("x: y\n"), 19, 2, 2, 3
		}),
		of(record.End, func(r *record.Record) {
			r.By, r.Failure, r.Detail, r.Events, r.Bytes, r.Took = record.ByNetwork, record.Reset, "connection reset by peer", 1, 24, time.Second
		}),
		of(record.Reconnect, func(r *record.Record) { r.Source, r.ID = record.FromPerson, "7" }),
		of(record.Send, func(r *record.Record) {
			r.Method, r.URL, r.Body, r.Data, r.Bytes = "POST", "http://h:1/send", "content=hello", "hello", 5
		}),
		of(record.Answer, func(r *record.Record) {
			r.Call, r.Status, r.Proto, r.Code, r.Message, r.Data = record.Send, 200, "HTTP/1.1", 500, "no such client", `{"code":500}`
		}),
	}
}

func lines(all []record.Record) []byte {
	var b []byte
	for i := range all {
		r := all[i]
		r.Time = r.Time.UTC()
		b = r.AppendNDJSON(b)
	}
	return b
}

func TestWriteRecords(t *testing.T) {
	all := append(stream(), notices()...)
	at := time.Date(2026, 11, 28, 9, 30, 0, 123456789, time.UTC)
	for i := range all {
		at = at.Add(1234567 * time.Nanosecond)
		all[i].Time = at
		if all[i].Kind == 0 {
			all[i].Kind = record.Notice
		}
	}
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		j.Append(r)
	}
	copyTo := func(name string) {
		data, err := os.ReadFile(j.Path())
		if err != nil {
			t.Fatal(err)
		}
		putFile(t, name, data)
	}
	for {
		time.Sleep(300 * time.Millisecond)
		if info, err := os.Stat(j.Path()); err == nil && info.Size() > 0 {
			break
		}
	}
	copyTo("run-not-ended.journal")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	copyTo("run.journal")
	run, err := journal.OpenRun(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	var read []record.Record
	for r := range run.Scan(1, 1<<40) {
		c := *r
		c.Raw, c.Time = bytes.Clone(r.Raw), r.Time.UTC()
		read = append(read, c)
	}
	if len(read) != len(all) {
		t.Fatalf("%d of %d", len(read), len(all))
	}
	putFile(t, "records.ndjson", lines(read))
	records := func(yield func(*record.Record) bool) {
		for r := range slices.Values(read) {
			if !yield(&r) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := export.Bundle(&b, records, export.BundleConfig{Words: keptWords{}, Mask: export.NewMask(nil), Created: all[0].Time, Version: version}); err != nil {
		t.Fatal(err)
	}
	putFile(t, "bundle.zip", b.Bytes())
	b.Reset()
	if err := export.CSV(&b, records); err != nil {
		t.Fatal(err)
	}
	putFile(t, "records.csv", b.Bytes())
}
