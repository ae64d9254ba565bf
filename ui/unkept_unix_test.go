//go:build unix && !e2e

package ui

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/runs"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// smallest is far more than the test program itself writes meanwhile, for example its
// log for the test cache.
const smallest = 4 << 20

// smallFiles limits files to size until undo is called: longer writes fail, as on a
// full disk.
func smallFiles(t *testing.T, size uint64) (undo func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	small := limit
	small.Cur = size
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Fatal(err)
	}
	return func() {
		_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
		signal.Reset(syscall.SIGXFSZ)
	}
}

// windowWithRuns returns a window whose runs are stored in dir.
func windowWithRuns(t *testing.T, dir, language string) *window {
	t.Helper()
	con := console.New(console.Config{Runs: dir})
	t.Cleanup(con.Shutdown)
	con.UpdateSettings(func(s *settings.Settings) { s.Language = language })
	return testWindowOf(t, con)
}

func TestAWarningIsShownWhileTheLogCannotBeWritten(t *testing.T) {
	for language, want := range map[string]struct{ what, remedy string }{
		catalogue.English: {"The log cannot be written: file too large · 2 records are only in memory", "or save the log elsewhere"},
		catalogue.Chinese: {"日志无法写入：file too large · 2 条记录仅在内存中", "也可以先将日志保存到别处"},
	} {
		t.Run(language, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "runs")
			w := windowWithRuns(t, dir, language)
			if w.history.Unkept.Content.Visible() {
				t.Error("a warning without an error")
			}
			undo := smallFiles(t, smallest)
			defer undo()
			w.con.Journal.Append(record.Record{Kind: record.Event, Data: strings.Repeat("x", 2*smallest)})
			until(t, "the notice is among them", func() bool { _, last := w.con.Journal.Bounds(); return last == 2 })
			w.refresh()
			if !w.history.Unkept.Content.Visible() || w.history.Unkept.What.Text != want.what || !strings.Contains(w.history.Unkept.Remedy.Text, want.remedy) || !strings.Contains(w.history.Unkept.Remedy.Text, dir) {
				t.Errorf("the mark: %t, %q, %q", w.history.Unkept.Content.Visible(), w.history.Unkept.What.Text, w.history.Unkept.Remedy.Text)
			}
			undo()
			until(t, "it is written", func() bool { return w.con.Keeping().Err == nil })
			w.refresh()
			if w.history.Unkept.Content.Visible() {
				t.Error("the warning is still shown")
			}
		})
	}
}

func TestAWarningSaysThatTheRunIsNotStored(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := windowWithRuns(t, filepath.Join(file, "runs"), catalogue.English)
	event(w, "a")
	if want := "This run is not stored on disk: not a directory · 2 records are only in memory"; !w.history.Unkept.Content.Visible() || w.history.Unkept.What.Text != want {
		t.Errorf("the mark: %t, %q", w.history.Unkept.Content.Visible(), w.history.Unkept.What.Text)
	}
}

func TestTheWarningAboutAFullDiskAndLostRecords(t *testing.T) {
	k := console.Keeping{Err: &os.PathError{Op: "write", Path: "/f", Err: syscall.ENOSPC}, Dir: "/d", Unkept: 1, Lost: 3}
	for language, want := range map[string]string{
		catalogue.English: "The disk is full: the log is not being written · 1 record is only in memory · 3 lost",
		catalogue.Chinese: "磁盘已满，日志无法写入 · 1 条记录仅在内存中 · 已丢失 3 条",
	} {
		if what, remedy := runs.UnkeptText(wording.Of(catalogue.New(language)), k); what != want || !strings.HasSuffix(remedy, "/d") {
			t.Errorf("%q, %q", what, remedy)
		}
	}
}

func TestAWarningSaysThatTheFileOfTheRunWasRemoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs")
	w := windowWithRuns(t, dir, catalogue.English)
	event(w, "a")
	until(t, "it is in the file", func() bool {
		info, err := os.Stat(w.con.Journal.Path())
		return err == nil && info.Size() > 0
	})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	event(w, "b")
	until(t, "the missing file is noticed", func() bool { return w.con.Keeping().Removed() })
	until(t, "the notice is among them", func() bool { _, last := w.con.Journal.Bounds(); return last == 3 })
	w.refresh()
	if want := "The log file was deleted from the disk · 3 records are lost when the window is closed"; !w.history.Unkept.Content.Visible() || w.history.Unkept.What.Text != want {
		t.Errorf("the mark: %t, %q", w.history.Unkept.Content.Visible(), w.history.Unkept.What.Text)
	}
	if first := w.con.Journal.At(1); first == nil || first.Data != "a" {
		t.Errorf("the first record is %+v", first)
	}
}

func TestTheWindowAsksBeforeClosingWithRecordsOnlyInMemory(t *testing.T) {
	w := windowWithRuns(t, filepath.Join(t.TempDir(), "runs"), catalogue.English)
	defer smallFiles(t, smallest)()
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: strings.Repeat("x", 2*smallest)})
	until(t, "it cannot be written", func() bool { return w.con.Keeping().Err != nil })
	w.about()
	w.history.AskClose()
	w.history.AskClose()
	if w.closing || len(w.k.Win.Canvas().Overlays().List()) != 2 {
		t.Fatal("the window closes without asking, or asks twice")
	}
	var said []string
	for _, o := range test.LaidOutObjects(w.k.Win.Canvas().Overlays().Top()) {
		if l, ok := o.(*widget.Label); ok {
			said = append(said, l.Text)
		}
	}
	if !strings.Contains(strings.Join(said, "\n"), "only in memory") {
		t.Errorf("it asks %q", said)
	}
	if !w.k.Dismiss() || w.closing {
		t.Error("Escape does not cancel closing")
	}
}
