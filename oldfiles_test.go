package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
)

// oldFiles has files of earlier versions; its README lists them. They must always be read
// as before. So must files in other directories next to it, which are named below with
// their directory.
const oldFiles = "testdata/files-of-0.1"

// oldPath returns the path of an old file.
func oldPath(name string) string {
	if strings.Contains(name, "/") {
		return filepath.Join(filepath.Dir(oldFiles), name)
	}
	return filepath.Join(oldFiles, name)
}

// oldFile returns the content of an old file.
func oldFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(oldPath(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// copied copies old files into one directory and returns it. The copies must be unchanged
// when the test ends.
func copied(t *testing.T, names ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range names {
		data, path := oldFile(t, name), filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, data) {
				t.Errorf("reading %s changed it, %v", name, err)
			}
		})
	}
	return dir
}

// oldRecords returns the records of an NDJSON file.
func oldRecords(t *testing.T, name string) []record.Record {
	t.Helper()
	var records []record.Record
	in := record.NewReader(bytes.NewReader(oldFile(t, name)), 0)
	for {
		r, err := in.Read()
		if err == io.EOF {
			return records
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		records = append(records, r)
	}
}

// lines returns records as NDJSON, with times in UTC.
func lines(records []record.Record) []string {
	var all []string
	for _, r := range records {
		r.Time = r.Time.UTC()
		all = append(all, string(r.AppendNDJSON(nil)))
	}
	return all
}

func expectLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s, record %d:\n%swas\n%s", what, i+1, got[i], want[i])
		}
	}
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%s: %d records, there were %d", what, len(got), len(want))
	}
}

func TestEarlierRunsAreReadUnchanged(t *testing.T) {
	for _, c := range []struct{ run, records string }{
		{"run.journal", "records.ndjson"},
		{"run-of-version-1.journal", "records-of-version-1.ndjson"},
		{"files-of-journal-2/run.journal", "files-of-journal-2/records.ndjson"},
	} {
		dir := copied(t, c.run)
		expectRun(t, filepath.Join(dir, filepath.Base(c.run)), c.records)
		if runs, err := journal.Runs(dir); err != nil || len(runs) != 1 || runs[0].Err != nil {
			t.Errorf("%s: listed as %+v, %v", c.run, runs, err)
		}
	}
}

func TestAnUnfinishedRunOfAnEarlierVersionIsReadAndEnded(t *testing.T) {
	for _, in := range []string{"", "files-of-journal-2/"} {
		path := filepath.Join(t.TempDir(), "run.journal")
		before := oldFile(t, in+"run-not-ended.journal")
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		expectRun(t, path, in+"records.ndjson")
		if after, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(after, before) {
			t.Errorf("ending it changed what was there, %v", err)
		}
	}
}

// expectRun checks that the run at path has the records of an NDJSON file.
func expectRun(t *testing.T, path, ndjson string) {
	t.Helper()
	run, err := journal.OpenRun(path)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	var got []record.Record
	for r := range run.Scan(1, math.MaxInt64) {
		c := *r
		c.Raw = bytes.Clone(r.Raw)
		got = append(got, c)
	}
	expectLines(t, filepath.Base(path), lines(got), lines(oldRecords(t, ndjson)))
}

func TestEarlierNDJSONIsReadUnchanged(t *testing.T) {
	for _, name := range []string{"records.ndjson", "files-of-journal-2/records.ndjson"} {
		want := strings.SplitAfter(string(oldFile(t, name)), "\n")
		expectLines(t, name, withoutSubject(t, oldRecords(t, name)), want[:len(want)-1])
	}

	// An older program wrote the same in other bytes.
	older := withoutSubject(t, oldRecords(t, "records-older.ndjson"))
	for i, line := range bytes.Split(bytes.TrimSpace(oldFile(t, "records-older.ndjson")), []byte("\n")) {
		var was, is map[string]any
		if err := json.Unmarshal(line, &was); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(older[i]), &is); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(is, was) {
			t.Errorf("older record %d was\n%v, is\n%v", i+1, was, is)
		}
	}
}

// withoutSubject returns records as lines of the time when the subject of a notice was
// only in url.
func withoutSubject(t *testing.T, records []record.Record) []string {
	t.Helper()
	all := lines(records)
	for i, r := range records {
		if r.Kind != record.Notice || r.Subject == "" {
			continue
		}
		value := strings.SplitN(string((&record.Record{Kind: record.Notice, Subject: r.Subject}).AppendNDJSON(nil)), `"subject":`, 2)[1]
		value = value[:strings.Index(value, `,"url":`)]
		subject, url := `,"subject":`+value, `,"url":`+value
		if !strings.Contains(all[i], subject) || !strings.Contains(all[i], url) {
			t.Errorf("a subject is not beside the same url: %s", all[i])
		}
		all[i] = strings.Replace(all[i], subject, "", 1)
	}
	return all
}

