//go:build !e2e

package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

func TestF1ListsEveryKeyWhereverTheFocusIs(t *testing.T) {
	for language, want := range map[string][]string{
		catalogue.English: {"  Ctrl+Shift+X           Drop connection now\n", "  Ctrl+Enter             Send", "  Ctrl+PgUp ", "  Ctrl++ ", "Ctrl+Alt+Shift+1       Columns › Time\n"},
		catalogue.Chinese: {"  Ctrl+Shift+X           立即断开连接\n", "  Enter                  在 clientId 中：订阅\n"},
	} {
		w := testWindow(t, settings.Settings{Language: language})
		f1 := &fyne.KeyEvent{Name: fyne.KeyF1}
		for _, focus := range []fyne.Focusable{w.form.Subscribe, w.form.ClientID, w.form.Text, w.form.Target.URL, w.log.Bar.Field, w.log.View} {
			focus.TypedKey(f1)
			text, ok := w.k.Win.Canvas().Focused().(*widgets.TextView)
			if !ok || !w.k.Asking() {
				t.Fatalf("F1 in a %T shows nothing", focus)
			}
			for _, part := range want {
				if !strings.Contains(text.Text(), part) {
					t.Errorf("%q is not in:\n%s", part, text.Text())
				}
			}
			w.k.Dismiss()
		}
	}
}
