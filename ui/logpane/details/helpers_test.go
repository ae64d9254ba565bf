package details

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
)

// window is a window with the details and nothing else.
type window struct {
	k        *kit.Kit
	con      *console.Console
	d        *Details
	filtered string // the last filter asked for
}

// testWindow returns a window with these settings, in which background work is done at
// once.
func testWindow(t testing.TB, s settings.Settings) *window {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	w := &window{k: kittest.New(t, con.Settings().Language, func(run func()) { run() }), con: con}
	w.k.Work = func(work func()) { work() }
	model := logmodel.NewLog(con.Journal, logmodel.Query{})
	t.Cleanup(model.Close)
	w.d = New(Config{
		Kit: w.k, Console: con,
		From: func() logmodel.Records { return con.Journal },
		Connection: func(r *record.Record) (_, _ *record.Record) {
			model.Refresh()
			return model.Connection(r, math.MaxInt)
		},
		FilterBy: func(line string) { w.filtered = line },
	})
	w.d.Text.Post = nil // wrap and search at once
	w.k.Win.SetContent(w.d.Content)
	w.k.Win.Resize(fyne.NewSize(900, 600))
	return w
}

// event adds an event to the journal.
func event(w *window, data string) {
	w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, ClientID: "x", Type: "message", ID: "7", Data: data})
}

// show shows a record, by its place in the journal; -1 is the last.
func (w *window) show(i int64) {
	first, last := w.con.Journal.Bounds()
	if i < 0 {
		i = last - first
	}
	w.d.Show(w.con.Journal.At(first + i))
}
