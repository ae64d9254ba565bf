package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// out is where the files go.
var out = os.Getenv("FILES")

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

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
			Header: map[string][]string{"X": {text, ""}, strings.ToValidUTF8(text, "?"): {text}}, TLS: text, Method: text, URL: text, Proto: text, ContentType: text, Message: text,
			Source: record.DelaySource(text), By: record.Party(text), Failure: record.Failure(text), Detail: text,
			Took: -1, Delay: 1<<63 - 1, Offset: 1<<63 - 1, Count: -1 << 63, Code: -1,
		})
	}
	return all
}

func lines(all []record.Record) []byte {
	var b []byte
	for i := range all {
		r := all[i]
		r.Time = r.Time.UTC()
		line, err := json.Marshal(r)
		if err != nil {
			panic(err)
		}
		b = append(append(b, line...), '\n')
	}
	return b
}

func TestWriteVersion1(t *testing.T) {
	all := records(t)
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		j.Append(r)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(dir + "/*.journal")
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	put(t, "run-of-version-1.journal", data)
	run, err := journal.OpenRun(files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	var read []record.Record
	run.Scan(1, 1<<40)(func(r *record.Record) bool {
		c := *r
		c.Raw = bytes.Clone(r.Raw)
		read = append(read, c)
		return true
	})
	if len(read) != len(all) {
		t.Fatalf("%d of %d", len(read), len(all))
	}
	put(t, "records-older.ndjson", lines(read))
}