func TestEarlierFilesOfRecordsAreOpenedUnchanged(t *testing.T) {
	for name, c := range map[string]struct {
		format  export.Format
		records string
	}{
		"bundle.zip":           {export.FormatBundle, "records.ndjson"},
		"records.ndjson":       {export.FormatNDJSON, "records.ndjson"},
		"records-older.ndjson": {export.FormatNDJSON, "records-older.ndjson"},

		"files-of-journal-2/bundle.zip":     {export.FormatBundle, "files-of-journal-2/records.ndjson"},
		"files-of-journal-2/records.ndjson": {export.FormatNDJSON, "files-of-journal-2/records.ndjson"},
	} {
		f, err := os.Open(filepath.Join(copied(t, name), filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var got []record.Record
		file, err := export.Import(t.Context(), f, func(r record.Record) error { got = append(got, r); return nil }, nil)
		if err != nil || file != (export.Imported{Format: c.format}) {
			t.Errorf("%s: %+v, %v", name, file, err)
		}
		expectLines(t, name, lines(got), lines(oldRecords(t, c.records)))
	}
}

func TestEarlierRecordsAreSavedInTheSameColumns(t *testing.T) {
	var b bytes.Buffer
	if err := export.CSV(&b, func(yield func(*record.Record) bool) {
		for _, r := range oldRecords(t, "files-of-journal-2/records.ndjson") {
			if !yield(&r) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	if want := oldFile(t, "files-of-journal-2/records.csv"); !bytes.Equal(b.Bytes(), want) {
		t.Errorf("a table of\n%s\nwas\n%s", b.Bytes(), want)
	}
}

func TestEarlierSettingsAreReadAndSavedUnchanged(t *testing.T) {
	id, hidden, days, gb := "läser-1 ", []string{}, 0, 12
	want := settings.Settings{
		Language: "zh", Theme: "dark", LogTextSize: 15.5, Width: 1234.5, Height: 777, Side: settings.SideSaved, SaveFolder: "/data/saved here",
		Target: "Orders", Address: "127.0.0.1:9090", Mode: "long", Policy: "share", RemoteURL: "http://10.0.0.1:8080/demo/sse",
		RemoteURLs: []string{"http://10.0.0.1:8080/demo/sse", "https://example.org/<sse>?a=1&b=2"}, ClientID: &id, Engine: "go-sse", Chromium: true,
		Origin: "https://example.org", Hidden: &hidden, Columns: map[string]settings.Column{"time": {Width: 9}, "size": {Hidden: true}},
		Filters: []string{"kind:event data:x", "# \ufffd"}, Method: settings.MethodPOST, KeepDays: &days, KeepGB: &gb, Secrets: []string{"X-Session", "pin"},
	}
	// Unknown keys are dropped by the next save, as always.
	for file, saved := range map[string]string{"settings.json": "settings-more-saved.json", "settings-more.json": "settings-more-saved.json"} {
		got, err := settings.Load(filepath.Join(copied(t, file), file))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", file, got, err)
		}
		again := filepath.Join(t.TempDir(), "settings.json")
		if err := got.Save(again); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(again); err != nil || !bytes.Equal(data, oldFile(t, saved)) {
			t.Errorf("%s was saved as\n%s%v", file, data, err)
		}
	}
}

func TestFilesAreWhereTheyAlwaysWere(t *testing.T) {
	config, data := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("XDG_DATA_HOME", data)
	if configDir, err := os.UserConfigDir(); err != nil || configDir != config {
		t.Skip("this system has other directories")
	}
	for want, path := range map[string]func() (string, error){
		config + "/sse-console/settings.json": settings.Path,
		config + "/sse-console/targets.json":  endpoint.DefaultPath,
		data + "/sse-console/runs":            journal.DefaultDir,
	} {
		if got, err := path(); got != want || err != nil {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	if got := endpoint.SecretsBeside(config + "/targets.json"); got != config+"/secrets.json" {
		t.Errorf("secrets in %s", got)
	}
}

func TestEarlierTargetsAreReadWithTheirSecrets(t *testing.T) {
	var kept map[string]string
	if err := json.Unmarshal(oldFile(t, "secrets.json"), &kept); err != nil {
		t.Fatal(err)
	}
	dir := copied(t, "targets.json", "secrets.json")
	keyring.MockInit()
	for name := range strings.Lines(string(oldFile(t, "keyring-names.txt"))) {
		name = strings.TrimSuffix(name, "\n")
		if err := keyring.Set("sse-console", name, kept[name]); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "targets.json")
	for name, secrets := range map[string]endpoint.Secrets{"file": secret.NewFile(endpoint.SecretsBeside(path)), "keyring": &secret.Keyring{}} {
		got, err := withSecrets(t.Context(), endpoint.NewStore(path, secrets))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if data, err := json.MarshalIndent(got, "", "  "); err != nil || string(data)+"\n" != string(oldFile(t, "targets-with-secrets.json")) {
			t.Errorf("with the secrets of the %s: %v\n%s", name, err, data)
		}
	}
}

func TestEarlierTargetsAreSavedUnchanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "targets.json")
	if err := os.WriteFile(path, oldFile(t, "targets.json"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := endpoint.NewStore(path, secret.NewFile(endpoint.SecretsBeside(path)))
	for _, active := range []string{"", "dev"} {
		if err := store.Activate(t.Context(), active); err != nil {
			t.Fatal(err)
		}
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.Equal(data, oldFile(t, "targets.json")) {
		t.Errorf("saved as\n%s%v", data, err)
	}
}

// withSecrets returns the content of store, with the values of its secrets.
func withSecrets(ctx context.Context, store *endpoint.Store) (endpoint.File, error) {
	file, err := store.Load()
	for i := range file.Targets {
		if err == nil {
			file.Targets[i], err = store.Target(ctx, file.Targets[i].Name)
		}
	}
	for i := range file.Environments {
		if err == nil {
			file.Environments[i], err = store.Environment(ctx, file.Environments[i].Name)
		}
	}
	return file, err
}
