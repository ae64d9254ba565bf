//go:build !e2e

package ui

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/wording/catalogue"
)

func TestF1ListsEveryKeyWhereverTheFocusIs(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	f1 := &fyne.KeyEvent{Name: fyne.KeyF1}
	for _, focus := range []fyne.Focusable{w.form.Subscribe, w.form.ClientID, w.form.Text, w.form.Target.Where, w.log.Bar.Field, w.log.View} {
		focus.TypedKey(f1)
		if w.k.Win.Canvas().Focused() != w.palette.Field {
			t.Fatalf("F1 in a %T shows nothing", focus)
		}
		w.k.Dismiss()
	}
	listed := map[string]string{} // keys by name
	for _, i := range w.paletteKeys() {
		listed[i.Name] = i.Keys
	}
	for _, c := range w.commands {
		if keys, ok := listed[label(w.k.T, c)]; ok != (len(c.Keys) > 0) || keys != c.Keys.String() {
			t.Errorf("%s has the keys %v, listed are %q", c.ID, c.Keys, keys)
		}
	}
}

func TestKeysAreFoundInBothLanguages(t *testing.T) {
	for _, language := range catalogue.Languages() {
		w := testWindow(t, settings.Settings{Language: language})
		for query, want := range map[string]string{
			"drop conn":    "drop",
			"立即断开":         "drop",
			"TIME columns": "column_time",
			"ctrl+shift+x": "drop",
			"帮助 f1":        "keys",
		} {
			w.palette.OpenKeys()
			w.palette.Field.SetText(query)
			if got, want := w.palette.Texts(), label(w.k.T, commandOf(t, w, want)); !slices.Contains(got, want) || len(got) > 5 {
				t.Errorf("%s: %q finds %q, want %s", language, query, got, want)
			}
			w.palette.OpenKeys() // closes it
		}
	}
}

func TestThePaletteFindsWhatTheWindowHas(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, RemoteURLs: []string{"http://far.example/demo?token=secret"}})
	w.con.Subscribe(console.Pair{Remote: "http://127.0.0.1:1/x", ClientID: "ann"}, "")
	for len(w.con.Subscriptions()) == 0 {
		runtime.Gosched()
	}
	w.refresh()
	w.openPalette()
	choose := func(query, want string) {
		t.Helper()
		w.palette.Field.SetText(query)
		if got := w.palette.Texts(); len(got) == 0 || !strings.Contains(got[0], want) {
			t.Fatalf("%q finds %q", query, got)
		}
		w.palette.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	choose("订阅 ann", "ann · 127.0.0.1:1/x")
	if p, _ := w.form.Pair(); p.ClientID != "ann" || w.scope.Scope().Pair != p {
		t.Errorf("the form shows %+v", p)
	}
	w.openPalette()
	choose("地址 far", "http://far.example/demo?token=•••")
	if p, _ := w.form.Pair(); p.Remote != "http://far.example/demo?token=secret" || p.ClientID != "ann" {
		t.Errorf("the form shows %+v", p)
	}
	w.openPalette()
	choose("theme dark", "Dark")
	if w.con.Settings().Theme != look.Dark {
		t.Error("the command did not run")
	}
	w.openPalette()
	if got := w.palette.Texts(); !strings.Contains(got[0], "Dark") || !strings.Contains(got[1], "far.example") {
		t.Errorf("the last chosen are not first: %q", got[:3])
	}
	for _, id := range w.con.Settings().Chosen {
		if strings.Contains(id, "secret") {
			t.Errorf("%s is remembered", id)
		}
	}
}

func TestThePaletteFindsEarlierRuns(t *testing.T) {
	runs := t.TempDir()
	before := console.New(console.Config{Runs: runs})
	before.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, Target: "shop.example", ClientID: "x"})
	before.Shutdown()
	con := console.New(console.Config{Runs: runs})
	t.Cleanup(con.Shutdown)
	w := testWindowOf(t, con)
	w.openPalette()
	w.palette.Field.SetText("run shop.example")
	if got := w.palette.Texts(); len(got) != 1 {
		t.Fatalf("found %q", got)
	}
	w.palette.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.history.Banner.Reader == nil {
		t.Error("the run is not shown")
	}
	w.history.Banner.Back.OnTapped()
}
