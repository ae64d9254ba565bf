//go:build !e2e

package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
)

func TestADialogForFilesSpeaksTheWindowsLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		english: {"Home", "Computer", "Open a file", "Cancel"}, chinese: {"主目录", "计算机", "打开文件", "取消"},
	} {
		w := testWindow(t, console.Settings{Language: language})
		w.chooseOpen()
		var shown []string
		for _, o := range test.LaidOutObjects(w.win.Canvas().Overlays().Top()) {
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
		w.dismiss()
	}
}
