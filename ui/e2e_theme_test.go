//go:build e2e

package ui

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Fyne parses all fonts again at each change of theme.
func TestEndToEndChangingTheThemeLeaksNoMemory(t *testing.T) {
	d := open(t, "")
	background := func() (now any) {
		fyne.DoAndWait(func() {
			now = theme.ColorForWidget(theme.ColorNameBackground, d.w.form.Subscribe)
		})
		return now
	}
	change := func(key string) {
		before := background()
		d.key(key)
		d.until("the colours have changed", func() bool {
			return theme.ColorForWidget(theme.ColorNameBackground, d.w.form.Subscribe) != before
		})
	}
	d.key("alt+5") // light
	change("alt+6")
	before := residentMB(t, os.Getpid())
	for range 5 {
		change("alt+5")
		change("alt+6")
	}
	after := residentMB(t, os.Getpid())
	t.Logf("%d MB before ten changes of theme, %d MB after them", before, after)
	if after-before > 200 {
		t.Errorf("ten changes of theme took %d MB", after-before)
	}
}
