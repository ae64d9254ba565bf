//go:build e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/widgets"
)

// rowOf returns the row of the only record of a kind, or -1.
func (d *desk) rowOf(k record.Kind) int64 {
	found := d.records(k)
	if len(found) != 1 {
		return -1
	}
	if row, shown := d.w.log.Model.Row(found[0].Seq); shown {
		return row
	}
	return -1
}

func TestEndToEndOneSendIsOneRowThatUnfolds(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	d.key("ctrl+Return")
	d.until("the answer is folded into the send", func() bool {
		row := d.rowOf(record.Send)
		return row >= 0 && d.w.log.Row(row).Fold == widgets.Folded && d.rowOf(record.Answer) < 0 && d.rowOf(record.Event) >= 0
	})
	d.key("ctrl+f", "Down", "Up", "Up")
	d.until("the send is selected", func() bool { r := d.w.log.Selected(); return r != nil && r.Kind == record.Send })
	d.key("Right")
	d.until("the answer has a row", func() bool { row := d.rowOf(record.Answer); return row >= 0 && d.w.log.Row(row).Level == 1 })
	d.key("space")
	d.until("it is folded again", func() bool { return d.rowOf(record.Answer) < 0 })

	var at fyne.Position
	fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(d.w.log.View) })
	for y := float32(24); d.rowOf(record.Answer) < 0 && y < 200; y += 5 { // the sign of one of the first rows
		d.clickAt(at.X+8, at.Y+y, "1")
	}
	if d.rowOf(record.Answer) < 0 {
		t.Error("no click on a sign unfolds the send")
	}

	d.key("ctrl+f")
	d.typed("kind:response")
	d.until("the send is shown for the sake of its answer", func() bool {
		row := d.rowOf(record.Send)
		return d.w.log.Len() == 2 && row == 0 && d.w.log.Row(0).Dim && !d.w.log.Row(1).Dim
	})
	d.key("Return")
	d.until("the count says which match is selected", func() bool {
		return d.w.log.Bar.Count.Text == d.w.k.T("filter.match", "Match", 1, "Of", 1)
	})
}

func TestEndToEndAFailureSaysWhy(t *testing.T) {
	d := open(t, "")
	d.key("ctrl+r", "ctrl+a")
	d.typed("http://127.0.0.1:9/sse")
	d.key("Return", "ctrl+Return")
	d.until("the send has failed in its row", func() bool {
		row := d.rowOf(record.Send)
		return row >= 0 && d.w.log.Row(row).Sentence.Role == widgets.Bad && d.w.log.Row(row).Link != ""
	})
	d.key("ctrl+f", "Down")
	for range 10 {
		if r := d.w.log.Selected(); r != nil && r.Kind == record.Send {
			break
		}
		d.key("Up")
	}
	d.key("Return")
	d.until("the details say why", func() bool {
		r := d.w.log.Details.Record()
		return r != nil && r.Kind == record.Fail
	})
}
