package logpane

import (
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
)

// window is a window with the log and nothing else.
type window struct {
	k   *kit.Kit
	con *console.Console
	log *Pane
}

// testWindow returns a window with these settings, in which background work is done at
// once.
func testWindow(t *testing.T, s settings.Settings) *window {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	return testWindowOf(t, con)
}

// testWindowOf is testWindow with a given console.
func testWindowOf(t *testing.T, con *console.Console) *window {
	t.Helper()
	w := &window{k: kittest.New(t, con.Settings().Language, func(run func()) { run() }), con: con}
	w.k.Work = func(work func()) { work() }
	w.log = New(Config{Kit: w.k, Console: con, Open: func() {}, Changed: func() {}, CopyCurl: func(bool) {}})
	t.Cleanup(w.log.End)
	w.log.Details.Text.Post = nil // wrap and search at once
	w.k.Win.SetContent(w.log.Layout(container.NewVBox()))
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	return w
}

func (w *window) refresh() { w.log.Refresh() }

// event adds an event to the journal and shows it.
func event(w *window, data string) {
	w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, ClientID: "x", Type: "message", ID: "7", Data: data})
	w.refresh()
}

// settle refreshes the log until it has filtered all records.
func settle(w *window) {
	for w.refresh(); w.log.Model.Progress().Working; w.refresh() {
	}
	w.refresh()
}
