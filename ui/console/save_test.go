package console

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/files"
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

// request saves records of c as NDJSON.
func request(c *Console, numbers ...int64) files.SaveRequest {
	return files.SaveRequest{Format: files.SaveNDJSON, From: c.Journal, Numbers: slices.Values(numbers), Total: int64(len(numbers))}
}

func TestTheRequestedRecordsAreSaved(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	for i := range 5000 {
		c.Journal.Append(record.Record{Kind: record.Event, Data: fmt.Sprint(i + 1)})
	}
	line := func(r *record.Record) string { return r.Data }
	for _, c := range []struct {
		name    string
		request files.SaveRequest
		want    string
		gone    int64
	}{
		{"some", files.SaveRequest{Format: files.SaveText, From: c.Journal, Numbers: slices.Values([]int64{2, 3, 7, 4000, 4001}), Line: line}, "2 3 7 4000 4001", 0},
		{"some that are gone", files.SaveRequest{Format: files.SaveText, From: c.Journal, Numbers: slices.Values([]int64{-1, 0, 5000, 5001, 9000}), Line: line}, "5000", 4},
		{"none", files.SaveRequest{Format: files.SaveText, From: c.Journal, Numbers: slices.Values([]int64(nil)), Line: line}, "", 0},
	} {
		var out bytes.Buffer
		gone, err := c.request.Write(t.Context(), &out, "", nil)
		if got := strings.Join(strings.Fields(out.String()), " "); err != nil || got != c.want || gone != c.gone {
			t.Errorf("%s: %q, %d gone, %v", c.name, got, gone, err)
		}
	}
	var out bytes.Buffer
	if _, err := (files.SaveRequest{Format: files.SaveText, From: c.Journal, Line: line}).Write(t.Context(), &out, "", nil); err != nil || strings.Count(out.String(), "\n") != 5000 {
		t.Errorf("all: %d lines, %v", strings.Count(out.String(), "\n"), err)
	}
}

func TestSaveWritesAWholeFileAndSaysSo(t *testing.T) {
	c := filled(t)
	path := filepath.Join(t.TempDir(), "log.txt")
	save := request(c, 1, 2, 3)
	save.Format, save.Line = files.SaveText, func(r *record.Record) string { return "<" + r.Data + ">" }
	c.Files.Save(path, save)
	until(t, c, "it is saved", func() bool { return noticed(c, "saved") != nil && len(c.Files.Jobs()) == 0 })
	if data, err := os.ReadFile(path); err != nil || string(data) != "<one>\n<二\n2>\n<a\xff<b>>\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestEveryFormatCanBeSavedAndNamedSecretsAreMasked(t *testing.T) {
	c := New(Config{})
	t.Cleanup(c.Shutdown)
	const block = "data: {\"pin\":\"1234\"}\n\n"
	c.Journal.Append(record.Record{Kind: record.Chunk, Conn: 1, Raw: []byte(block)})
	c.Journal.Append(record.Record{Kind: record.Event, Conn: 1, Data: `{"pin":"1234"}`, Raw: []byte(block)})
	dir := t.TempDir()
	for _, format := range files.SaveFormats() {
		path := filepath.Join(dir, "file"+format.Extension())
		c.Files.Save(path, files.SaveRequest{
			Format: format, From: c.Journal, Numbers: slices.Values([]int64{1, 2}), Secrets: []string{"pin"},
			Line: func(r *record.Record) string { return r.Data + string(r.Raw) }, Words: noWords{},
		})
		until(t, c, "it is saved", func() bool { return len(c.Files.Jobs()) == 0 })
		data, err := os.ReadFile(path)
		if err != nil || len(data) == 0 || bytes.Contains(data, []byte("1234")) {
			t.Errorf("%s: %q, %v", format, data, err)
		}
		if format != files.SaveBundle && !bytes.Contains(data, []byte("****")) {
			t.Errorf("%s: %q", format, data)
		}
	}
}

// noWords is export.Words without texts.
type noWords struct{}

func (noWords) T(key string, _ ...any) string   { return key }
func (noWords) Language() string                { return "en" }
func (noWords) Target(name string) string       { return name }
func (noWords) Summary(r *record.Record) string { return r.Data }
func (noWords) Kind(record.Kind) string         { return "" }
func (noWords) Severity(string) string          { return "" }
func (noWords) Why(string) string               { return "" }
func (noWords) Do(string) string                { return "" }
func (noWords) Events(int64) string             { return "" }
func (noWords) Duration(time.Duration) string   { return "" }
func (noWords) Size(int64) string               { return "" }

func TestASaveThatFailsSaysWhyAndLeavesNothing(t *testing.T) {
	c := filled(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "missing", "log.txt")
	c.Files.Save(path, request(c, 1, 2, 3))
	until(t, c, "the notice", func() bool { return noticed(c, "not_saved") != nil })
	if n := noticed(c, "not_saved"); n.Subject != path || n.Detail != "no such file or directory" {
		t.Errorf("%+v", n)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestASaveThatIsCancelledLeavesNothing(t *testing.T) {
	for name, end := range map[string]func(*Console, *files.Job){
		"by the person":       func(_ *Console, j *files.Job) { j.Cancel() },
		"by the window's end": func(c *Console, _ *files.Job) { c.Shutdown() },
	} {
		c := filled(t)
		dir := t.TempDir()
		path := filepath.Join(dir, "log.zip")
		if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
			t.Fatal(err)
		}
		inside := make(chan struct{})
		goOn := make(chan struct{})
		save := request(c)
		save.Format, save.Words = files.SaveBundle, noWords{}
		save.Numbers = func(yield func(int64) bool) {
			_ = yield(1)
			close(inside)
			<-goOn
			_ = yield(2)
		}
		j := c.Files.Save(path, save)
		<-inside
		if len(c.Files.Jobs()) != 1 || c.Files.Jobs()[0] != j {
			t.Errorf("%s: jobs %v", name, c.Files.Jobs())
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			end(c, j)
		}()
		until(t, c, "it is cancelled", func() bool { return j.Ctx.Err() != nil })
		close(goOn)
		<-ended
		until(t, c, "the notice", func() bool { return noticed(c, "save_cancelled") != nil && len(c.Files.Jobs()) == 0 })
		if data, err := os.ReadFile(path); string(data) != "before" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if files, _ := os.ReadDir(dir); len(files) != 1 {
			t.Errorf("%s: left behind: %v", name, files)
		}
	}
}

func TestASaveCountsRecordsThatNoLongerExist(t *testing.T) {
	c := filled(t)
	path := filepath.Join(t.TempDir(), "log.txt")
	c.Files.Save(path, request(c, 1, 7, 8))
	until(t, c, "the notice", func() bool { return noticed(c, "saved_in_part") != nil })
	if n := noticed(c, "saved_in_part"); n.Subject != path || n.Events != 2 {
		t.Errorf("%+v", n)
	}
}

func TestAFileIsReadWholeUpToItsLimit(t *testing.T) {
	if s, err := file.Read(io.NopCloser(strings.NewReader("a\x00\xff\n"))); err != nil || s != "a\x00\xff\n" {
		t.Errorf("%q, %v", s, err)
	}
	if _, err := file.Read(io.NopCloser(io.LimitReader(zeros{}, file.Max+1))); !errors.Is(err, file.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	if s, err := file.Read(io.NopCloser(io.LimitReader(zeros{}, file.Max))); err != nil || len(s) != file.Max {
		t.Errorf("%d bytes, %v", len(s), err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
