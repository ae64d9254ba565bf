package console

import (
	"os"
	"path/filepath"
	"testing"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

func TestARunIsKeptAfterTheWindowIsClosed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs")
	c := New(Config{Runs: dir})
	c.Journal.Append(record.Record{Kind: record.Event, Target: Embedded, Data: "kept"})
	c.Shutdown()

	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatalf("%+v, %v", runs, err)
	}
	r, err := journal.OpenRun(runs[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if first := r.At(1); first == nil || first.Data != "kept" {
		t.Errorf("kept %+v", first)
	}
}

func TestAJournalThatCannotBeStoredIsReportedAndWorks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(Config{Runs: filepath.Join(file, "runs")})
	defer c.Shutdown()
	if r := noticed(c, "journal_not_kept"); r == nil || r.Detail == "" {
		t.Errorf("said %+v", r)
	}
	seq := c.Journal.Append(record.Record{Kind: record.Event, Data: "in memory"})
	if r := c.Journal.At(seq); r == nil || r.Data != "in memory" {
		t.Errorf("kept %+v", r)
	}
}
