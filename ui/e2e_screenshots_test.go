//go:build e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/scenario"
	"sseconsole/ui/console"
	"sseconsole/ui/kit/look"
)

// TestScreenshots writes the pictures of the documents to the directory SSECONSOLE_SHOTS
// (make screenshots). It presses keys as a person does, and is no test of anything.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("SSECONSOLE_SHOTS")
	if dir == "" {
		t.Skip("SSECONSOLE_SHOTS says nothing")
	}
	d := open(t, "")
	shoot := func(name string) {
		d.x("mousemove", "1", "1")
		time.Sleep(700 * time.Millisecond) // tips, toasts of the last step, and the plot's next second
		var err error
		fyne.DoAndWait(func() { err = savePicture(d.w.k.Win, filepath.Join(dir, name+".png")) })
		if err != nil {
			t.Fatal(err)
		}
	}
	d.key("alt+8", "alt+6")
	if os.Getenv("FYNE_SCALE") == "2" {
		d.busy()
		shoot("scale-2")
		return
	}
	shoot("first-start")
	d.busy()
	shoot("busy")
	d.key("alt+s")
	shoot("server-tab")
	d.key("alt+l", "alt+5")
	shoot("light")
	fyne.DoAndWait(func() { d.w.setTheme(look.Contrast) })
	shoot("high-contrast")
	d.key("alt+6", "alt+9")
	shoot("chinese")
	d.key("alt+8", "ctrl+k")
	d.typed("eng")
	shoot("palette")
	d.key("Escape")
	d.choose(record.Event, `{`)
	shoot("json-details")
	fyne.DoAndWait(func() { d.w.k.Win.Resize(fyne.NewSize(800, 500)) })
	d.until("it is small", func() bool { return d.w.k.Win.Canvas().Size().Width < 850 })
	shoot("small")
	fyne.DoAndWait(func() { d.w.k.Win.Resize(fyne.NewSize(firstWidth, firstHeight)) })
	d.w.con.Subscribe(console.Pair{Remote: "http://127.0.0.1:9/demo/sse", ClientID: "far"}, "")
	d.until("its connection is refused", func() bool { return len(d.records(record.End))+len(d.records(record.Fail)) > 0 })
	shoot("error")
}

// busy subscribes three times and plays a scenario to them.
func (d *desk) busy() {
	d.t.Helper()
	for _, id := range []string{"demo", "ann", "bob"} {
		p := console.Pair{ClientID: id}
		d.w.con.Subscribe(p, "")
		d.until(id+" is open", func() bool { s, _ := d.w.con.Subscription(p); return s.Status.ReadyState == client.Open })
	}
	d.key("ctrl+Return")
	d.w.con.Embedded.PlayShipped("quotes", scenario.Play{})
	d.until("quotes have come", func() bool { return len(d.records(record.Event)) > 40 })
}

// choose selects the newest record of a kind whose data begins with text.
func (d *desk) choose(kind record.Kind, text string) {
	d.t.Helper()
	records := d.records(kind)
	for i := len(records) - 1; i >= 0; i-- {
		if r := records[i]; len(r.Data) >= len(text) && r.Data[:len(text)] == text {
			fyne.DoAndWait(func() {
				if row, shown := d.w.log.Model.Row(r.Seq); shown {
					d.w.log.View.Select(row)
				}
			})
			return
		}
	}
	d.t.Fatal(fmt.Sprint("no record of kind ", kind, " begins with ", text))
}
