//go:build !e2e

package ui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/command"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// Fyne draws the shortcut of an item in a fifth of the text's colour.
func TestTheKeysInMenusAreAsReadableAsTheirItems(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	th := w.k.App.Settings().Theme()
	readable := []color.Color{th.Color(theme.ColorNameForeground, theme.VariantDark), th.Color(theme.ColorNameDisabled, theme.VariantDark)}
	for i, menu := range w.menu.main.Items {
		shown := ""
		for _, item := range widget.NewMenu(menu).Items {
			if item, ok := item.(fyne.Widget); ok {
				for _, o := range test.WidgetRenderer(item).Objects() {
					if text, ok := o.(*canvas.Text); ok {
						shown += text.Text + "\n"
						if text.Color != readable[0] && text.Color != readable[1] {
							t.Errorf("%q is drawn in %v", text.Text, text.Color)
						}
					}
				}
			}
		}
		for _, c := range w.commands.Menu(command.Menus()[i]) {
			if len(c.Keys) > 0 && c.Place.Sub == "" && !strings.Contains(shown, c.Keys[0].String()+"\n") {
				t.Errorf("the menu does not show %v of %s", c.Keys[0], c.ID)
			}
		}
	}
}

func TestKeysInAMenuStandBelowEachOther(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.Chinese})
	width := func(s string) float32 { return fyne.MeasureText(s, 13, fyne.TextStyle{}).Width }
	for _, menu := range w.menu.main.Items {
		var first float32
		for _, item := range menu.Items {
			if item.Shortcut == nil {
				continue
			}
			words := strings.Fields(item.Label)
			x := width(strings.TrimSuffix(item.Label, words[len(words)-1]))
			if first == 0 {
				first = x
			}
			if x < first-3 || x > first+3 {
				t.Errorf("%q begins its keys at %v, not at %v", item.Label, x, first)
			}
		}
	}
}

func TestAMenusTitleShowsItsKey(t *testing.T) {
	for want, title := range map[string]string{"F\u0332ile": "File", "Ser\u0332ver": "Server", "文件(F\u0332)": "文件"} {
		key := fyne.KeyF
		if title == "Server" {
			key = fyne.KeyR
		}
		if got := menuTitle(title, key); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, menu := range command.Menus() {
		if mnemonic(menu) == "" {
			t.Errorf("%s has no key", menu)
		}
	}
}

func TestTheWindowZoomsByLevelsWithinLimits(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	size := func() string {
		th := w.k.App.Settings().Theme()
		return fmt.Sprintf("%.1f %.1f", th.Size(theme.SizeNameText), th.Size(theme.SizeNamePadding))
	}
	usual := size()
	run := func(id string) string {
		commandOf(t, w, id).Run()
		return size()
	}
	if got := run("zoom_in"); got != "14.3 3.3" {
		t.Errorf("text and padding %s", got)
	}
	if z := w.con.Settings().Zoom; z != 110 {
		t.Errorf("zoom %d is remembered", z)
	}
	w.con.UpdateSettings(func(s *settings.Settings) { s.Zoom = 225 })
	run("zoom_in")
	run("zoom_in")
	if z := w.con.Settings().Zoom; z != 250 {
		t.Errorf("the largest zoom is %d", z)
	}
	w.con.UpdateSettings(func(s *settings.Settings) { s.Zoom = 70 })
	run("zoom_out")
	run("zoom_out")
	if z := w.con.Settings().Zoom; z != 60 {
		t.Errorf("the smallest zoom is %d", z)
	}
	if got := run("zoom_none"); got != usual || w.con.Settings().Zoom != 0 {
		t.Errorf("%s, want %s", got, usual)
	}
	w.con.UpdateSettings(func(s *settings.Settings) { s.Zoom = 120 })
	if run("zoom_in"); w.con.Settings().Zoom != 125 {
		t.Errorf("%d above 120", w.con.Settings().Zoom)
	}
	w.con.UpdateSettings(func(s *settings.Settings) { s.Zoom = 120 })
	if run("zoom_out"); w.con.Settings().Zoom != 110 {
		t.Errorf("%d below 120", w.con.Settings().Zoom)
	}
	run("zoom_none")
}
