//go:build !e2e

package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console"
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
	con.UpdateSettings(func(s *console.Settings) { s.Language = english })
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
	if w.win.Canvas().Overlays().Top() == nil {
		t.Error("the list of runs does not open")
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
