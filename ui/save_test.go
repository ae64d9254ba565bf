//go:build !e2e

package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/export"
	"sseconsole/client/record"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// queued makes posted functions run on the test's goroutine, when done is called, which
// waits until no job is running.
func queued(t *testing.T, w *window) (done func()) {
	posted := make(chan func(), 100)
	w.k.Post = func(run func()) { posted <- run }
	return func() {
		t.Helper()
		for deadline := time.After(20 * time.Second); len(w.con.Files.Jobs()) > 0 || len(posted) > 0; {
			select {
			case run := <-posted:
				run()
			case <-deadline:
				t.Fatal("a job does not end")
			default:
			}
		}
		w.refresh()
	}
}

func TestShownAndSelectedRowsCanBeSaved(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, data := range []string{"one", "two", "three"} {
		event(w, data)
		w.con.Journal.Append(record.Record{Kind: record.Chunk, Data: "hidden at first"})
	}
	w.refresh()
	numbers := func(i int) []int64 {
		parts, _ := w.history.SaveParts()
		if parts[i].Numbers == nil {
			return nil
		}
		return slices.Collect(parts[i].Numbers)
	}
	parts, likely := w.history.SaveParts()
	if len(parts) != 2 || likely != 0 || parts[0].Count != 3 || parts[1].Count != 6 {
		t.Fatalf("%+v, likely %d", parts, likely)
	}
	if got := numbers(0); !slices.Equal(got, []int64{1, 3, 5}) {
		t.Errorf("shown %v", got)
	}
	w.log.View.Select(1)
	if _, likely := w.history.SaveParts(); likely != 1 {
		t.Error("a single selected row is proposed for saving")
	}
	if got := numbers(0); !slices.Equal(got, []int64{3}) {
		t.Errorf("selected %v", got)
	}
	w.log.View.SelectAll()
	if parts, likely := w.history.SaveParts(); likely != 0 || parts[0].Count != 3 || !slices.Equal(numbers(0), []int64{1, 3, 5}) {
		t.Errorf("%+v, likely %d", parts, likely)
	}
}

func TestABundleIsSavedAndOpenedAgain(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language, Secrets: []string{"pin"}})
		done := queued(t, w)
		event(w, `{"pin":"1234"}`)
		w.refresh()
		path := filepath.Join(t.TempDir(), "evidence.zip")
		parts, _ := w.history.SaveParts()
		w.con.Files.Save(path, files.SaveRequest{
			Format: files.SaveBundle, From: w.log.From, Numbers: parts[len(parts)-1].Numbers, Secrets: w.con.Settings().Secrets,
			Words: wording.Report{Words: wording.Of(w.k.Texts)}, Version: w.version,
		})
		w.refresh()
		done()
		w.history.OpenFile(path)
		done()
		w.refresh()
		if !w.history.Banner.Content.Visible() || !strings.Contains(w.history.Banner.Text.Text, "evidence.zip") {
			t.Errorf("the banner says %q", w.history.Banner.Text.Text)
		}
		if w.log.Len() != 1 || w.log.From.At(1).Data != `{"pin":"****"}` {
			t.Errorf("%d rows, %+v", w.log.Len(), w.log.From.At(1))
		}
		w.history.Banner.Back.OnTapped()
		w.refresh()
		if w.log.From != logmodel.Records(w.con.Journal) || w.history.Banner.Content.Visible() {
			t.Error("the button does not return to the current run")
		}
	}
}

