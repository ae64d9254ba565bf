//go:build e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/hub"
	"sseconsole/ui/lab"
)

// row clicks on a row of the table of sessions.
func (d *desk) row(i int) {
	d.t.Helper()
	var at fyne.Position
	fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(d.w.server.Sessions.View) })
	const header, line = 25, 20
	d.clickAt(at.X+60, at.Y+header+line*float32(i)+line/2, "1")
}

func TestEndToEndTheServersTabHoldsSendsAndBreaks(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	s := d.w.server
	d.click(d.w.tabs.Buttons[tabServer])
	d.until("the session is listed", func() bool { return s.Sessions.Len() == 1 && s.Sessions.Rows[0].ClientID == "demo" })
	d.row(0)
	d.until("it is selected", func() bool { return len(s.Sessions.IDs()) == 1 })
	d.click(s.Sessions.Hold)
	d.until("it is held", func() bool { return s.Sessions.Rows[0].State == hub.Held })

	d.click(s.Sections.Buttons[lab.SectionSend])
	d.click(s.Send.Data)
	d.key("ctrl+a")
	d.typed("to everybody")
	d.click(s.Send.Send)
	d.until("the form says whom it reached", func() bool { return s.Send.Result.Text == "Reached 1 session." })
	d.key("alt+shift+1")
	d.until("it waits in the queue", func() bool { return s.Sessions.Rows[0].Queued == 1 })
	if n := len(d.records(record.Event)); n != 0 {
		t.Errorf("%d events arrived while delivery is held", n)
	}
	d.click(s.Sessions.Release)
	d.until("the message arrived", func() bool { e := d.records(record.Event); return len(e) == 1 && e[0].Data == "to everybody" })

	d.key("alt+shift+3")
	d.until("the faults are shown", func() bool { return s.Faults.Add.Visible() })
	d.click(s.Faults.Add)
	d.until("the mark is shown", func() bool {
		return d.w.form.Target.Faults.Visible() && d.w.tabs.Buttons[tabServer].Text == "Server · 1 fault on"
	})
	d.key("alt+l")
	d.closing(0)
	d.until("the reconnect meets the fault", func() bool {
		sub := d.subscription()
		return sub.Status.ReadyState == client.Closed && sub.Failed == record.BadStatus && sub.Status.Last.Status == 500
	})
	d.click(d.w.form.Target.Faults)
	d.until("the fault has one hit", func() bool { return len(s.Faults.Lab.Faults) == 1 && s.Faults.Lab.Faults[0].Hits == 1 })
	d.click(s.Faults.Clear)
	d.until("the marks are gone", func() bool {
		return !d.w.form.Target.Faults.Visible() && d.w.tabs.Buttons[tabServer].Text == "Server"
	})
	d.click(d.w.form.Subscribe)
	d.untilOpen()
}

func TestEndToEndAScenarioIsPlayedFromTheServersTab(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	s := d.w.server.Plays
	d.key("alt+shift+4")
	d.click(s.Stepping)
	d.click(s.Start)
	d.until("it waits for a step", func() bool { return len(s.List.Rows) == 1 && s.List.Rows[0].Play.Status.Stepping })
	if n := len(d.records(record.Event)); n != 0 {
		t.Errorf("%d events arrived before the first step", n)
	}
	d.click(s.List.Rows[0].Step)
	d.until("the first event arrived", func() bool { return len(d.records(record.Event)) == 1 })
	d.click(s.List.Rows[0].Pause)
	d.until("quotes arrive", func() bool { return len(d.records(record.Event)) > 5 })
	d.click(s.List.Rows[0].Stop)
	d.until("the play has ended", func() bool { return len(s.List.Rows) == 0 })
}
