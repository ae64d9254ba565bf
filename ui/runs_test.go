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
	"sseconsole/ui/wording/catalogue"
)

func TestAnEarlierRunIsShownAndLeftAgain(t *testing.T) {
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
	con.UpdateSettings(func(s *console.Settings) { s.Language = catalogue.English })
	w := testWindowOf(t, con)
	event(w, "now")
	var runs []journal.Run
	for deadline := time.Now().Add(20 * time.Second); len(runs) != 2 || !runs[0].InUse; { // its file is begun in the background
		if runs, err = con.Runs(); err != nil || time.Now().After(deadline) {
			t.Fatalf("%+v, %v", runs, err)
		}
	}
	w.openRun(runs[1])
	if w.log.Len() != 2 || w.log.Row(1).Cells[7].Text != "two" {
		t.Errorf("%d rows of the earlier run", w.log.Len())
	}
	if !w.banner.content.Visible() || !strings.Contains(w.banner.text.Text, "2 records") || !strings.Contains(w.banner.text.Text, "h:1/demo/sse") {
		t.Errorf("the banner says %q", w.banner.text.Text)
	}
	w.log.view.Select(1)
	if got := w.details.text.Text(); got != "two" {
		t.Errorf("details: %q", got)
	}
	event(w, "meanwhile")
	if w.log.Len() != 2 {
		t.Error("what comes now is among the rows of an earlier run")
	}
	w.banner.back.OnTapped()
	if w.log.Len() != 2 || w.log.Row(0).Cells[7].Text != "now" || w.log.Row(1).Cells[7].Text != "meanwhile" || w.banner.content.Visible() {
		t.Errorf("back in this run there are %d rows", w.log.Len())
	}

	if err := os.WriteFile(filepath.Join(dir, "broken"+filepath.Ext(runs[1].Path)), []byte("no journal"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.listRuns(runs)
	if w.k.Win.Canvas().Overlays().Top() == nil {
		t.Error("the list of runs does not open")
	}
}

// listed opens the list of runs with this one, three earlier ones, and a broken one.
func listed(t *testing.T) (w *window, l *runList, dir string) {
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
	con.UpdateSettings(func(s *console.Settings) { s.Language = catalogue.English })
	w = testWindowOf(t, con)
	event(w, "now")
	until(t, "this run is in its file", func() bool { runs, err := con.Runs(); return err == nil && len(runs) == 5 })
	w.chooseRun()
	return w, w.k.Win.Canvas().Focused().(*runList), dir
}

// targetsOf are the first targets of the runs in a list, "!" for a broken one.
func targetsOf(l *runList) string {
	var text string
	for _, r := range l.runs {
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
	r := newRunRow(l)
	r.set(slices.IndexFunc(l.runs, func(run journal.Run) bool { return run.Err == nil && l.state(run) == "" }))
	r.MouseDown(&desktop.MouseEvent{})
	if l.chosen != r.i || !w.k.Asking() {
		t.Errorf("one click: run %d is chosen", l.chosen)
	}
	r.MouseDown(&desktop.MouseEvent{})
	until(t, "it is open", func() bool { return w.banner.content.Visible() })
}

func TestTheListOfRunsIsSortedByEachColumnAndKeepsTheChosenOne(t *testing.T) {
	_, l, _ := listed(t)
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			l.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	if l.chosen != 0 || l.runs[0].Path != l.w.con.Journal.Path() || !l.remove.Disabled() {
		t.Errorf("first the newest: %q, chosen %d", targetsOf(l), l.chosen)
	}
	l.sortBy(runTargets)
	if got := targetsOf(l); strings.Trim(got, "-!") != "abc" {
		t.Errorf("by target: %q", got)
	}
	key(fyne.KeyEnd)
	chosen := l.runs[l.chosen]
	l.sortBy(runRecords)
	if got := targetsOf(l); !strings.HasPrefix(got, "ab") {
		t.Errorf("by records: %q", got)
	}
	l.sortBy(runRecords)
	if got := targetsOf(l); !strings.HasSuffix(got, "ba") || l.runs[l.chosen].Path != chosen.Path {
		t.Errorf("by records, the fewest first: %q", got)
	}
	l.sortBy(runSize)
	if l.runs[0].Bytes < l.runs[1].Bytes || l.runs[1].Bytes < l.runs[2].Bytes {
		t.Errorf("by size: %q", targetsOf(l))
	}
	if want := "5 runs, "; !strings.HasPrefix(l.total.Text, want) {
		t.Errorf("in sum %q", l.total.Text)
	}
}

func TestARunIsDeletedAfterAQuestionByKeysAlone(t *testing.T) {
	w, l, dir := listed(t)
	l.sortBy(runRecords) // a, b, then those with one record
	l.choose(0)
	path := l.runs[0].Path
	press := func(name fyne.KeyName) { w.k.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	press(fyne.KeyDelete)
	if len(w.k.Win.Canvas().Overlays().List()) != 2 {
		t.Fatal("no question")
	}
	press(fyne.KeyEscape) // no
	if _, err := os.Stat(path); err != nil || len(w.k.Win.Canvas().Overlays().List()) != 1 {
		t.Fatal("deleted without a yes")
	}
	w.k.Win.Canvas().Focus(l)
	press(fyne.KeyDelete)
	w.k.Win.Canvas().FocusNext()
	press(fyne.KeyReturn)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
	if len(l.runs) != 4 || l.chosen != 0 || l.runs[0].Targets[0] != "b" || !strings.HasPrefix(l.total.Text, "4 runs") {
		t.Errorf("listed %q, chosen %d, %q", targetsOf(l), l.chosen, l.total.Text)
	}
	if w.k.Win.Canvas().Focused() != fyne.Focusable(l) {
		t.Error("the list has lost the focus")
	}
	press(fyne.KeyReturn)
	if w.k.Asking() || w.log.Len() != 2 || !w.banner.content.Visible() {
		t.Errorf("Return opens %d rows", w.log.Len())
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestARunThatIsInUseIsNotDeleted(t *testing.T) {
	w, l, _ := listed(t)
	l.choose(slices.IndexFunc(l.runs, func(r journal.Run) bool { return r.Path == w.con.Journal.Path() }))
	if !l.remove.Disabled() || l.state(l.runs[l.chosen]) != "this window" {
		t.Error("this run can be deleted")
	}
	other := slices.IndexFunc(l.runs, func(r journal.Run) bool { return len(r.Targets) > 0 && r.Targets[0] == "b" })
	reader, err := journal.OpenRun(l.runs[other].Path) // as another window does after the list was made
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	before := len(l.runs)
	l.removed(l.runs[other], w.con.RemoveRun(l.runs[other]))
	if _, err := os.Stat(l.runs[other].Path); err != nil || len(l.runs) != before || len(w.k.Win.Canvas().Overlays().List()) != 2 {
		t.Errorf("%v, %d runs", err, len(l.runs))
	}
}

func TestARunThatIsBrokenCanBeDeletedButNotOpened(t *testing.T) {
	w, l, _ := listed(t)
	broken := slices.IndexFunc(l.runs, func(r journal.Run) bool { return r.Err != nil })
	l.choose(broken)
	if l.remove.Disabled() || !l.open.Disabled() {
		t.Errorf("delete %t, open %t", !l.remove.Disabled(), !l.open.Disabled())
	}
	path := l.runs[broken].Path
	l.removed(l.runs[broken], w.con.RemoveRun(l.runs[broken]))
	if _, err := os.Stat(path); !os.IsNotExist(err) || len(l.runs) != 4 {
		t.Errorf("%v, %d runs", err, len(l.runs))
	}
}

func TestALongLogIsTakenUpOffTheUIThread(t *testing.T) {
	w := testWindow(t, console.Settings{})
	defer w.log.end()
	for range 100_010 {
		w.con.Journal.Append(record.Record{Kind: record.Event})
	}
	w.refresh()
	if w.log.Len() == 100_010 {
		t.Error("one refresh looked at everything")
	}
	settle(w)
	if w.log.Len() != 100_010 {
		t.Errorf("%d rows in the end", w.log.Len())
	}
}

// settle refreshes the window until the log has looked at all records.
func settle(w *window) {
	for w.refresh(); w.log.model.Progress().Working; w.refresh() {
	}
	w.refresh()
}