func TestAFileThatCannotBeOpenedChangesNothingAndSaysWhy(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	done := queued(t, w)
	path := filepath.Join(t.TempDir(), "broken.ndjson")
	if err := os.WriteFile(path, []byte("{\"kind\":\"event\"}\n{\"kind\":\"event\",\"seq\":\"x\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.history.OpenFile(path)
	done()
	if w.k.Win.Canvas().Overlays().Top() == nil || w.history.Banner.Content.Visible() || w.log.From != logmodel.Records(w.con.Journal) {
		t.Error("no dialog, or another log is shown")
	}
}

func TestEveryErrorAboutAFileIsASentence(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		words := wording.Of(catalogue.New(language))
		seen := map[string]bool{}
		for _, err := range []error{
			export.ErrUnknown, export.ErrNotBundle, export.ErrNoRecords, export.ErrNoneKnown, export.ErrBomb, export.ErrDirectory, os.ErrNotExist,
			&record.LineError{Line: 7, Fault: record.NotJSON, Err: os.ErrNotExist}, &record.LineError{Line: 7, Fault: record.NoKind, Err: os.ErrNotExist},
			&record.LineError{Line: 7, Fault: record.BadValue, Err: os.ErrNotExist},
			&record.LineError{Line: 7, Fault: record.TooLong, Err: os.ErrNotExist},
		} {
			text := words.OpenError(err)
			if seen[text] || strings.Contains(text, "<no value>") || strings.HasPrefix(text, "open.") {
				t.Errorf("%v is shown as %q", err, text)
			}
			seen[text] = true
		}
	}
}

func TestEachJobHasARowThatCancelsIt(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, "x")
	done := queued(t, w)
	goOn := make(chan struct{})
	var once sync.Once
	release := func() { once.Do(func() { close(goOn) }) }
	t.Cleanup(release) // before the window is closed, which waits for the jobs
	blocked := func(yield func(int64) bool) { <-goOn }
	dir := t.TempDir()
	for _, name := range []string{"a.ndjson", "b.ndjson"} {
		w.con.Files.Save(filepath.Join(dir, name), files.SaveRequest{Format: files.SaveNDJSON, From: w.con.Journal, Numbers: blocked, Total: 1})
	}
	w.refresh()
	if !w.history.Jobs.Content.Visible() || len(w.history.Jobs.Rows) != 2 || w.history.Jobs.Rows[1].Label.Text != "Saving b.ndjson" {
		t.Fatalf("%d rows", len(w.history.Jobs.Rows))
	}
	w.setLanguage(catalogue.Chinese)
	if got := w.history.Jobs.Rows[0].Label.Text; got != "正在保存 a.ndjson" {
		t.Errorf("in Chinese %q", got)
	}
	w.history.Jobs.Rows[0].Cancel.OnTapped()
	release()
	done()
	if w.history.Jobs.Content.Visible() {
		t.Error("a row stays")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 || files[0].Name() != "b.ndjson" {
		t.Errorf("saved %v", files)
	}
}

func TestThePathOfANewFileIsChecked(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "there.csv")
	if err := os.WriteFile(there, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "new.csv"): "", there: chooser.FileExists, "new.csv": chooser.FileRelative, "": chooser.FileRelative,
		filepath.Join(dir, "none", "new.csv"): chooser.FileNoFolder, filepath.Join(there, "new.csv"): chooser.FileNoFolder, dir: chooser.FileIsFolder,
	} {
		if got := chooser.CheckNew(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// An existing file is unchanged until the new one replaces it.
func TestChoosingAnExistingFileDoesNotChangeIt(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "there.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, settings.Settings{Language: catalogue.English, SaveFolder: dir})
	var chosen []string
	chooser.NewFile(w.k, "there.csv", func(path string) { chosen = append(chosen, path) })
	field, ok := w.k.Win.Canvas().Focused().(*kit.Field)
	if !ok || field.Text != path {
		t.Fatalf("the focus is on %T", w.k.Win.Canvas().Focused())
	}
	if field.SelectedText() != "there" {
		t.Errorf("selected %q, so that typing replaces the wrong part", field.SelectedText())
	}
	field.SetText(path)
	field.OnSubmitted("")
	if text, err := os.ReadFile(path); err != nil || string(text) != "old" || len(chosen) != 1 || chosen[0] != path {
		t.Errorf("chosen %q; the file holds %q: %v", chosen, text, err)
	}
}

func TestAMissingFolderIsNamedAndCreatedFromTheDialog(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "no", "such")
	path := filepath.Join(folder, "a.txt")
	w := testWindow(t, settings.Settings{Language: catalogue.English, SaveFolder: dir})
	var chosen string
	chooser.NewFile(w.k, "a.txt", func(path string) { chosen = path })
	field := w.k.Win.Canvas().Focused().(*kit.Field)
	field.SetText(path)
	field.OnSubmitted("")
	top := w.k.Win.Canvas().Overlays().Top()
	if chosen != "" || top == nil || field.Text != path {
		t.Fatalf("chosen %q, dialog %v, path %q", chosen, top, field.Text)
	}
	said := false
	for _, o := range test.LaidOutObjects(top) {
		switch o := o.(type) {
		case *widget.Label:
			said = said || o.Text == "The folder "+folder+" does not exist."
		case *kit.Button:
			if o.Text == "Create the folder" {
				o.OnTapped()
			}
		}
	}
	if info, err := os.Stat(folder); !said || err != nil || !info.IsDir() {
		t.Fatalf("said %v, %v", said, err)
	}
	field.OnSubmitted("")
	if chosen != path || w.k.Asking() {
		t.Errorf("chosen %q", chosen)
	}
}

func TestAFolderThatCannotBeCreatedIsSaidWithoutLosingTheFocus(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, settings.Settings{Language: catalogue.English, SaveFolder: dir})
	chooser.NewFile(w.k, "a.txt", func(string) {})
	w.k.Win.Canvas().Focused().(*kit.Field).SetText(filepath.Join(dir, "file", "sub", "a.txt"))
	top := w.k.Win.Canvas().Overlays().Top()
	var said []string
	for _, o := range test.LaidOutObjects(top) {
		if b, ok := o.(*kit.Button); ok && b.Text == "Create the folder" {
			w.k.Win.Canvas().Focus(b)
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if w.k.Win.Canvas().Focused() != fyne.Focusable(b) {
				t.Errorf("the focus is on %T", w.k.Win.Canvas().Focused())
			}
		}
	}
	for _, o := range test.LaidOutObjects(top) {
		if l, ok := o.(*widget.Label); ok {
			said = append(said, l.Text)
		}
	}
	if want := "The folder was not created: not a directory"; !slices.Contains(said, want) {
		t.Errorf("said %q", said)
	}
}

func TestEscapeClosesADialog(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	chosen := false
	chooser.NewFile(w.k, "a.txt", func(string) { chosen = true })
	w.k.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.k.Asking() || chosen {
		t.Errorf("open %v, chosen %v", w.k.Asking(), chosen)
	}
	w.history.AskSave()
	if !w.typedKey(fyne.KeyEscape) || w.k.Asking() || w.typedKey(fyne.KeyEscape) {
		t.Error("Escape does not close the dialog if no field has the focus")
	}
}
