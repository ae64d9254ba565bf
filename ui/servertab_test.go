//go:build !e2e

package ui

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/lab"
	"sseconsole/ui/wording/catalogue"
)

// laboratory is a window whose embedded server runs, with open subscriptions
// and the server's tab shown.
func laboratory(t *testing.T, language string, clientIDs ...string) *window {
	t.Helper()
	w := testWindow(t, settings.Settings{Language: language, Address: "127.0.0.1:0"})
	w.con.Embedded.Start("127.0.0.1:0")
	until(t, "the server runs", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	for _, id := range clientIDs {
		p := console.Pair{ClientID: id}
		w.con.Subscribe(p)
		until(t, id+" is open", func() bool { s, _ := w.con.Subscription(p); return s.ReadyState == client.Open })
	}
	w.server.Open(lab.SectionSessions)
	look(w)
	return w
}

// look brings the tab up to date as the pump does.
func look(w *window) {
	w.server.Watched.At = time.Time{}
	w.look(time.Now())
	w.refresh()
}

// shows waits until the tab shows that something is so.
func shows(t *testing.T, w *window, what string, so func() bool) {
	t.Helper()
	until(t, what, func() bool { look(w); return so() })
}

// row is a row of the log.
func row(w *window, i int64) string {
	var all []string
	for _, c := range w.log.Row(i).Cells {
		all = append(all, c.Text)
	}
	return strings.Join(all, "|")
}

func TestWhatIsAboutTheLogTurnsToIt(t *testing.T) {
	w := laboratory(t, catalogue.English)
	for name, run := range map[string]func(){"filter": w.log.Bar.Focus, "find": w.log.FindNext} {
		w.server.Open(lab.SectionSend)
		run()
		if w.tabs.Chosen != tabLog {
			t.Errorf("%s leaves the server's tab", name)
		}
	}
}

func cells(w *window, row int64) string {
	var all []string
	for _, c := range w.server.Sessions.Row(row).Cells {
		all = append(all, c.Text)
	}
	return strings.Join(all, "|")
}

func TestTheServersTabFits800By500InBothLanguages(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := laboratory(t, language, "a")
		w.con.Embedded.SetFault(fault.Fault{Kind: fault.Refusal, ClientID: strings.Repeat("long", 60), Next: 2, Share: 0.5, RetryAfter: time.Hour})
		shows(t, w, "a fault is on", func() bool { return w.form.Target.Faults.Visible() })
		w.con.Embedded.PlayShipped("tokens", scenario.Play{Stepping: true})
		w.con.Embedded.ServerRepeat(message.Message{Data: strings.Repeat("long ", 100)}, time.Hour, 0)
		shows(t, w, "two play", func() bool { return len(w.server.Plays.List.Rows)+len(w.server.Send.Repeats.Rows) == 2 })
		w.server.Sessions.View.Select(0)
		for section := range w.server.Sections.Buttons {
			w.server.Open(section)
			look(w)
			menuHeight := float32(40)
			if min := w.k.Win.Content().MinSize(); min.Width > 800 || min.Height+menuHeight > 500 {
				t.Errorf("section %d in %s needs %v", section, language, min)
			}
		}
	}
}

func TestTheServersTabListsSessionsAndActsOnTheSelectedOne(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	s := w.server.Sessions
	if s.Len() != 2 || !strings.HasPrefix(cells(w, 0), "alice|open|0|") || !s.Hold.Disabled() || s.Count.Text != "2 sessions" {
		t.Fatalf("%d rows, the first is %q", s.Len(), cells(w, 0))
	}
	s.View.Select(1)
	s.Hold.OnTapped()
	shows(t, w, "bob is held", func() bool { return strings.HasPrefix(cells(w, 1), "bob|held|") })
	w.con.Embedded.ServerSend(message.Message{Data: "x"})
	shows(t, w, "a message waits", func() bool { return strings.Contains(cells(w, 1), "|1|") })
	s.Release.OnTapped()
	shows(t, w, "it is written", func() bool { return strings.HasPrefix(cells(w, 1), "bob|open|1|") })
	s.Filter.SetText("ali")
	if s.Len() != 1 || s.Count.Text != "1 session" {
		t.Errorf("%d rows for ali", s.Len())
	}
	s.Filter.SetText("")
	s.View.Select(0)
	s.Close.OnTapped()
	shows(t, w, "alice is gone", func() bool { return s.Len() == 1 && strings.HasPrefix(cells(w, 0), "bob|") })
}

