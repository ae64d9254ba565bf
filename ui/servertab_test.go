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
	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/wording/catalogue"
)

// laboratory is a window whose embedded server runs, with open subscriptions
// and the server's tab shown.
func laboratory(t *testing.T, language string, clientIDs ...string) *window {
	t.Helper()
	w := testWindow(t, console.Settings{Language: language, Address: "127.0.0.1:0"})
	w.con.StartServer("127.0.0.1:0")
	until(t, "the server runs", func() bool { return w.con.Server().State == console.Running })
	for _, id := range clientIDs {
		p := console.Pair{ClientID: id}
		w.con.Subscribe(p)
		until(t, id+" is open", func() bool { s, _ := w.con.Subscription(p); return s.ReadyState == client.Open })
	}
	w.server.open(sectionSessions)
	look(w)
	return w
}

// look brings the tab up to date as the pump does.
func look(w *window) {
	w.server.watched.at = time.Time{}
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
	for name, run := range map[string]func(){"filter": w.filter.focus, "find": w.log.findNext} {
		w.server.open(sectionSend)
		run()
		if w.tabs.Chosen != tabLog {
			t.Errorf("%s leaves the server's tab", name)
		}
	}
}

func cells(w *window, row int64) string {
	var all []string
	for _, c := range w.server.sessions.Row(row).Cells {
		all = append(all, c.Text)
	}
	return strings.Join(all, "|")
}

