//go:build !e2e

package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// inBoth holds the words that a text must contain, by language.
type inBoth map[string]string

func TestTheWindowSaysWhatItCannotShowOfANewerFile(t *testing.T) {
	for language, want := range (inBoth{
		catalogue.English: "written by a newer version of SSE Console; not shown: 2 records of unknown kinds · 1 unknown field",
		catalogue.Chinese: "由更新版本的 SSE Console 写入，未显示：2 条未知类型的记录 · 1 个未知字段",
	}) {
		w := testWindow(t, settings.Settings{Language: language})
		done := queued(t, w)
		path := filepath.Join(t.TempDir(), "newer.ndjson")
		if err := os.WriteFile(path, []byte("{\"kind\":\"event\",\"price\":1}\n{\"kind\":\"surprise\"}\n{\"kind\":\"surprise\"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.history.OpenFile(path)
		done()
		w.refresh()
		if got := w.history.Banner.Text.Text; !strings.Contains(got, want) || w.log.Len() != 1 {
			t.Errorf("%d rows, the banner says %q, want %q", w.log.Len(), got, want)
		}
	}
}

func TestTheWindowNamesARunOfANewerVersion(t *testing.T) {
	for language, want := range (inBoth{
		catalogue.English: "written by a newer version of SSE Console (format 99); anything unknown to this version is not shown",
		catalogue.Chinese: "由更新版本的 SSE Console 写入（格式 99）；本版本不认识的内容不会显示",
	}) {
		w := testWindow(t, settings.Settings{Language: language})
		dir := t.TempDir()
		path := newerRun(t, dir)
		kept, err := journal.Runs(dir)
		if err != nil || len(kept) != 1 {
			t.Fatalf("%+v, %v", kept, err)
		}
		w.history.OpenRun(kept[0])
		if got := w.history.Banner.Text.Text; !strings.Contains(got, want) || w.history.Banner.Reader.At(1).Data != "kept" {
			t.Errorf("the banner says %q, want %q", got, want)
		}
		w.history.Banner.Back.OnTapped()

		// The same file, now unreadable.
		if err := os.Truncate(path, 16); err != nil {
			t.Fatal(err)
		}
		kept, err = journal.Runs(dir)
		if err != nil || len(kept) != 1 || kept[0].Err == nil {
			t.Fatalf("%+v, %v", kept, err)
		}
		if got := wording.Of(w.k.Texts).BrokenRun(kept[0].Err); !strings.Contains(got, "99") || strings.Contains(got, "damaged") || strings.Contains(got, "损坏") {
			t.Errorf("an unreadable run is shown as %q", got)
		}
	}
}

// newerRun writes a run as a newer version might.
func newerRun(t *testing.T, dir string) (path string) {
	t.Helper()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	j.Append(record.Record{Kind: record.Event, Data: "kept"})
	path = j.Path()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len("SSECJRN")] = 99
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAChangeOfNewerTargetsIsRefusedWithASentence(t *testing.T) {
	for language, want := range (inBoth{
		catalogue.English: "The targets file has version 2 and was written by a newer version of SSE Console. It cannot be changed here, and only targets without unknown fields can be used.",
		catalogue.Chinese: "目标文件的版本为 2，由更新版本的 SSE Console 写入。此处不能更改，且只能使用不含未知字段的目标。",
	}) {
		if got := wording.Of(catalogue.New(language)).TargetError(&endpoint.NewerError{Version: 2}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
