//go:build !e2e

package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/runs"
	"sseconsole/ui/wording/catalogue"
)

func TestAnEarlierRunIsShownAndLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs")
	earlier, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"one", "two"} {
		earlier.Append(record.Record{Time: time.Now(), Kind: record.Event, Target: "h:1/demo/sse", Data: data})
	}
	if err := earlier.Close(); err != nil {
		t.Fatal(err)
	}

	con := console.New(console.Config{Runs: dir})
	t.Cleanup(con.Shutdown)
	con.UpdateSettings(func(s *settings.Settings) { s.Language = catalogue.English })
	w := testWindowOf(t, con)
	event(w, "now")
	var runs []journal.Run
	for deadline := time.Now().Add(20 * time.Second); len(runs) != 2 || !runs[0].InUse; { // the file is created in the background
		if runs, err = con.Files.Kept(); err != nil || time.Now().After(deadline) {
			t.Fatalf("%+v, %v", runs, err)
		}
	}
	w.history.OpenRun(runs[1])
	if w.log.Len() != 2 || w.log.Row(1).Cells[column("data")].Text != "two" {
		t.Errorf("%d rows of the earlier run", w.log.Len())
	}
	if !w.history.Banner.Content.Visible() || !strings.Contains(w.history.Banner.Text.Text, "2 records") || !strings.Contains(w.history.Banner.Text.Text, "h:1/demo/sse") {
		t.Errorf("the banner says %q", w.history.Banner.Text.Text)
	}
	w.log.View.Select(1)
	if got := w.log.Details.Text.Text(); got != "two" {
		t.Errorf("details: %q", got)
	}
	event(w, "meanwhile")
	if w.log.Len() != 2 {
		t.Error("a new record is among the rows of an earlier run")
	}
	w.history.Banner.Back.OnTapped()
	if w.log.Len() != 2 || w.log.Row(0).Cells[column("data")].Text != "now" || w.log.Row(1).Cells[column("data")].Text != "meanwhile" || w.history.Banner.Content.Visible() {
		t.Errorf("back in the current run there are %d rows", w.log.Len())
	}

	if err := os.WriteFile(filepath.Join(dir, "broken"+filepath.Ext(runs[1].Path)), []byte("no journal"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.history.ListRuns(runs)
	if w.k.Win.Canvas().Overlays().Top() == nil {
		t.Error("the list of runs does not open")
	}
}

func TestTheListOfRunsBeginsWithTheChosenOne(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.k.Win.Resize(fyne.NewSize(800, 500))
	many := make([]journal.Run, 30)
	for i := range many {
		many[i].Started = time.Unix(int64(i), 0)
	}
	w.history.ListRuns(many)
	l := w.k.Win.Canvas().Focused().(*runs.List)
	if at := l.GetScrollOffset(); l.Chosen != 0 || at != 0 {
		t.Errorf("run %d is chosen, the list is scrolled by %v", l.Chosen, at)
	}
}

// listed opens the list of runs, with the current one, three earlier ones, and a
// broken one.
func listed(t *testing.T) (w *window, l *runs.List, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "runs")
	for i, target := range []string{"c", "a", "b"} {
		j, err := journal.Create(journal.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		for range []int{1, 3, 2}[i] {
			j.Append(record.Record{Time: time.Now(), Kind: record.Event, Target: target, Data: strings.Repeat("x", 100)})
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "2000.journal"), []byte("no journal at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{Runs: dir})
	t.Cleanup(con.Shutdown)
	con.UpdateSettings(func(s *settings.Settings) { s.Language = catalogue.English })
	w = testWindowOf(t, con)
	event(w, "now")
	until(t, "the current run is in its file", func() bool { runs, err := con.Files.Kept(); return err == nil && len(runs) == 5 })
	w.history.ChooseRun()
	return w, w.k.Win.Canvas().Focused().(*runs.List), dir
}

// targetsOf returns the first target of each run in a list, "!" for a broken one.
func targetsOf(l *runs.List) string {
	var text string
	for _, r := range l.Runs {
		switch {
		case r.Err != nil:
			text += "!"
		case len(r.Targets) == 0:
			text += "-"
		default:
			text += r.Targets[0]
		}
	}
	return text
}

func TestADoubleClickOpensARun(t *testing.T) {
	w, l, _ := listed(t)
	r := runs.NewRow(l)
	r.Set(slices.IndexFunc(l.Runs, func(run journal.Run) bool { return run.Err == nil && l.State(run) == "" }))
	r.MouseDown(&desktop.MouseEvent{})
	if l.Chosen != r.I || !w.k.Asking() {
		t.Errorf("one click: run %d is chosen", l.Chosen)
	}
	r.MouseDown(&desktop.MouseEvent{})
	until(t, "it is open", func() bool { return w.history.Banner.Content.Visible() })
}

func TestSortingTheListOfRunsKeepsTheChosenRun(t *testing.T) {
	w, l, _ := listed(t)
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			l.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	if l.Chosen != 0 || l.Runs[0].Path != w.con.Journal.Path() || !l.Remove.Disabled() {
		t.Errorf("initially: %q, chosen %d", targetsOf(l), l.Chosen)
	}
	l.SortBy(runs.RunTargets)
	if got := targetsOf(l); strings.Trim(got, "-!") != "abc" {
		t.Errorf("by target: %q", got)
	}
	key(fyne.KeyEnd)
	chosen := l.Runs[l.Chosen]
	l.SortBy(runs.RunRecords)
	if got := targetsOf(l); !strings.HasPrefix(got, "ab") {
		t.Errorf("by records: %q", got)
	}
	l.SortBy(runs.RunRecords)
	if got := targetsOf(l); !strings.HasSuffix(got, "ba") || l.Runs[l.Chosen].Path != chosen.Path {
		t.Errorf("by records, ascending: %q", got)
	}
	l.SortBy(runs.RunSize)
	if l.Runs[0].Bytes < l.Runs[1].Bytes || l.Runs[1].Bytes < l.Runs[2].Bytes {
		t.Errorf("by size: %q", targetsOf(l))
	}
	if want := "5 runs, "; !strings.HasPrefix(l.Total.Text, want) {
		t.Errorf("total %q", l.Total.Text)
	}
}

func TestARunIsDeletedByKeyboardAfterConfirmation(t *testing.T) {
	w, l, dir := listed(t)
	l.SortBy(runs.RunRecords) // a, b, then those with one record
	l.Choose(0)
	path := l.Runs[0].Path
	press := func(name fyne.KeyName) { w.k.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	press(fyne.KeyDelete)
	if len(w.k.Win.Canvas().Overlays().List()) != 2 {
		t.Fatal("no confirmation is asked for")
	}
	press(fyne.KeyEscape) // no
	if _, err := os.Stat(path); err != nil || len(w.k.Win.Canvas().Overlays().List()) != 1 {
		t.Fatal("deleted without confirmation")
	}
	w.k.Win.Canvas().Focus(l)
	press(fyne.KeyDelete)
	w.k.Win.Canvas().FocusNext()
	press(fyne.KeyReturn)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file still exists: %v", err)
	}
	if len(l.Runs) != 4 || l.Chosen != 0 || l.Runs[0].Targets[0] != "b" || !strings.HasPrefix(l.Total.Text, "4 runs") {
		t.Errorf("listed %q, chosen %d, %q", targetsOf(l), l.Chosen, l.Total.Text)
	}
	if w.k.Win.Canvas().Focused() != fyne.Focusable(l) {
		t.Error("the list has lost the focus")
	}
	press(fyne.KeyReturn)
	if w.k.Asking() || w.log.Len() != 2 || !w.history.Banner.Content.Visible() {
		t.Errorf("Return opens %d rows", w.log.Len())
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestARunInUseIsNotDeleted(t *testing.T) {
	w, l, _ := listed(t)
	l.Choose(slices.IndexFunc(l.Runs, func(r journal.Run) bool { return r.Path == w.con.Journal.Path() }))
	if !l.Remove.Disabled() || l.State(l.Runs[l.Chosen]) != "this window" {
		t.Error("the current run can be deleted")
	}
	other := slices.IndexFunc(l.Runs, func(r journal.Run) bool { return len(r.Targets) > 0 && r.Targets[0] == "b" })
	reader, err := journal.OpenRun(l.Runs[other].Path) // as another window might, after the list was read
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	before := len(l.Runs)
	l.Removed(l.Runs[other], w.con.Files.Remove(l.Runs[other]))
	if _, err := os.Stat(l.Runs[other].Path); err != nil || len(l.Runs) != before || len(w.k.Win.Canvas().Overlays().List()) != 2 {
		t.Errorf("%v, %d runs", err, len(l.Runs))
	}
}

func TestABrokenRunCanBeDeletedButNotOpened(t *testing.T) {
	w, l, _ := listed(t)
	broken := slices.IndexFunc(l.Runs, func(r journal.Run) bool { return r.Err != nil })
	l.Choose(broken)
	if l.Remove.Disabled() || !l.Open.Disabled() {
		t.Errorf("delete %t, open %t", !l.Remove.Disabled(), !l.Open.Disabled())
	}
	path := l.Runs[broken].Path
	l.Removed(l.Runs[broken], w.con.Files.Remove(l.Runs[broken]))
	if _, err := os.Stat(path); !os.IsNotExist(err) || len(l.Runs) != 4 {
		t.Errorf("%v, %d runs", err, len(l.Runs))
	}
}

func TestALongLogIsFilteredOffTheUIThread(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	defer w.log.End()
	for range 100_010 {
		w.con.Journal.Append(record.Record{Kind: record.Event})
	}
	w.refresh()
	if w.log.Len() == 100_010 {
		t.Error("one refresh filtered all records")
	}
	settle(w)
	if w.log.Len() != 100_010 {
		t.Errorf("finally %d rows", w.log.Len())
	}
}

// settle refreshes the window until the log has filtered all records.
func settle(w *window) {
	for w.refresh(); w.log.Model.Progress().Working; w.refresh() {
	}
	w.refresh()
}
