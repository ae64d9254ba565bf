//go:build !e2e

package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording/catalogue"
)

func TestAFileDialogUsesTheWindowsLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		catalogue.English: {"Home", "Computer", "Open a file", "Cancel"}, catalogue.Chinese: {"主目录", "计算机", "打开文件", "取消"},
	} {
		w := testWindow(t, settings.Settings{Language: language})
		chooser.Show(w.k, dialog.NewFileOpen(nil, w.k.Win), w.k.T("open.choose"))
		var shown []string
		for _, o := range test.LaidOutObjects(w.k.Win.Canvas().Overlays().Top()) {
			switch o := o.(type) {
			case *widget.Label:
				shown = append(shown, o.Text)
			case *widget.Button:
				shown = append(shown, o.Text)
			}
		}
		for _, text := range want {
			if !slices.Contains(shown, text) {
				t.Errorf("%s: %q lacks %q", language, shown, text)
			}
		}
		w.k.Dismiss()
	}
}

func TestAFileIsChosenByTypingItsPath(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "stream.txt")
	if err := os.WriteFile(path, []byte("data: x\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, settings.Settings{Language: catalogue.English, SaveFolder: dir})
	var chosen string
	chooser.OldFile(w.k, "Title", "Open", func(path string) { chosen = path })
	field := w.k.Win.Canvas().Focused().(*kit.Field)
	if field.Text != dir+"/" || field.CursorColumn != len(dir)+1 {
		t.Errorf("initially %q, cursor at %d", field.Text, field.CursorColumn)
	}
	for text, want := range map[string]string{
		"stream.txt": "Enter an absolute path.", filepath.Join(dir, "no"): "There is no such file.", dir: "This is a folder. Enter the name of a file in it.",
	} {
		field.SetText(text)
		field.OnSubmitted(text)
		said := false
		for _, o := range test.LaidOutObjects(w.k.Win.Canvas().Overlays().Top()) {
			if l, ok := o.(*widget.Label); ok && l.Text == want {
				said = true
			}
		}
		if !said || chosen != "" {
			t.Errorf("%s: want %q to be shown; chosen %q", text, want, chosen)
		}
	}
	field.SetText(path)
	field.OnSubmitted(path)
	if chosen != path || w.k.Asking() {
		t.Errorf("chosen %q", chosen)
	}
}

func TestADroppedFileIsOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stream.txt")
	if err := os.WriteFile(path, []byte("data: dropped\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	done := queued(t, w)
	w.history.Dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	done()
	if !w.history.Banner.Content.Visible() {
		t.Error("the file is not shown")
	}
}