func TestTheSelectionStaysWithItsSession(t *testing.T) {
	w := laboratory(t, catalogue.English, "a", "b", "c")
	s := w.server.Sessions
	s.View.Select(2)
	w.con.Embedded.CloseSessions(s.Rows[0].ID)
	shows(t, w, "a is gone", func() bool { return s.Len() == 2 })
	if got := s.ClientIDs(); s.View.Selected() != 1 || len(got) != 1 || got[0] != "c" {
		t.Errorf("row %d is selected, %q", s.View.Selected(), got)
	}
	s.View.SelectAll()
	if got := s.ClientIDs(); len(got) != 2 {
		t.Errorf("all: %q", got)
	}
	w.con.Embedded.CloseSessions(s.Rows[0].ID)
	shows(t, w, "b is gone", func() bool { return s.Len() == 1 })
	if len(s.Ids()) != 0 || s.View.Selected() >= 0 || !s.Close.Disabled() {
		t.Errorf("after several moved, %q is selected", s.ClientIDs())
	}
}

func TestTheTableOfSessionsHidesWhatHasNoRoom(t *testing.T) {
	w := laboratory(t, catalogue.English, "a")
	s := w.server.Sessions
	shown := func(width float32) (n int) {
		w.k.Win.Resize(fyne.NewSize(width, 600))
		for _, c := range s.View.Columns() {
			if !c.Hidden {
				n++
			}
		}
		return n
	}
	if narrow, wide := shown(800), shown(1600); narrow < 5 || narrow > 7 || wide != 11 {
		t.Errorf("%d columns at 800, %d at 1600", narrow, wide)
	}
	s.View.Select(0)
	if info := s.Rows[0]; !strings.Contains(s.Detail.Text, info.Remote) || !strings.Contains(s.Detail.Text, info.ID) || !strings.Contains(s.Detail.Text, "streaming") {
		t.Errorf("below stands %q", s.Detail.Text)
	}
}

func TestTenThousandSessionsAreShownWithoutDelay(t *testing.T) {
	w := laboratory(t, catalogue.English)
	lab := embedded.Lab{Running: true}
	for i := range 10_000 {
		lab.Sessions = append(lab.Sessions, hub.SessionInfo{ID: fmt.Sprint(i), ClientID: fmt.Sprintf("client-%d", i), State: hub.Open, Mode: hub.Streaming})
	}
	w.server.Sessions.Show(lab)
	w.server.Sessions.View.SelectAll()
	if len(w.server.Sessions.Ids()) != 10_000 || w.server.Sessions.Detail.Text != "10000 sessions are selected" {
		t.Errorf("%d selected: %q", len(w.server.Sessions.Ids()), w.server.Sessions.Detail.Text)
	}
	w.server.Sessions.Filter.SetText("client-99")
	if n := w.server.Sessions.Len(); n != 111 {
		t.Errorf("%d rows for client-99", n)
	}
}

