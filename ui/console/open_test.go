package console

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/export"
	"sseconsole/client/record"
	"sseconsole/ui/console/files"
)

// opened opens a file and waits for it.
func opened(t *testing.T, c *Console, path string) (*files.Opened, error) {
	t.Helper()
	type result struct {
		o   *files.Opened
		err error
	}
	got := make(chan result, 1)
	c.Files.Open(path, func(o *files.Opened, err error) { got <- result{o, err} })
	r := <-got
	if r.o != nil {
		t.Cleanup(func() { r.o.Close() })
	}
	return r.o, r.err
}

func TestSavedFilesCanBeOpenedAgain(t *testing.T) {
	runs, dir := filepath.Join(t.TempDir(), "runs"), t.TempDir()
	c := New(Config{Runs: runs})
	t.Cleanup(c.Shutdown)
	const block = "data: a\n\n"
	c.Journal.Append(record.Record{Kind: record.Chunk, Conn: 1, Raw: []byte(block)})
	c.Journal.Append(record.Record{Kind: record.Event, Conn: 1, Type: "message", Data: "a", Raw: []byte(block)})
	for format, want := range map[files.SaveFormat]export.Format{files.SaveBundle: export.FormatBundle, files.SaveNDJSON: export.FormatNDJSON, files.SaveRaw: export.FormatRaw} {
		path := filepath.Join(dir, "x"+format.Extension())
		c.Files.Save(path, files.SaveRequest{Format: format, From: c.Journal, Numbers: func(yield func(int64) bool) { _ = yield(1) && yield(2) }, Words: noWords{}})
		until(t, c, "it is saved", func() bool { return len(c.Files.Jobs()) == 0 })
		o, err := opened(t, c, path)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if first, last := o.Bounds(); first != 1 || last != 2 || o.At(2).Data != "a" || o.Format != want || o.Path != path {
			t.Errorf("%s: %+v, %d to %d", format, o, first, last)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
	for e := range strings.SplitSeq(names(t, runs), " ") {
		if strings.HasPrefix(e, files.OpenedPrefix) {
			t.Errorf("left behind: %s", e)
		}
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestAFileThatCannotBeOpenedLeavesNothing(t *testing.T) {
	runs, dir := filepath.Join(t.TempDir(), "runs"), t.TempDir()
	c := New(Config{Runs: runs})
	t.Cleanup(c.Shutdown)
	path := filepath.Join(dir, "x")
	if err := os.WriteFile(path, []byte("{\"kind\":\"event\"}\n{\"x\":1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var line *record.LineError
	if _, err := opened(t, c, path); !errors.As(err, &line) || line.Line != 2 {
		t.Errorf("%v", err)
	}
	if _, err := opened(t, c, filepath.Join(dir, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if left := names(t, runs); strings.Contains(left, files.OpenedPrefix) {
		t.Errorf("left behind: %s", left)
	}
}

func TestShutdownCancelsOpening(t *testing.T) {
	runs, dir := filepath.Join(t.TempDir(), "runs"), t.TempDir()
	c := New(Config{Runs: runs})
	path := filepath.Join(dir, "x")
	if err := os.WriteFile(path, []byte(strings.Repeat("data: x\n\n", 1<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan error, 1)
	j := c.Files.Open(path, func(o *files.Opened, err error) {
		if o != nil {
			o.Close()
		}
		got <- err
	})
	j.Cancel()
	if err := <-got; !errors.Is(err, files.ErrCancelled) {
		t.Errorf("%v", err)
	}
	c.Shutdown()
	if c.Files.Open(path, nil) != nil {
		t.Error("a job starts after Shutdown")
	}
	if left := names(t, runs); strings.Contains(left, files.OpenedPrefix) {
		t.Errorf("left behind: %s", left)
	}
}
