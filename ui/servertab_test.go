//go:build !e2e

package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/fault"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/lab"
	"sseconsole/ui/wording/catalogue"
)

// laboratory returns a window that shows the server's tab, whose embedded server runs,
// with a subscription for each clientId.
func laboratory(t *testing.T, language string, clientIDs ...string) *window {
	t.Helper()
	w := testWindow(t, settings.Settings{Language: language, Address: "127.0.0.1:0"})
	w.con.Embedded.Start("127.0.0.1:0")
	until(t, "the server runs", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	for _, id := range clientIDs {
		p := console.Pair{ClientID: id}
		w.con.Subscribe(p, "")
		until(t, id+" is open", func() bool { s, _ := w.con.Subscription(p); return s.Status.ReadyState == client.Open })
	}
	w.server.Open(lab.SectionSessions)
	lookNow(w)
	return w
}

// lookNow refreshes the tab as the pump does.
func lookNow(w *window) {
	w.server.Watched.At = time.Time{}
	w.look(time.Now())
	w.refresh()
}

// shows refreshes the tab until so reports true.
func shows(t *testing.T, w *window, what string, so func() bool) {
	t.Helper()
	until(t, what, func() bool { lookNow(w); return so() })
}

// row returns the text of a row of the log.
func row(w *window, i int64) string {
	var all []string
	for _, c := range w.log.Row(i).Cells {
		all = append(all, c.Text)
	}
	return strings.Join(all, "|")
}

func TestCommandsForTheLogShowTheLog(t *testing.T) {
	w := laboratory(t, catalogue.English)
	for name, run := range map[string]func(){"filter": w.log.Bar.Focus, "find": w.log.FindNext} {
		w.server.Open(lab.SectionSend)
		run()
		if w.tabs.Chosen != tabLog {
			t.Errorf("%s does not show the log", name)
		}
	}
}

func TestTheServersTabFits800By500InBothLanguages(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := laboratory(t, language, "a")
		w.con.Embedded.SetFault(fault.Fault{Kind: fault.Refusal, ClientID: strings.Repeat("long", 60), Next: 2, Share: 0.5, RetryAfter: time.Hour})
		shows(t, w, "a fault is on", func() bool { return w.form.Target.Faults.Visible() })
		w.con.Embedded.PlayShipped("tokens", scenario.Play{Stepping: true})
		w.con.Embedded.ServerRepeat(message.Message{Data: strings.Repeat("long ", 100)}, time.Hour, 0)
		shows(t, w, "two scenarios play", func() bool { return len(w.server.Plays.List.Rows)+len(w.server.Send.Repeats.Rows) == 2 })
		w.server.Sessions.View.Select(0)
		for section := range w.server.Sections.Buttons {
			w.server.Open(section)
			lookNow(w)
			menuHeight := float32(40)
			if min := w.k.Win.Content().MinSize(); min.Width > 800 || min.Height+menuHeight > 500 {
				t.Errorf("section %d in %s needs %v", section, language, min)
			}
		}
	}
}

func TestASessionHasButtonsForSendAndForItsRows(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	w.server.Sessions.View.SelectAll()
	w.server.Sessions.Send.OnTapped()
	if s := w.server.Send; w.server.Sections.Chosen != lab.SectionSend || s.To.Text != "alice, bob" || s.All.Checked || s.To.Disabled() {
		t.Errorf("the form says %q", s.To.Text)
	}
	w.server.Open(lab.SectionSessions)
	w.server.Sessions.View.Select(0)
	w.server.Sessions.Log.OnTapped()
	until(t, "only its rows are shown", func() bool {
		w.refresh()
		return w.tabs.Chosen == tabLog && w.log.Len() > 0 && strings.Contains(row(w, 0), "alice") && !strings.Contains(row(w, w.log.Len()-1), "bob")
	})
	w.server.Open(lab.SectionSessions)
	const strange = `a "b" \ c*`
	w.showRowsOf(strange)
	if f := w.log.Filter; w.log.Bar.Wrong != nil || !f.Match(&record.Record{Target: console.Embedded, ClientID: strange}) || f.Match(&record.Record{Target: console.Embedded, ClientID: strange + "d"}) {
		t.Errorf("%q: %v", w.log.Bar.Field.Text, w.log.Bar.Wrong)
	}
}

func TestAnActiveFaultIsShownEverywhereAndTurnedOffWithOneClick(t *testing.T) {
	w := laboratory(t, catalogue.English)
	f := w.server.Faults
	f.Status.SetSelected("503")
	f.Next.SetText("3")
	f.ClientID.SetText("alice")
	f.Add.OnTapped()
	f.Kind.SetSelectedIndex(6) // byte by byte
	f.Delay.SetText("20")
	f.Next.SetText("")
	f.ClientID.SetText("")
	f.Add.OnTapped()
	w.tabs.Choose(tabLog)
	until(t, "the mark is shown", func() bool { w.refresh(); return w.form.Target.Faults.Text == "2 faults on" })
	if b := w.tabs.Buttons[tabServer]; !w.form.Target.Faults.Visible() || b.Text != "Server · 2 faults on" || b.Importance != widget.DangerImportance {
		t.Errorf("the tab says %q", b.Text)
	}
	w.form.Target.Faults.OnTapped()
	lookNow(w)
	if w.tabs.Chosen != tabServer || w.server.Sections.Chosen != lab.SectionFaults || len(f.Offs) != 2 {
		t.Fatalf("the click shows tab %d, section %d", w.tabs.Chosen, w.server.Sections.Chosen)
	}
	if want := "error status · 503, 3 connections left · alice · hit 0 times\nbyte by byte · 20 ms · every clientId · hit 0 times"; f.ListText != want {
		t.Errorf("the list says %q", f.ListText)
	}
	f.Offs[0].OnTapped()
	shows(t, w, "one is off", func() bool { return len(f.Offs) == 1 && w.form.Target.Faults.Text == "1 fault on" })
	f.Clear.OnTapped()
	shows(t, w, "all are off", func() bool { return len(f.Offs) == 0 && !w.form.Target.Faults.Visible() })
	if b := w.tabs.Buttons[tabServer]; b.Text != "Server" || b.Importance == widget.DangerImportance {
		t.Errorf("the tab still says %q", b.Text)
	}
}