func TestASessionLeadsToItsSendAndItsRows(t *testing.T) {
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

func TestTheServerSendsWhatTheFormSays(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	s := w.server.Send
	s.Kind.SetText("greeting")
	s.Id.SetText("seven")
	s.Retry.SetText("5000")
	s.Comment.SetText("why")
	s.Send.OnTapped()
	shows(t, w, "both are reached", func() bool { return s.Result.Text == "Reached 2 sessions." })
	var event *record.Record
	until(t, "an event came", func() bool {
		for r := range w.con.Journal.Scan(w.con.Journal.Bounds()) {
			if r.Kind == record.Event {
				event = r
			}
		}
		return event != nil
	})
	if event.Type != "greeting" || event.ID != "seven" || event.Data != "hello" || !strings.Contains(string(event.Raw), "retry: 5000") {
		t.Errorf("%+v", event)
	}
	s.Address([]string{"nobody"})
	s.Send.OnTapped()
	shows(t, w, "nobody is reached", func() bool { return s.Result.Text == w.k.T("send.unknown") })
}

func TestAFormThatCannotBeSentSaysWhy(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.Send
	for _, c := range []struct {
		make func()
		why  string
	}{
		{func() { s.All.SetChecked(false) }, "send.no_client_id"},
		{func() { s.To.SetText(" , ") }, "send.no_client_id"},
		{func() { s.To.SetText(strings.Repeat("x", 300)) }, "why.long_client_id"},
		{func() { s.All.SetChecked(true); s.Retry.SetText("soon") }, "send.bad_retry"},
		{func() { s.Retry.SetText("0") }, "send.bad_retry"},
		{func() { s.Retry.SetText(""); s.WithData.SetChecked(false) }, "send.nothing"},
	} {
		c.make()
		if s.Wrong.Text != w.k.T(c.why) || !s.Send.Disabled() {
			t.Errorf("%s: the form says %q", c.why, s.Wrong.Text)
		}
	}
	s.Comment.SetText("a comment alone")
	if s.Wrong.Text != "" || s.Send.Disabled() {
		t.Errorf("nothing is wrong, but the form says %q", s.Wrong.Text)
	}
}

func TestAFaultThatIsOnIsSeenEverywhereAndTurnedOffWithOneClick(t *testing.T) {
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
	until(t, "the mark is there", func() bool { w.refresh(); return w.form.Target.Faults.Text == "2 faults on" })
	if b := w.tabs.Buttons[tabServer]; !w.form.Target.Faults.Visible() || b.Text != "Server · 2 faults on" || b.Importance != widget.DangerImportance {
		t.Errorf("the tab says %q", b.Text)
	}
	w.form.Target.Faults.OnTapped()
	look(w)
	if w.tabs.Chosen != tabServer || w.server.Sections.Chosen != lab.SectionFaults || len(f.Offs) != 2 {
		t.Fatalf("the click leads to tab %d, section %d", w.tabs.Chosen, w.server.Sections.Chosen)
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

func TestEveryFaultIsOfferedWithItsOwnFieldsAndCanBeTurnedOn(t *testing.T) {
	w := laboratory(t, catalogue.English)
	f := w.server.Faults
	if len(f.Choices) != len(fault.Kinds()) {
		t.Errorf("%d kinds are offered of %d", len(f.Choices), len(fault.Kinds()))
	}
	f.Delay.SetText("1") // of the others, too, where it must not count
	for i, c := range f.Choices {
		f.Kind.SetSelectedIndex(i)
		if f.Delay.Visible() != c.Delay || f.N.Visible() != c.N || f.Status.Visible() != c.Status || f.Why.Text == "" {
			t.Errorf("%s has the wrong fields", c.Kind)
		}
		set, wrong := f.Fault()
		if wrong != "" || set.Kind != c.Kind || (set.Delay > 0) != c.Delay {
			t.Errorf("%s: %+v, %q", c.Kind, set, wrong)
		}
		f.Add.OnTapped()
	}
	shows(t, w, "all are on", func() bool { return len(f.Offs) == len(f.Choices) })
	f.Share.SetText("200")
	if f.Wrong.Text != "share, %: a whole number from 0 to 100, or nothing." || !f.Add.Disabled() {
		t.Errorf("the form says %q", f.Wrong.Text)
	}
}

func TestAScenarioIsStartedPausedSteppedAndStopped(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.Plays
	if got := s.Choice.Options; len(got) != 5 || got[0] != "Quotes ticker" || got[4] != "Bad day" {
		t.Errorf("offered: %q", got)
	}
	s.To.SetText("alice, bob")
	s.Stepping.SetChecked(true)
	s.Start.OnTapped()
	shows(t, w, "it waits for a step", func() bool { return len(s.List.Rows) == 1 && s.List.Rows[0].Play.Stepping })
	r := s.List.Rows[0]
	if !strings.HasPrefix(r.Text.Text, "Quotes ticker · paused · alice, bob · 0 sent") || r.Pause.Text != "Go on" || !strings.HasPrefix(r.Progress.TextFormatter(), "line ") {
		t.Errorf("the row says %q, %q", r.Text.Text, r.Progress.TextFormatter())
	}
	r.Step.OnTapped()
	shows(t, w, "a step is played", func() bool { return r.Play.Steps == 1 && r.Play.Stepping })
	r.Pause.OnTapped()
	shows(t, w, "it goes on", func() bool { return r.Pause.Text == "Pause" && r.Play.Sends > 1 })
	s.Speed.SetSelected("10 ×")
	shows(t, w, "it is faster", func() bool { return strings.Contains(r.Text.Text, "10 ×") })
	w.setLanguage(catalogue.Chinese)
	shows(t, w, "it is called otherwise", func() bool {
		return len(s.List.Rows) == 1 && strings.HasPrefix(s.List.Rows[0].Text.Text, "行情报价 · ")
	})
	s.List.Rows[0].Stop.OnTapped()
	shows(t, w, "it is over", func() bool { return len(s.List.Rows) == 0 })
}

func TestAMistakeInAScenarioIsToldWithItsLineInBothLanguages(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.Plays
	s.Play("bad.txt", io.NopCloser(strings.NewReader("send one\nwait soon\n")))
	shows(t, w, "the mistake is told", func() bool { return s.Wrong.Text == "Line 2: this is no time such as 100ms or 2s: \"soon\"" })
	w.setLanguage(catalogue.Chinese)
	s.Play("bad.txt", io.NopCloser(strings.NewReader("sing\n")))
	shows(t, w, "the mistake is told in Chinese", func() bool { return s.Wrong.Text == "第 1 行：没有这样的步骤：sing" })
	s.To.SetText(strings.Repeat("x", 300))
	if s.Wrong.Text != w.k.T("why.long_client_id") || !s.Start.Disabled() || !s.File.Disabled() {
		t.Errorf("of a clientId that is too long: %q", s.Wrong.Text)
	}
}

func TestASendIsRepeatedFromTheForm(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.Send
	for every, why := range map[string]string{"0": "send.bad_every", "soon": "send.bad_every", "": "send.count_alone"} {
		s.Count.SetText("3")
		s.Every.SetText(every)
		if s.Wrong.Text != w.k.T(why) || !s.Send.Disabled() {
			t.Errorf("every %q: %q", every, s.Wrong.Text)
		}
	}
	s.Every.SetText("1")
	s.Count.SetText("-1")
	if s.Wrong.Text != w.k.T("send.bad_count") {
		t.Errorf("minus one: %q", s.Wrong.Text)
	}
	s.Count.SetText("")
	s.Data.SetText("no {n}")
	s.Send.OnTapped()
	shows(t, w, "it is listed", func() bool {
		return len(s.Repeats.Rows) == 1 && strings.HasPrefix(s.Repeats.Rows[0].Text.Text, "repeat · all · ") && strings.HasSuffix(s.Repeats.Rows[0].Text.Text, "the last reached 1 session · no {n}")
	})
	if len(w.server.Plays.List.Rows) != 0 || s.Repeats.Rows[0].Step.Visible() {
		t.Error("it is taken for a scenario")
	}
	s.Repeats.Rows[0].Stop.OnTapped()
	shows(t, w, "it is over", func() bool { return len(s.Repeats.Rows) == 0 })
}

func TestModeAndPolicyAreChosenAndExplained(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.Settings
	s.Mode.SetSelectedIndex(1)
	s.Policy.SetSelectedIndex(3)
	shows(t, w, "both are set", func() bool {
		lab := w.con.Embedded.Lab()
		return lab.Mode == hub.LongPolling && lab.Policy == hub.Spring && s.Mode.SelectedIndex() == 1
	})
	if s.ModeWhy.Text != w.k.T("mode.long.why") || s.PolicyWhy.Text != w.k.T("policy.spring.why") {
		t.Errorf("explained by %q and %q", s.ModeWhy.Text, s.PolicyWhy.Text)
	}
	w.setLanguage(catalogue.Chinese)
	if lab := w.con.Embedded.Lab(); lab.Mode != hub.LongPolling || s.Mode.Selected != "长轮询" {
		t.Errorf("after the switch of language %q, shown as %q", lab.Mode, s.Mode.Selected)
	}
	for i, want := range []string{"/", "/demo/sse/sessions", "/demo/sse/metrics"} {
		if base := "http://" + w.con.Embedded.Status().Address; s.Urls[i].Text != base+want {
			t.Errorf("address %q", s.Urls[i].Text)
		}
	}
	if got := lab.LabURLs("http://h:1/demo/sse?token=t"); got[0] != "http://h:1/?token=t" || got[1] != "http://h:1/demo/sse/sessions?token=t" {
		t.Errorf("with a token %q", got)
	}
}

func TestTheServersTabSaysWhenThereIsNothingToSee(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Address: "127.0.0.1:0"})
	w.server.Open(lab.SectionFaults)
	if !w.server.Stopped.Visible() || w.server.Sections.Pages.Visible() || w.server.Elsewhere.Visible() {
		t.Error("a stopped server is not said to be")
	}
	w.server.Start.OnTapped()
	shows(t, w, "it runs", func() bool { return w.server.Sections.Pages.Visible() && !w.server.Stopped.Visible() })
	w.form.Target.SetSide(form.SideRemote)
	if !w.server.Elsewhere.Visible() {
		t.Error("nothing says that the target is another server")
	}
}
