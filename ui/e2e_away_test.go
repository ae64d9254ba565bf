//go:build e2e

package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/ui/console/settings"
)

func TestEndToEndTheDesktopTellsWhatEndsWhileTheWindowIsMinimized(t *testing.T) {
	d := open(t, "")
	told := make(chan string, 9)
	fyne.DoAndWait(func() {
		d.w.con.UpdateSettings(func(s *settings.Settings) { s.Notify = true })
		d.w.notify = func(title, text string) error {
			told <- title + ": " + text
			return nil
		}
	})
	d.key("space")
	d.untilOpen()
	anchor := strings.Fields(d.x("search", "--name", "^anchor$"))
	d.x("windowminimize", anchor[0]) // otherwise it gets the focus
	d.x("windowminimize", d.id)
	d.until("the window has lost the focus", func() bool { return d.w.absence.away })
	d.w.con.Embedded.Stop()
	d.until("the stream has ended", func() bool { return d.subscription().Status.ReadyState != client.Open })
	d.until("the desktop tells it", func() bool { return len(told) > 0 })
	if got := <-told; !strings.HasPrefix(got, "demo · Embedded: ") {
		t.Errorf("it tells %q", got)
	}
	d.x("windowactivate", "--sync", d.id)
	d.until("the window has the focus again", func() bool { return !d.w.absence.away })
}
