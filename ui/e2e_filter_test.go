//go:build e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/console"
)

func TestEndToEndTheLogIsFilteredWhileTyping(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	for i := range 20 {
		d.w.con.Send(console.Pair{ClientID: "demo"}, fmt.Sprintf(`{"price":%d}`, 500+i))
	}
	d.until("all events arrived", func() bool { return len(d.records(record.Event)) == 20 })
	events := func(n int) func() bool {
		return func() bool {
			shown := 0
			for i := range d.w.log.Len() {
				if r := d.w.log.From.At(d.w.log.Model.At(i)); r != nil && r.Kind == record.Event {
					shown++
				}
			}
			return shown == n && d.w.log.Len() == int64(n)
		}
	}
	d.key("ctrl+f")
	d.typed("kind:event")
	d.until("only events are shown", events(20))
	d.typed(" price /50[0-4]/")
	d.until("five of them are shown", events(5))
	d.until("matches are highlighted and counted", func() bool {
		hits := d.w.log.Row(0).Cells[column("data")].Hits
		return fmt.Sprint(hits) == "[[2 7] [9 12]]" && d.w.log.Bar.Count.Text != ""
	})
	if dir := os.Getenv("SSECONSOLE_SHOTS"); dir != "" {
		fyne.DoAndWait(func() { _ = savePicture(d.w.k.Win, filepath.Join(dir, t.Name()+".png")) })
	}
	d.key("ctrl+a")
	d.typed("jq:.price > 517 and")
	d.until("the error is shown", func() bool { return d.w.log.Bar.Message.Visible() && d.w.log.Bar.Wrong != nil })
	d.key("ctrl+a")
	d.typed("kind:event jq:.price > 517")
	d.until("two events are shown", events(2))
	d.key("ctrl+shift+f")
	d.until("all rows are shown again", func() bool { return d.w.log.Len() > 40 })
	selected := func(price int) func() bool {
		return func() bool {
			r := d.w.log.Selected()
			return r != nil && r.Kind == record.Event && r.Data == fmt.Sprintf(`{"price":%d}`, price)
		}
	}
	d.key("F3")
	d.until("the first match is selected", selected(518))
	d.key("Down", "F3")
	d.until("the second match is selected, from the log", selected(519))
	d.key("shift+F3")
	d.until("the first match is selected again", selected(518))
	d.key("ctrl+f", "Escape")
	d.until("the filter is empty", func() bool { return d.w.log.Bar.Field.Text == "" && d.w.log.Filter.Empty() })
}
