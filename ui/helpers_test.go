//go:build !e2e

package ui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/tabs"
)

// testWindow returns a window without a display, whose server is stopped.
func testWindow(t *testing.T, settings settings.Settings) *window {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := settings.Save(path); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	return testWindowOf(t, con)
}

// testWindowOf is testWindow with a given console.
func testWindowOf(t *testing.T, con *console.Console) *window {
	t.Helper()
	w := newWindow(kittest.Fonts(t), kittest.App(), con, "test", func(run func()) { run() })
	t.Cleanup(w.k.Win.Close)
	w.k.Work = func(work func()) { work() }
	w.log.Details.Text.Post = nil // wrap and search at once
	return w
}

// shownTexts returns every text that the window shows in Fyne's own widgets.
func shownTexts(w *window) []string {
	var found []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case *container.Split:
			walk(o.Leading)
			walk(o.Trailing)
		case *container.Scroll:
			walk(o.Content)
		case *container.ThemeOverride:
			walk(o.Content)
		case *tabs.Tab:
			found = append(found, o.State.Label.Text, o.Word.Text)
		case *widget.Check:
			found = append(found, o.Text)
		case *widget.Select:
			found = append(found, o.Options...)
		case *widget.Label:
			found = append(found, o.Text)
		case *kit.Button:
			found = append(found, o.Text)
		case *widget.RadioGroup:
			found = append(found, o.Options...)
		case *kit.Field:
			found = append(found, o.PlaceHolder)
		case interface {
			Text() (name, address, state string)
		}: // the where-to field
			name, _, state := o.Text()
			found = append(found, name, state)
		case *kit.ContentField:
			found = append(found, o.PlaceHolder)
		}
	}
	walk(w.k.Win.Content())
	found = append(found, w.form.Reason.Text)
	walk(w.scope.Parts)
	for _, m := range w.menu.main.Items {
		found = append(found, m.Label)
		for _, i := range m.Items {
			text, _, _ := strings.Cut(i.Label, "  ") // without its keys
			found = append(found, text)
		}
	}
	return found
}

// event adds an event to the journal and shows it.
func event(w *window, data string) {
	w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, ClientID: "x", Type: "message", ID: "7", Data: data})
	w.refresh()
}
