//go:build e2e

package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/wording/catalogue"
)

// find types into the palette, or pastes what the keyboard does not have, and waits until
// its first row is want.
func (d *desk) find(query, want string) {
	d.t.Helper()
	d.until("the palette is open", func() bool { return d.w.k.Win.Canvas().Focused() == d.w.palette.Field })
	d.key("ctrl+a")
	if ascii := !strings.ContainsFunc(query, func(r rune) bool { return r > 127 }); ascii {
		d.typed(query)
	} else {
		fyne.DoAndWait(func() { theApp.Clipboard().SetContent(query) })
		d.key("ctrl+v")
	}
	d.until(query+" finds "+want, func() bool {
		found := d.w.palette.Texts()
		return len(found) > 0 && strings.Contains(found[0], want)
	})
}

// enter presses Enter in the palette and waits for the effect.
func (d *desk) enter(what string, so func() bool) {
	d.t.Helper()
	d.key("Return")
	d.until("the palette is closed", func() bool { return !d.w.k.Asking() })
	d.until(what, so)
}

func TestEndToEndThePaletteRunsCommandsOfBothLanguages(t *testing.T) {
	d := open(t, "")
	theme := func(name string) func() bool {
		return func() bool { return d.w.con.Settings().Theme == name }
	}
	for _, language := range catalogue.Languages() {
		fyne.DoAndWait(func() { d.w.setLanguage(language) })
		dark, light := d.w.k.T("menu.theme_dark"), d.w.k.T("menu.theme_light")
		d.key("ctrl+k")
		d.find("dark theme", dark)
		d.enter("the theme is dark", theme(look.Dark))
		d.key("ctrl+k")
		d.until("the last command is the first row", func() bool { return strings.Contains(d.w.palette.Texts()[0], dark) })
		d.find("浅色", light)
		d.enter("the theme is light", theme(look.Light))
	}
	d.key("ctrl+k", "ctrl+k")
	d.until("the same key closes it", func() bool { return !d.w.k.Asking() })
}

func TestEndToEndThePaletteMovesByKeysAndMouse(t *testing.T) {
	d := open(t, "")
	chosen := func(i int) func() bool { return func() bool { return d.w.palette.Chosen == i } }
	d.key("ctrl+k", "Down", "Down")
	d.until("the third row is chosen", chosen(2))
	d.key("Next")
	d.until("a page further", func() bool { return d.w.palette.Chosen > 8 })
	d.key("Prior", "Up")
	d.until("back", chosen(1))
	d.find("reconnect from", d.w.k.T("menu.reconnect"))
	d.key("Return") // it is disabled
	d.clickFirst()
	if !d.w.k.Asking() || d.w.k.Win.Canvas().Focused() != d.w.palette.Field {
		t.Error("a disabled command closes the palette or takes the focus")
	}
	d.find("subscribe", d.w.k.T("menu.subscribe"))
	d.clickFirst()
	d.untilOpen()
	d.key("ctrl+k")
	d.find("demo subscription", "demo")
	d.enter("its tab is chosen", func() bool { return d.w.scope.Scope().Pair.ClientID == "demo" })
	d.key("ctrl+k", "Escape")
	d.until("Escape closes it", func() bool { return !d.w.k.Asking() })
	d.key("ctrl+k")
	d.clickAt(10, d.w.k.Win.Canvas().Size().Height-10, "1")
	d.until("a click beside it closes it", func() bool { return !d.w.k.Asking() })
	if s := d.subscription(); s.Status.ReadyState != client.Open {
		t.Error("the click reached something below")
	}
}

// clickFirst clicks on the first row of the palette.
func (d *desk) clickFirst() {
	d.t.Helper()
	at, _ := d.placeOf(d.w.palette.List)
	d.clickAt(at.X+50, at.Y+12, "1")
}

func TestEndToEndF1ListsTheKeysWhereverTheFocusIs(t *testing.T) {
	d := open(t, "")
	for _, focus := range []fyne.Focusable{d.w.form.Subscribe, d.w.form.Engine, d.w.form.Text, d.w.log.Kinds.Checks[0].Button} {
		fyne.DoAndWait(func() { d.w.k.Win.Canvas().Focus(focus) })
		d.key("F1")
		d.until("the keys are listed", func() bool {
			return d.w.k.Win.Canvas().Focused() == d.w.palette.Field && slices.Contains(d.w.palette.Texts(), d.w.k.T("keys.extend"))
		})
		d.find("ctrl+shift+x", d.w.k.T("menu.drop"))
		d.key("Escape")
		d.until("the list is closed", func() bool { return !d.w.k.Asking() && d.w.k.Win.Canvas().Focused() == focus })
	}
}
