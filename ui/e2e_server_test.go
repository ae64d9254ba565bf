//go:build e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server"
)

// row clicks on a row of the table of sessions.
func (d *desk) row(i int) {
	d.t.Helper()
	var at fyne.Position
	fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(d.w.server.sessions.view) })
	const header, line = 25, 20
	d.clickAt(at.X+60, at.Y+header+line*float32(i)+line/2, "1")
}

func TestEndToEndTheServersTabHoldsSendsAndBreaks(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	s := d.w.server
	d.click(d.w.tabs.Buttons[tabServer])
	d.until("the session is listed", func() bool { return s.sessions.Len() == 1 && s.sessions.rows[0].ClientID == "demo" })
	d.row(0)
	d.until("it is selected", func() bool { return len(s.sessions.ids()) == 1 })
	d.click(s.sessions.hold)
	d.until("it is held", func() bool { return s.sessions.rows[0].State == server.Held })

	d.click(s.sections.Buttons[sectionSend])
	d.click(s.send.data)
	d.key("ctrl+a")
	d.typed("to everybody")
	d.click(s.send.send)
	d.until("the form says whom it reached", func() bool { return s.send.result.Text == "Reached 1 session." })
	d.key("alt+shift+1")
	d.until("it waits in the queue", func() bool { return s.sessions.rows[0].Queued == 1 })
	if n := len(d.records(record.Event)); n != 0 {
		t.Errorf("%d events came though delivery is held", n)
	}
	d.click(s.sessions.release)
	d.until("it has come", func() bool { e := d.records(record.Event); return len(e) == 1 && e[0].Data == "to everybody" })

	d.key("alt+shift+3")
	d.until("the faults are shown", func() bool { return s.faults.add.Visible() })
	d.click(s.faults.add)
	d.until("the mark is there", func() bool {
		return d.w.target.faults.Visible() && d.w.tabs.Buttons[tabServer].Text == "Server · 1 fault on"
	})
	d.key("alt+l")
	d.click(d.w.form.serverOnly)
	d.until("the reconnect meets the fault", func() bool {
		sub := d.subscription()
		return sub.ReadyState == client.Closed && sub.Failed == record.BadStatus && sub.Last.Status == 500
	})
	d.click(d.w.target.faults)
	d.until("the fault says that it hit", func() bool { return len(s.faults.lab.Faults) == 1 && s.faults.lab.Faults[0].Hits == 1 })
	d.click(s.faults.clear)
	d.until("the marks are gone", func() bool {
		return !d.w.target.faults.Visible() && d.w.tabs.Buttons[tabServer].Text == "Server"
	})
	d.click(d.w.form.subscribe)
	d.untilOpen()
}

func TestEndToEndAScenarioIsPlayedFromTheServersTab(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	s := d.w.server.plays
	d.key("alt+shift+4")
	d.click(s.stepping)
	d.click(s.start)
	d.until("it waits for a step", func() bool { return len(s.list.rows) == 1 && s.list.rows[0].play.Stepping })
	if n := len(d.records(record.Event)); n != 0 {
		t.Errorf("%d events came before the first step", n)
	}
	d.click(s.list.rows[0].step)
	d.until("the first event came", func() bool { return len(d.records(record.Event)) == 1 })
	d.click(s.list.rows[0].pause)
	d.until("quotes come", func() bool { return len(d.records(record.Event)) > 5 })
	d.click(s.list.rows[0].stop)
	d.until("it is over", func() bool { return len(s.list.rows) == 0 })
}
