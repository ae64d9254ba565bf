package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// filled returns a console with three records and no server.
func filled(t *testing.T) *Console {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	for _, data := range []string{"one", "二\n2", "a\xff<b>"} {
		c.Journal.Append(record.Record{Kind: record.Event, Data: data})
	}
	return c
}

func TestNDJSONHasOneRecordALine(t *testing.T) {
	c := filled(t)
	var out bytes.Buffer
	if _, err := Write(&out, c.Journal, []int64{2, 3}, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	var r struct {
		Seq  int64
		Data any
	}
	if err := json.Unmarshal([]byte(lines[0]), &r); err != nil || r.Seq != 2 || r.Data != "二\n2" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestSaveWritesAWholeFileAndSaysSo(t *testing.T) {
	c := filled(t)
	path := filepath.Join(t.TempDir(), "log.txt")
	c.Save(path, c.Journal, []int64{1, 2, 3}, func(r *record.Record) string { return "<" + r.Data + ">" })
	until(t, c, "it is saved", func() bool { return noticed(c, "saved") != nil })
	if data, err := os.ReadFile(path); err != nil || string(data) != "<one>\n<二\n2>\n<a\xff<b>>\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestASaveThatFailsSaysWhyAndLeavesNothing(t *testing.T) {
	c := filled(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "missing", "log.txt")
	c.Save(path, c.Journal, []int64{1, 2, 3}, nil)
	until(t, c, "the notice", func() bool { return noticed(c, "not_saved") != nil })
	if n := noticed(c, "not_saved"); n.URL != path || n.Detail != "no such file or directory" {
		t.Errorf("%+v", n)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestASaveSaysHowManyRecordsWereNoLongerThere(t *testing.T) {
	c := filled(t)
	path := filepath.Join(t.TempDir(), "log.txt")
	c.Save(path, c.Journal, []int64{1, 7, 8}, func(r *record.Record) string { return r.Data })
	until(t, c, "the notice", func() bool { return noticed(c, "saved_in_part") != nil })
	if n := noticed(c, "saved_in_part"); n.URL != path || n.Events != 2 {
		t.Errorf("%+v", n)
	}
}

func TestAFileIsReadWholeUpToItsLimit(t *testing.T) {
	if s, err := ReadFile(io.NopCloser(strings.NewReader("a\x00\xff\n"))); err != nil || s != "a\x00\xff\n" {
		t.Errorf("%q, %v", s, err)
	}
	if _, err := ReadFile(io.NopCloser(io.LimitReader(zeros{}, MaxFile+1))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	if s, err := ReadFile(io.NopCloser(io.LimitReader(zeros{}, MaxFile))); err != nil || len(s) != MaxFile {
		t.Errorf("%d bytes, %v", len(s), err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
