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

	"sseconsole/client/record"
	"sseconsole/ui/command"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// answered checks the toasts, and ends them.
func answered(t *testing.T, w *window, want ...string) {
	t.Helper()
	if got := w.k.Toasts(); !slices.Equal(got, want) {
		t.Errorf("answered by %q, want %q", got, want)
	}
	w.k.EndToasts(time.Now().Add(time.Hour))
}

func TestACallThatCannotBeMadeIsAnswered(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Side: settings.SideRemote})
	w.log.Empty.Button.OnTapped()
	answered(t, w, w.k.T("why.no_address"))
	w.form.ClientID.OnSubmitted("")
	answered(t, w, w.k.T("why.no_address"))
}

func TestCopyingIsAnswered(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, "hello")
	event(w, "bye")
	w.log.View.Select(0)
	w.log.Details.Copy()
	answered(t, w, "Copied 5 bytes")
	w.log.View.SelectAll()
	w.log.View.TypedShortcut(command.Key{Name: fyne.KeyC, Modifier: command.Ctrl}.Shortcut())
	answered(t, w, "Copied 2 rows")
	w.setLanguage(catalogue.Chinese)
	w.log.View.TypedShortcut(command.Key{Name: fyne.KeyC, Modifier: command.Ctrl}.Shortcut())
	answered(t, w, "已复制 2 行")
}

func TestTheWindowEndsToasts(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	before := w.look(time.Now())
	w.k.Toast("a", "", nil)
	if now := w.look(time.Now().Add(time.Second)); now.toasts != before.toasts {
		t.Error("the window is refreshed for a toast that stays")
	}
	if later := w.look(time.Now().Add(time.Minute)); later.toasts == before.toasts {
		t.Error("the window is not refreshed for a toast that ends")
	}
}

func TestNoticesOfTheProgramAreNoRowsButToasts(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	notice := func(code record.NoticeCode, about, detail string) {
		r := record.NewNotice(code, about, detail)
		r.Target = record.EmbeddedTarget
		w.con.Intake.Add(r)
		w.refresh()
	}
	notice(record.NoticeServerStarted, "http://127.0.0.1:8080", "")
	notice(record.NoticeModeSet, "polling", "")
	answered(t, w) // nobody has asked for the first start
	notice(record.NoticeServerStopped, "127.0.0.1:8080", "")
	answered(t, w, "The embedded server has stopped")
	notice(record.NoticeServerStarted, "http://127.0.0.1:8080", "")
	answered(t, w, "The embedded server is listening at http://127.0.0.1:8080")
	notice(record.NoticeSaved, "/home/ann/log.txt", "")
	answered(t, w, "Saved as /home/ann/log.txt")
	notice(record.NoticeReplaced, "", "")
	answered(t, w)
	if w.log.Len() != 1 {
		t.Errorf("%d rows, want the one about a stream", w.log.Len())
	}
	show := commandOf(t, w, "show_notices")
	show.Run()
	if w.log.Len() != 6 || !show.Checked() || !w.con.Settings().Notices {
		t.Errorf("%d rows with all notices", w.log.Len())
	}
	if show.Run(); w.log.Len() != 1 || show.Checked() {
		t.Errorf("%d rows after switching back", w.log.Len())
	}
}

func TestTroubleStaysUntilItIsDismissed(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, r := range []record.Record{
		record.NewNotice(record.NoticeNotSaved, "/full/log.txt", "no space left on device"),
		record.NewNotice(record.NoticeSettingsNotSaved, "/full/settings.json", "no space left on device"),
		record.NewNotice(record.NoticeJournalStopped, "/full", "no space left on device"),   // has its own bar
		record.NewNotice(record.NoticeServerNotStarted, "127.0.0.1:1", "permission denied"), // the form says so
		record.NewNotice(record.NoticeNotSaved, "/full/log.txt", "no space left on device"),
	} {
		w.con.Intake.Add(r)
	}
	w.refresh()
	answered(t, w)
	want := []string{"The settings cannot be saved: /full/settings.json: no space left on device", "Not saved: /full/log.txt: no space left on device"}
	if got := w.warnings.Texts(); !slices.Equal(got, want) || !w.warnings.Content.Visible() {
		t.Errorf("warned of %q", got)
	}
	w.setLanguage(catalogue.Chinese)
	if got := w.warnings.Texts(); len(got) != 2 || !strings.HasPrefix(got[1], "未能保存") && !strings.Contains(got[1], "保存") {
		t.Errorf("in Chinese %q", got)
	}
	w.warnings.Dismiss()
	w.warnings.Dismiss()
	if w.warnings.Content.Visible() || len(w.warnings.Texts()) > 0 {
		t.Errorf("%q after dismissing all", w.warnings.Texts())
	}
}

func TestTroubleAtTheStartIsShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	w := testWindowOf(t, con)
	if got := w.warnings.Texts(); len(got) != 1 || !strings.Contains(got[0], path+".broken") {
		t.Errorf("warned of %q", got)
	}
}

func TestSettingsThatOnlyTheMenuShowsAreAnswered(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	press(w, commandOf(t, w, "method_post").Keys[0])
	answered(t, w, "HTTP method of Send and Close › Use POST: on")
	press(w, commandOf(t, w, "chromium").Keys[0])
	answered(t, w, "Send Chromium's headers, with compression: on")
	press(w, commandOf(t, w, "chromium").Keys[0])
	answered(t, w, "Send Chromium's headers, with compression: off")
}
