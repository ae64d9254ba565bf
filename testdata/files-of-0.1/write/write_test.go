package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/client/target/secret"
	"sseconsole/server"
	"sseconsole/ui/console"
)

// out is where the files go.
var out = os.Getenv("FILES")

func put(t *testing.T, name string, data []byte) {
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

// nasty are texts that programs trip over.
var nasty = []string{
	"\xff\xfe\x80", "\ufffd", "\x00\x01\x1b[31m\u0085\u200f\u202e", `{"half":"\ud83d","other":"\udc00","nul":"\u0000"}`, "\xed\xa0\xbd", "\u2028\u2029</script>&<>",
	"\ufeff\"\\/\b\f", "\r\n\r", "{\"base64\":\"AA==\"}", "\U0010ffff", "e\u0301\xcc", "https://user:password@host/?token=abc#x",
}

func records(t *testing.T) []record.Record {
	at := time.Date(2026, 11, 20, 9, 30, 0, 123456789, time.UTC)
	var all []record.Record
	add := func(r record.Record) {
		at = at.Add(1234567 * time.Nanosecond)
		r.Time = at
		all = append(all, r)
	}
	// Each kind with every field, then with none.
	for kind := record.Subscribe; kind.String() != ""; kind++ {
		r := record.Record{Kind: kind}
		v := reflect.ValueOf(&r).Elem()
		for i := range v.NumField() {
			name, f := v.Type().Field(i).Name, v.Field(i)
			switch {
			case name == "Kind" || name == "Seq" || name == "Time":
			case name == "Call":
				r.Call = record.Close
			case name == "Raw":
				r.Raw = []byte("data: the data of " + kind.String() + "\n\n")
			case name == "Data":
				r.Data = "the data of " + kind.String()
			case f.Kind() == reflect.String:
				f.SetString(name + " of " + kind.String())
			case f.CanInt():
				f.SetInt(int64(kind)*1_000_003 + int64(i))
			case name == "Header":
				r.Header = map[string][]string{"X-Empty": {""}, "X-Several": {"a", "", "b"}, "X-None": {}, "Authorization": {"Bearer •••"}}
			case name == "CertExpiry":
				r.CertExpiry = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
			default:
				t.Fatalf("no value for %s", name)
			}
		}
		add(r)
		add(record.Record{Kind: kind})
	}
	// Every nasty text in every place of texts.
	for _, text := range nasty {
		add(record.Record{
			Kind: record.Event, Target: text, Engine: text, ClientID: text, Type: text, ID: text, Data: text, Raw: []byte("data:" + text),
			Header: map[string][]string{"X": {text, ""}, strings.ToValidUTF8(text, "?"): {text}}, Body: text, TLS: text, Method: text, URL: text, Proto: text, ContentType: text, Message: text,
			Source: record.DelaySource(text), By: record.Party(text), Failure: record.Failure(text), Detail: text,
			Took: -1, Delay: 1<<63 - 1, Offset: 1<<63 - 1, Count: -1 << 63, Code: -1,
		})
	}
	// What a stream of them becomes.
	stream := bytes.NewBufferString(": " + strings.Repeat("no NUL so far, or it would not be taken for a stream; ", 10) + "\n")
	for _, text := range nasty {
		fmt.Fprintf(stream, "id: %s\nevent: %s\ndata: %s\nretry: 1\n: %s\nx%s: y\n\nid\n\n", text, text, text, text, text)
	}
	stream.WriteString("data: unfinished \xf0\x9f")
	put(t, "stream.txt", stream.Bytes())
	f, err := os.Open(filepath.Join(out, "stream.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := export.Import(t.Context(), f, func(r record.Record) error { add(r); return nil }, nil); err != nil {
		t.Fatal(err)
	}
	return all
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
	all := records(t)
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		j.Append(r)
	}
	path := func() string {
		files, err := filepath.Glob(dir + "/*.journal")
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		return files[0]
	}
	copyTo := func(name string) {
		data, err := os.ReadFile(path())
		if err != nil {
			t.Fatal(err)
		}
		put(t, name, data)
	}
	for {
		time.Sleep(300 * time.Millisecond)
		if info, err := os.Stat(path()); err == nil && info.Size() > 0 {
			break
		}
	}
	copyTo("run-not-ended.journal")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	copyTo("run.journal")
	read := readRun(t, path())
	if len(read) != len(all) {
		t.Fatalf("%d of %d", len(read), len(all))
	}
	put(t, "records.ndjson", lines(read))
	seq := func(yield func(*record.Record) bool) {
		for i := range read {
			r := read[i]
			r.Time = r.Time.UTC()
			if !yield(&r) {
				return
			}
		}
	}
	var b bytes.Buffer
	err = export.Bundle(&b, seq, export.BundleConfig{Words: keptWords{}, Mask: export.NewMask(nil), Created: all[0].Time, Version: version})
	if err != nil {
		t.Fatal(err)
	}
	put(t, "bundle.zip", b.Bytes())
}

func readRun(t *testing.T, path string) (read []record.Record) {
	run, err := journal.OpenRun(path)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	run.Scan(1, 1<<40)(func(r *record.Record) bool {
		c := *r
		c.Raw = bytes.Clone(r.Raw)
		read = append(read, c)
		return true
	})
	return read
}

// TestWriteVersion1 reads what the program before version 2 of the journal wrote.
func TestWriteVersion1(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.journal")
	data, err := os.ReadFile(filepath.Join(out, "run-of-version-1.journal"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, "records-of-version-1.ndjson", lines(readRun(t, path)))
}

func TestWriteSettings(t *testing.T) {
	id, hidden, days, gb := "läser-1 ", []string{}, 0, 12
	s := console.Settings{
		Language: "zh", Theme: "dark", LogTextSize: 15.5, Width: 1234.5, Height: 777, Side: console.SideSaved, SaveFolder: "/data/saved here",
		Target: "Orders", Address: "127.0.0.1:9090", Mode: server.Modes()[1], Policy: server.Policies()[2], RemoteURL: "http://10.0.0.1:8080/demo/sse",
		RemoteURLs: []string{"http://10.0.0.1:8080/demo/sse", "https://example.org/<sse>?a=1&b=2"}, ClientID: &id, Engine: "go-sse", Chromium: true,
		Origin: "https://example.org", Hidden: &hidden, Columns: map[string]console.Column{"time": {Width: 9}, "size": {Hidden: true}},
		Filters: []string{"kind:event data:x", "# \xff"}, Method: console.MethodPOST, KeepDays: &days, KeepGB: &gb, Secrets: []string{"X-Session", "pin"},
	}
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	put(t, "settings.json", data)

	// A file with keys of earlier and later programs, and what becomes of it.
	more := bytes.Replace(data, []byte("{"), []byte("{\n  \"remote\": true,\n  \"of_later\": {\"x\": [1, null]},"), 1)
	put(t, "settings-more.json", more)
	if err := os.WriteFile(path, more, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := console.LoadSettings(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := read.Save(path); err != nil {
		t.Fatal(err)
	}
	data, _ = os.ReadFile(path)
	put(t, "settings-more-saved.json", data)
}

func specs() ([]target.Spec, []target.Environment) {
	n := 7
	full := target.Spec{
		Name: "Örders / 订单 {x}", Shape: "demo", Note: "for \"people\" <&>\n\u2028",
		Subscribe: target.Call{Method: "GET", URL: "{{base}}/orders/{clientId}/events", Query: []target.Param{{Name: "since", Value: "{since}"}, {Name: "empty"}},
			Header: []target.Param{{Name: "X-Tenant", Value: "{{tenant}}"}, {Name: "X-Tenant", Value: "second"}}},
		Send: &target.Call{Method: "POST", URL: "{{base}}/orders", Body: &target.Body{Kind: target.BodyJSON, Text: `{"customer":"{clientId}","text":"{content}","count":{+count}}`},
			Expect: target.Expect{Status: "201 202", JQ: ".accepted"}, Auth: &target.Auth{Kind: target.AuthHeader, Name: "X-Key", Value: "literal-key"}},
		Close: &target.Call{URL: "{{base}}/leave?password=typed", Body: &target.Body{Kind: target.BodyForm, Form: []target.Param{{Name: "who", Value: "{clientId}"}, {Name: "token", Value: "form-token"}}},
			Auth: &target.Auth{}},
		Variables:  []target.Variable{{Name: "since", Value: "today"}, {Name: "count", Value: "1"}, {Name: "пароль", Value: "s3cret \"ü\n", Secret: true}, {Name: "unset", Secret: true}},
		Auth:       target.Auth{Kind: target.AuthBasic, User: "me", Value: "typed-password"},
		Connection: target.Connection{CAFile: "/etc/ssl/company.pem", ServerName: "{{tenant}}.example.org", MinTLS: "1.3", Insecure: true, Proxy: "http://proxy:secret@localhost:3128", HTTP: target.HTTP2, ConnectTimeout: target.Duration(5 * time.Second), HeaderTimeout: target.Duration(1500 * time.Millisecond), IdleTimeout: target.Duration(2 * time.Minute), Compression: "br", Redirects: target.ShowRedirects},
		Cookies:    true, LastEventID: "41", ReconnectionTime: target.Duration(2 * time.Second), MaxReconnects: &n, EndMarker: "[DONE]",
	}
	long := target.Spec{Name: "Long", Subscribe: target.Call{URL: "http://localhost:8080/s", Query: []target.Param{{Name: "q", Value: "{content}"}}, LongAsForm: true, Auth: &target.Auth{Kind: target.AuthQuery, Name: "key", Value: "query-key"}},
		Send: &target.Call{URL: "http://localhost/{!literal}", Body: &target.Body{Kind: target.BodyText, Text: "{content}"}}, Auth: target.Auth{Kind: target.AuthBearer, Value: "{{token}}"}}
	all := []target.Spec{full, long}
	return all, []target.Environment{
		{Name: "dev", Variables: []target.Variable{{Name: "base", Value: "http://localhost:8080"}, {Name: "tenant", Value: "test"}, {Name: "token", Value: "dev-token", Secret: true}}},
		{Name: "生产", Variables: []target.Variable{{Name: "token", Value: "p-token", Secret: true}}},
	}
}

// both keeps secrets in a file and in the keyring.
type both struct{ file, ring target.Secrets }

func (b both) Get(ctx context.Context, key string) (string, error) { return b.file.Get(ctx, key) }
func (b both) Set(ctx context.Context, key, value string) error {
	if err := b.ring.Set(ctx, key, value); err != nil {
		return err
	}
	return b.file.Set(ctx, key, value)
}
func (b both) Delete(ctx context.Context, key string) error { return b.file.Delete(ctx, key) }

func TestWriteTargets(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	path := filepath.Join(dir, "targets.json")
	secrets := secret.NewFile(target.SecretsBeside(path))
	s := target.NewStore(path, both{secrets, &secret.Keyring{}})
	all, environments := specs()
	for _, spec := range all {
		if err := s.Add(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
	}
	for _, shape := range target.Shapes() {
		spec, err := target.New(shape.ID, "http://localhost:8080/x")
		if err != nil {
			t.Fatal(shape.ID, err)
		}
		spec.Name = "shape " + shape.ID
		if err := s.Add(t.Context(), spec); err != nil {
			t.Fatal(shape.ID, err)
		}
	}
	for _, e := range environments {
		if err := s.AddEnvironment(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Activate(t.Context(), "dev"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"targets.json", "secrets.json"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, name, data)
	}
	file, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i := range file.Targets {
		if file.Targets[i], err = s.Target(t.Context(), file.Targets[i].Name); err != nil {
			t.Fatal(err)
		}
	}
	for i := range file.Environments {
		if file.Environments[i], err = s.Environment(t.Context(), file.Environments[i].Name); err != nil {
			t.Fatal(err)
		}
	}
	data, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	put(t, "targets-with-secrets.json", append(data, '\n'))

	// What is in the keyring, under the names that it is listed by there.
	var kept map[string]string
	text, _ := os.ReadFile(filepath.Join(dir, "secrets.json"))
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(kept)) {
		if value, err := keyring.Get("sse-console", key); err != nil || value != kept[key] {
			t.Fatal(key, value, err)
		}
		fmt.Fprintln(&b, key)
	}
	put(t, "keyring-names.txt", []byte(b.String()))
}

const steps = `title: Every step
title-zh: 每一步
# what a person wrote

send hello
send "two\nlines" type=greeting id=7 retry=2s comment="a note"
send ` + "`{\"n\":{n},\"literal\":\"{{n}}\"}`" + ` type=json
send comment=alone
raw "data: \xff\x00\u00e9\n\n"
wait 1ms
wait 1ms 2ms
repeat 2
    repeat 2
        send "round {n}"
    end
    wait 0s
end
to *
fault cut-after-events n=5 next=1 share=0.5
fault delay-events delay=1ms jitter=1ms client=nobody
clear
to alice
send last
close
`

func TestWriteScenarios(t *testing.T) {
	put(t, "scenario.txt", []byte(steps))
	data, err := os.ReadFile(filepath.Join(out, "stream.txt"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	var chunks []*record.Record
	for i, offset := 0, 0; len(data) > 0; i++ {
		n := min(len(data), 300+i)
		chunks = append(chunks, &record.Record{Seq: int64(i + 1), Kind: record.Chunk, Time: at.Add(time.Duration(i) * 1234567), Target: "file", Conn: 1, Raw: data[:n], Offset: int64(offset), FirstChunk: i + 1, LastChunk: i + 1})
		data, offset = data[n:], offset+n
	}
	var b bytes.Buffer
	if err := export.Scenario(&b, slices.Values(chunks)); err != nil {
		t.Fatal(err)
	}
	put(t, "scenario-recorded.txt", b.Bytes())
	for _, name := range server.ScenarioNames() {
		_, text, err := server.ShippedScenario(name)
		if err != nil {
			t.Fatal(err)
		}
		put(t, "scenario-"+name+".txt", []byte(text))
	}
	put(t, "scenario-played.txt", playedBy(t, "scenario.txt"))
}

func playedBy(t *testing.T, name string) []byte {
	f, err := os.Open(filepath.Join(out, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc, err := server.ParseScenario(f)
	if err != nil {
		t.Fatal(name, err)
	}
	srv := server.New(server.Config{})
	ts := httptest.NewServer(srv)
	defer ts.Close()
	srv.PlayForEach(sc, 1e9)
	resp, err := http.Get(ts.URL + "/demo/sse/subscribe?clientId=alice")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
