//go:build !e2e

package ui

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/ui/command"
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
