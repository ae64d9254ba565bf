//go:build !e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording/catalogue"
)

// windowIn returns a window whose settings are in dir.
func windowIn(t *testing.T, dir string) *window {
	t.Helper()
	path := filepath.Join(dir, "settings.json")
	if err := (settings.Settings{Language: catalogue.English, Address: "127.0.0.1:0"}).Save(path); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	return testWindowOf(t, con)
}

// end ends a window as its close button does.
func end(w *window) {
	w.remember()
	w.con.Shutdown()
}

func TestAWindowShowsWhatTheLastOneShowed(t *testing.T) {
	dir := t.TempDir()
	w := windowIn(t, dir)
	if w.form.CurrentContent() != settings.DefaultContent || len(w.scope.List) != 0 {
		t.Errorf("the first window has %q and the tabs %q", w.form.CurrentContent(), names(w))
	}
	large := strings.Repeat("数据\n", kit.LargeContent)
	w.form.SetLarge(large)
	w.log.Bar.Field.SetText("type:message")
	w.log.Bar.Apply() // at once: its timer would race with this test
	w.log.SetSplits(0.5, 0.4)
	for _, id := range []string{"ann", "bob", "cay"} {
		w.form.ClientID.SetText(id)
		w.scope.Calling(record.Subscribe, console.Pair{ClientID: id})
	}
	w.refresh()
	w.scope.List[1].Name = "prices"
	w.scope.Choose(w.scope.List[1])
	w.scope.MoveTab(1)
	end(w)

	w = windowIn(t, dir)
	if got := fmt.Sprint(names(w)); got != "[ann cay prices]" || w.scope.Scope() != (console.Scope{One: true, Pair: console.Pair{ClientID: "bob"}}) {
		t.Errorf("tabs %s, scope %+v", got, w.scope.Scope())
	}
	beside, below := w.log.Splits()
	if w.form.CurrentContent() != large || w.log.Filter.String() != "type:message" || beside != 0.5 || below != 0.4 {
		t.Errorf("%d bytes of content, filter %q, splits %v %v", len(w.form.CurrentContent()), w.log.Filter, beside, below)
	}
	for _, tab := range w.scope.List {
		if tab.Word.Text != "Closed" {
			t.Errorf("%s is %s", tab.State.Label.Text, tab.Word.Text)
		}
	}
	w.con.Embedded.Start("127.0.0.1:0")
	w.refresh()
	w.scope.Subscribe(w.scope.List[0])
	until(t, "one click has opened it", func() bool { w.refresh(); return w.scope.List[0].Word.Text == "Open" })
	if got := fmt.Sprint(names(w)); got != "[ann cay prices]" || w.scope.Scope().Pair.ClientID != "ann" {
		t.Errorf("then the tabs are %s, scope %+v", got, w.scope.Scope())
	}
	w.scope.Close(w.scope.List[1])
	if got := fmt.Sprint(names(w)); got != "[ann prices]" {
		t.Errorf("without cay the tabs are %s", got)
	}
}

func TestAnEmptyContentIsRestoredAsEmpty(t *testing.T) {
	dir := t.TempDir()
	w := windowIn(t, dir)
	w.form.Text.SetText("")
	end(w)
	if got := windowIn(t, dir).form.CurrentContent(); got != "" {
		t.Errorf("it is %q", got)
	}
}

func TestAContentWithASecretIsNotRestoredButSaidToBeMissing(t *testing.T) {
	dir := t.TempDir()
	w := windowIn(t, dir)
	w.form.Text.SetText(`{"password": "s3cr3t"}`)
	end(w)
	w = windowIn(t, dir)
	if got := w.form.CurrentContent(); got != settings.DefaultContent {
		t.Errorf("it is %q", got)
	}
	answered(t, w, w.k.T("toast.content_left_out", "Size", "1.0 MiB"))
}

func TestTheNextWindowHasTheRemoteTargetOfTheChosenTab(t *testing.T) {
	dir := t.TempDir()
	w := windowIn(t, dir)
	for _, url := range []string{"http://127.0.0.1:1/a", "http://127.0.0.1:1/b"} {
		w.form.Target.SetURL(url)
		p, _ := w.form.Pair()
		w.scope.Calling(record.Subscribe, p)
		w.refresh()
	}
	w.scope.Choose(w.scope.List[0])
	chosen := w.scope.List[0].Pair()
	end(w)
	if settings := w.con.Settings(); settings.RemoteURL != chosen.Remote {
		t.Errorf("the target is %s", settings.RemoteURL)
	}
}

func TestTwoWindowsRestoreTheirOwnTabs(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		first, second := windowIn(t, dir), windowIn(t, dir)
		for w, id := range map[*window]string{first: "ann", second: "bob"} {
			if len(w.scope.List) == 0 {
				w.scope.Calling(record.Subscribe, console.Pair{ClientID: id})
				w.refresh()
			}
		}
		if a, b := fmt.Sprint(names(first)), fmt.Sprint(names(second)); a != "[ann]" || b != "[bob]" {
			t.Errorf("the windows have %s and %s", a, b)
		}
		end(first)
		end(second)
	}
}

func TestABrokenStateIsPutAsideWithANotice(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "session.json")
	if err := os.WriteFile(path, []byte(`{"version": 1, "tabs`), 0o600); err != nil {
		t.Fatal(err)
	}
	w := windowIn(t, dir)
	w.refresh()
	aside, err := filepath.Glob(path + ".broken-*")
	if err != nil || len(aside) != 1 {
		t.Fatalf("%q, %v", aside, err)
	}
	if got := w.warnings.Texts(); w.log.Len() != 0 || len(got) != 1 || !strings.Contains(got[0], aside[0]) {
		t.Errorf("%d rows, warned of %q", w.log.Len(), got)
	}
}