func TestTheServersTabFits800By500InBothLanguages(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := laboratory(t, language, "a")
		w.con.SetFault(server.Fault{Kind: server.Refusal, ClientID: strings.Repeat("long", 60), Next: 2, Share: 0.5, RetryAfter: time.Hour})
		shows(t, w, "a fault is on", func() bool { return w.target.faults.Visible() })
		w.con.PlayShipped("tokens", server.Play{Stepping: true})
		w.con.ServerRepeat(server.Message{Data: strings.Repeat("long ", 100)}, time.Hour, 0)
		shows(t, w, "two play", func() bool { return len(w.server.plays.list.rows)+len(w.server.send.repeats.rows) == 2 })
		w.server.sessions.view.Select(0)
		for section := range w.server.sections.Buttons {
			w.server.open(section)
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
	s := w.server.sessions
	if s.Len() != 2 || !strings.HasPrefix(cells(w, 0), "alice|open|0|") || !s.hold.Disabled() || s.count.Text != "2 sessions" {
		t.Fatalf("%d rows, the first is %q", s.Len(), cells(w, 0))
	}
	s.view.Select(1)
	s.hold.OnTapped()
	shows(t, w, "bob is held", func() bool { return strings.HasPrefix(cells(w, 1), "bob|held|") })
	w.con.ServerSend(server.Message{Data: "x"})
	shows(t, w, "a message waits", func() bool { return strings.Contains(cells(w, 1), "|1|") })
	s.release.OnTapped()
	shows(t, w, "it is written", func() bool { return strings.HasPrefix(cells(w, 1), "bob|open|1|") })
	s.filter.SetText("ali")
	if s.Len() != 1 || s.count.Text != "1 session" {
		t.Errorf("%d rows for ali", s.Len())
	}
	s.filter.SetText("")
	s.view.Select(0)
	s.close.OnTapped()
	shows(t, w, "alice is gone", func() bool { return s.Len() == 1 && strings.HasPrefix(cells(w, 0), "bob|") })
}

func TestTheSelectionStaysWithItsSession(t *testing.T) {
	w := laboratory(t, catalogue.English, "a", "b", "c")
	s := w.server.sessions
	s.view.Select(2)
	w.con.CloseSessions(s.rows[0].ID)
	shows(t, w, "a is gone", func() bool { return s.Len() == 2 })
	if got := s.clientIDs(); s.view.Selected() != 1 || len(got) != 1 || got[0] != "c" {
		t.Errorf("row %d is selected, %q", s.view.Selected(), got)
	}
	s.view.SelectAll()
	if got := s.clientIDs(); len(got) != 2 {
		t.Errorf("all: %q", got)
	}
	w.con.CloseSessions(s.rows[0].ID)
	shows(t, w, "b is gone", func() bool { return s.Len() == 1 })
	if len(s.ids()) != 0 || s.view.Selected() >= 0 || !s.close.Disabled() {
		t.Errorf("after several moved, %q is selected", s.clientIDs())
	}
}

func TestTheTableOfSessionsHidesWhatHasNoRoom(t *testing.T) {
	w := laboratory(t, catalogue.English, "a")
	s := w.server.sessions
	shown := func(width float32) (n int) {
		w.k.Win.Resize(fyne.NewSize(width, 600))
		for _, c := range s.view.Columns() {
			if !c.Hidden {
				n++
			}
		}
		return n
	}
	if narrow, wide := shown(800), shown(1600); narrow < 5 || narrow > 7 || wide != 11 {
		t.Errorf("%d columns at 800, %d at 1600", narrow, wide)
	}
	s.view.Select(0)
	if info := s.rows[0]; !strings.Contains(s.detail.Text, info.Remote) || !strings.Contains(s.detail.Text, info.ID) || !strings.Contains(s.detail.Text, "streaming") {
		t.Errorf("below stands %q", s.detail.Text)
	}
}

func TestTenThousandSessionsAreShownWithoutDelay(t *testing.T) {
	w := laboratory(t, catalogue.English)
	lab := console.Lab{Running: true}
	for i := range 10_000 {
		lab.Sessions = append(lab.Sessions, server.SessionInfo{ID: fmt.Sprint(i), ClientID: fmt.Sprintf("client-%d", i), State: server.Open, Mode: server.Streaming})
	}
	w.server.sessions.show(lab)
	w.server.sessions.view.SelectAll()
	if len(w.server.sessions.ids()) != 10_000 || w.server.sessions.detail.Text != "10000 sessions are selected" {
		t.Errorf("%d selected: %q", len(w.server.sessions.ids()), w.server.sessions.detail.Text)
	}
	w.server.sessions.filter.SetText("client-99")
	if n := w.server.sessions.Len(); n != 111 {
		t.Errorf("%d rows for client-99", n)
	}
}

func TestASessionLeadsToItsSendAndItsRows(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	w.server.sessions.view.SelectAll()
	w.server.sessions.send.OnTapped()
	if s := w.server.send; w.server.sections.Chosen != sectionSend || s.to.Text != "alice, bob" || s.all.Checked || s.to.Disabled() {
		t.Errorf("the form says %q", s.to.Text)
	}
	w.server.open(sectionSessions)
	w.server.sessions.view.Select(0)
	w.server.sessions.log.OnTapped()
	until(t, "only its rows are shown", func() bool {
		w.refresh()
		return w.tabs.Chosen == tabLog && w.log.Len() > 0 && strings.Contains(row(w, 0), "alice") && !strings.Contains(row(w, w.log.Len()-1), "bob")
	})
	w.server.open(sectionSessions)
	const strange = `a "b" \ c*`
	w.showRowsOf(strange)
	if f := w.log.filter; w.filter.wrong != nil || !f.Match(&record.Record{Target: console.Embedded, ClientID: strange}) || f.Match(&record.Record{Target: console.Embedded, ClientID: strange + "d"}) {
		t.Errorf("%q: %v", w.filter.field.Text, w.filter.wrong)
	}
}

func TestTheServerSendsWhatTheFormSays(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	s := w.server.send
	s.kind.SetText("greeting")
	s.id.SetText("seven")
	s.retry.SetText("5000")
	s.comment.SetText("why")
	s.send.OnTapped()
	shows(t, w, "both are reached", func() bool { return s.result.Text == "Reached 2 sessions." })
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
	s.address([]string{"nobody"})
	s.send.OnTapped()
	shows(t, w, "nobody is reached", func() bool { return s.result.Text == w.k.T("send.unknown") })
}

func TestAFormThatCannotBeSentSaysWhy(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.send
	for _, c := range []struct {
		make func()
		why  string
	}{
		{func() { s.all.SetChecked(false) }, "send.no_client_id"},
		{func() { s.to.SetText(" , ") }, "send.no_client_id"},
		{func() { s.to.SetText(strings.Repeat("x", 300)) }, "why.long_client_id"},
		{func() { s.all.SetChecked(true); s.retry.SetText("soon") }, "send.bad_retry"},
		{func() { s.retry.SetText("0") }, "send.bad_retry"},
		{func() { s.retry.SetText(""); s.withData.SetChecked(false) }, "send.nothing"},
	} {
		c.make()
		if s.wrong.Text != w.k.T(c.why) || !s.send.Disabled() {
			t.Errorf("%s: the form says %q", c.why, s.wrong.Text)
		}
	}
	s.comment.SetText("a comment alone")
	if s.wrong.Text != "" || s.send.Disabled() {
		t.Errorf("nothing is wrong, but the form says %q", s.wrong.Text)
	}
}

func TestAFaultThatIsOnIsSeenEverywhereAndTurnedOffWithOneClick(t *testing.T) {
	w := laboratory(t, catalogue.English)
	f := w.server.faults
	f.status.SetSelected("503")
	f.next.SetText("3")
	f.clientID.SetText("alice")
	f.add.OnTapped()
	f.kind.SetSelectedIndex(6) // byte by byte
	f.delay.SetText("20")
	f.next.SetText("")
	f.clientID.SetText("")
	f.add.OnTapped()
	w.tabs.Choose(tabLog)
	until(t, "the mark is there", func() bool { w.refresh(); return w.target.faults.Text == "2 faults on" })
	if b := w.tabs.Buttons[tabServer]; !w.target.faults.Visible() || b.Text != "Server · 2 faults on" || b.Importance != widget.DangerImportance {
		t.Errorf("the tab says %q", b.Text)
	}
	w.target.faults.OnTapped()
	look(w)
	if w.tabs.Chosen != tabServer || w.server.sections.Chosen != sectionFaults || len(f.offs) != 2 {
		t.Fatalf("the click leads to tab %d, section %d", w.tabs.Chosen, w.server.sections.Chosen)
	}
	if want := "error status · 503, 3 connections left · alice · hit 0 times\nbyte by byte · 20 ms · every clientId · hit 0 times"; f.listText != want {
		t.Errorf("the list says %q", f.listText)
	}
	f.offs[0].OnTapped()
	shows(t, w, "one is off", func() bool { return len(f.offs) == 1 && w.target.faults.Text == "1 fault on" })
	f.clear.OnTapped()
	shows(t, w, "all are off", func() bool { return len(f.offs) == 0 && !w.target.faults.Visible() })
	if b := w.tabs.Buttons[tabServer]; b.Text != "Server" || b.Importance == widget.DangerImportance {
		t.Errorf("the tab still says %q", b.Text)
	}
}

func TestEveryFaultIsOfferedWithItsOwnFieldsAndCanBeTurnedOn(t *testing.T) {
	w := laboratory(t, catalogue.English)
	f := w.server.faults
	if len(f.choices) != len(server.FaultKinds()) {
		t.Errorf("%d kinds are offered of %d", len(f.choices), len(server.FaultKinds()))
	}
	f.delay.SetText("1") // of the others, too, where it must not count
	for i, c := range f.choices {
		f.kind.SetSelectedIndex(i)
		if f.delay.Visible() != c.delay || f.n.Visible() != c.n || f.status.Visible() != c.status || f.why.Text == "" {
			t.Errorf("%s has the wrong fields", c.kind)
		}
		fault, wrong := f.fault()
		if wrong != "" || fault.Kind != c.kind || (fault.Delay > 0) != c.delay {
			t.Errorf("%s: %+v, %q", c.kind, fault, wrong)
		}
		f.add.OnTapped()
	}
	shows(t, w, "all are on", func() bool { return len(f.offs) == len(f.choices) })
	f.share.SetText("200")
	if f.wrong.Text != "share, %: a whole number from 0 to 100, or nothing." || !f.add.Disabled() {
		t.Errorf("the form says %q", f.wrong.Text)
	}
}

func TestAScenarioIsStartedPausedSteppedAndStopped(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.plays
	if got := s.choice.Options; len(got) != 5 || got[0] != "Quotes ticker" || got[4] != "Bad day" {
		t.Errorf("offered: %q", got)
	}
	s.to.SetText("alice, bob")
	s.stepping.SetChecked(true)
	s.start.OnTapped()
	shows(t, w, "it waits for a step", func() bool { return len(s.list.rows) == 1 && s.list.rows[0].play.Stepping })
	r := s.list.rows[0]
	if !strings.HasPrefix(r.text.Text, "Quotes ticker · paused · alice, bob · 0 sent") || r.pause.Text != "Go on" || !strings.HasPrefix(r.progress.TextFormatter(), "line ") {
		t.Errorf("the row says %q, %q", r.text.Text, r.progress.TextFormatter())
	}
	r.step.OnTapped()
	shows(t, w, "a step is played", func() bool { return r.play.Steps == 1 && r.play.Stepping })
	r.pause.OnTapped()
	shows(t, w, "it goes on", func() bool { return r.pause.Text == "Pause" && r.play.Sends > 1 })
	s.speed.SetSelected("10 ×")
	shows(t, w, "it is faster", func() bool { return strings.Contains(r.text.Text, "10 ×") })
	w.setLanguage(catalogue.Chinese)
	shows(t, w, "it is called otherwise", func() bool {
		return len(s.list.rows) == 1 && strings.HasPrefix(s.list.rows[0].text.Text, "行情报价 · ")
	})
	s.list.rows[0].stop.OnTapped()
	shows(t, w, "it is over", func() bool { return len(s.list.rows) == 0 })
}

func TestAMistakeInAScenarioIsToldWithItsLineInBothLanguages(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.plays
	s.play("bad.txt", io.NopCloser(strings.NewReader("send one\nwait soon\n")))
	shows(t, w, "the mistake is told", func() bool { return s.wrong.Text == "Line 2: this is no time such as 100ms or 2s: soon" })
	w.setLanguage(catalogue.Chinese)
	s.play("bad.txt", io.NopCloser(strings.NewReader("sing\n")))
	shows(t, w, "the mistake is told in Chinese", func() bool { return s.wrong.Text == "第 1 行：没有这样的步骤：sing" })
	s.to.SetText(strings.Repeat("x", 300))
	if s.wrong.Text != w.k.T("why.long_client_id") || !s.start.Disabled() || !s.file.Disabled() {
		t.Errorf("of a clientId that is too long: %q", s.wrong.Text)
	}
}

func TestASendIsRepeatedFromTheForm(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.send
	for every, why := range map[string]string{"0": "send.bad_every", "soon": "send.bad_every", "": "send.count_alone"} {
		s.count.SetText("3")
		s.every.SetText(every)
		if s.wrong.Text != w.k.T(why) || !s.send.Disabled() {
			t.Errorf("every %q: %q", every, s.wrong.Text)
		}
	}
	s.every.SetText("1")
	s.count.SetText("-1")
	if s.wrong.Text != w.k.T("send.bad_count") {
		t.Errorf("minus one: %q", s.wrong.Text)
	}
	s.count.SetText("")
	s.data.SetText("no {n}")
	s.send.OnTapped()
	shows(t, w, "it is listed", func() bool {
		return len(s.repeats.rows) == 1 && strings.HasPrefix(s.repeats.rows[0].text.Text, "repeat · all · ") && strings.HasSuffix(s.repeats.rows[0].text.Text, "the last reached 1 session · no {n}")
	})
	if len(w.server.plays.list.rows) != 0 || s.repeats.rows[0].step.Visible() {
		t.Error("it is taken for a scenario")
	}
	s.repeats.rows[0].stop.OnTapped()
	shows(t, w, "it is over", func() bool { return len(s.repeats.rows) == 0 })
}

func TestModeAndPolicyAreChosenAndExplained(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.settings
	s.mode.SetSelectedIndex(1)
	s.policy.SetSelectedIndex(3)
	shows(t, w, "both are set", func() bool {
		lab := w.con.Lab()
		return lab.Mode == server.LongPolling && lab.Policy == server.Spring && s.mode.SelectedIndex() == 1
	})
	if s.modeWhy.Text != w.k.T("mode.long.why") || s.policyWhy.Text != w.k.T("policy.spring.why") {
		t.Errorf("explained by %q and %q", s.modeWhy.Text, s.policyWhy.Text)
	}
	w.setLanguage(catalogue.Chinese)
	if lab := w.con.Lab(); lab.Mode != server.LongPolling || s.mode.Selected != "长轮询" {
		t.Errorf("after the switch of language %q, shown as %q", lab.Mode, s.mode.Selected)
	}
	for i, want := range []string{"/", "/demo/sse/sessions", "/demo/sse/metrics"} {
		if base := "http://" + w.con.Server().Address; s.urls[i].Text != base+want {
			t.Errorf("address %q", s.urls[i].Text)
		}
	}
	if got := labURLs("http://h:1/demo/sse?token=t"); got[0] != "http://h:1/?token=t" || got[1] != "http://h:1/demo/sse/sessions?token=t" {
		t.Errorf("with a token %q", got)
	}
}

func TestTheServersTabSaysWhenThereIsNothingToSee(t *testing.T) {
	w := testWindow(t, console.Settings{Language: catalogue.English, Address: "127.0.0.1:0"})
	w.server.open(sectionFaults)
	if !w.server.stopped.Visible() || w.server.sections.Pages.Visible() || w.server.elsewhere.Visible() {
		t.Error("a stopped server is not said to be")
	}
	w.server.start.OnTapped()
	shows(t, w, "it runs", func() bool { return w.server.sections.Pages.Visible() && !w.server.stopped.Visible() })
	w.target.setSide(sideRemote)
	if !w.server.elsewhere.Visible() {
		t.Error("nothing says that the target is another server")
	}
}
