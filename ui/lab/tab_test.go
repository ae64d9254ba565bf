package lab

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

// window is a window that shows the server's tab and nothing else.
type window struct {
	k         *kit.Kit
	con       *console.Console
	server    *Tab
	elsewhere bool // the target in the form is another server
}

// testWindow returns a window whose server is stopped.
func testWindow(t *testing.T, language string) *window {
	t.Helper()
	con := console.New(console.Config{})
	t.Cleanup(con.Shutdown)
	w := &window{k: kittest.New(t, language, func(run func()) { run() }), con: con}
	w.k.Work = func(work func()) { work() }
	w.server = New(Config{
		Kit: w.k, Console: con,
		Open: func() {}, Shown: func() bool { return true }, Mark: func(string, string, bool) {},
		Start:      func() { con.Embedded.Start("127.0.0.1:0") },
		IsTarget:   func() bool { return !w.elsewhere },
		Subscribe:  func() { con.Subscribe(console.Pair{ClientID: "demo"}, "") },
		ShowRowsOf: func(string) {},
	})
	w.server.Refresh()
	w.k.Win.SetContent(w.server.Content)
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	return w
}

// laboratory returns a window whose embedded server runs, with a subscription for each
// clientId.
func laboratory(t *testing.T, language string, clientIDs ...string) *window {
	t.Helper()
	w := testWindow(t, language)
	w.con.Embedded.Start("127.0.0.1:0")
	until(t, "the server runs", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	for _, id := range clientIDs {
		p := console.Pair{ClientID: id}
		w.con.Subscribe(p, "")
		until(t, id+" is open", func() bool { s, _ := w.con.Subscription(p); return s.Status.ReadyState == client.Open })
	}
	w.server.Open(SectionSessions)
	lookNow(w)
	return w
}

// lookNow refreshes the tab as the pump does.
func lookNow(w *window) {
	w.server.Watched.At = time.Time{}
	w.server.Watched.Look(w.con, time.Now())
	w.server.Refresh()
}

func (w *window) speak(language string) {
	w.k.Speak(catalogue.New(language))
	w.server.Refresh()
}

// until waits until so reports true.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("timed out waiting until ", what)
		}
	}
}

// shows refreshes the tab until so reports true.
func shows(t *testing.T, w *window, what string, so func() bool) {
	t.Helper()
	until(t, what, func() bool { lookNow(w); return so() })
}

func cells(w *window, row int64) string {
	var all []string
	for _, c := range w.server.Sessions.Row(row).Cells {
		all = append(all, c.Text)
	}
	return strings.Join(all, "|")
}

func TestTheServersTabListsSessionsAndActsOnTheSelectedOne(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	s := w.server.Sessions
	if s.Len() != 2 || !strings.HasPrefix(cells(w, 0), "alice|Open|0|") || !s.Hold.Disabled() || s.count.Text != "2 sessions" {
		t.Fatalf("%d rows, the first is %q", s.Len(), cells(w, 0))
	}
	s.View.Select(1)
	s.Hold.OnTapped()
	shows(t, w, "bob is held", func() bool { return strings.HasPrefix(cells(w, 1), "bob|Held|") })
	w.con.Embedded.ServerSend(message.Message{Data: "x"})
	shows(t, w, "a message waits", func() bool { return strings.Contains(cells(w, 1), "|1|") })
	s.Release.OnTapped()
	shows(t, w, "it is written", func() bool { return strings.HasPrefix(cells(w, 1), "bob|Open|1|") })
	s.filter.SetText("ali")
	if s.Len() != 1 || s.count.Text != "1 session" {
		t.Errorf("%d rows for ali", s.Len())
	}
	s.filter.SetText("")
	s.View.Select(0)
	s.close.OnTapped()
	shows(t, w, "alice has left", func() bool { return s.Len() == 1 && strings.HasPrefix(cells(w, 0), "bob|") })
}

func TestTheSelectionStaysWithItsSession(t *testing.T) {
	w := laboratory(t, catalogue.English, "a", "b", "c")
	s := w.server.Sessions
	s.View.Select(2)
	w.con.Embedded.CloseSessions(s.Rows[0].ID)
	shows(t, w, "a has left", func() bool { return s.Len() == 2 })
	if got := s.clientIDs(); s.View.Selected() != 1 || len(got) != 1 || got[0] != "c" {
		t.Errorf("row %d is selected, %q", s.View.Selected(), got)
	}
	s.View.SelectAll()
	if got := s.clientIDs(); len(got) != 2 {
		t.Errorf("all: %q", got)
	}
	w.con.Embedded.CloseSessions(s.Rows[0].ID)
	shows(t, w, "b has left", func() bool { return s.Len() == 1 })
	if len(s.IDs()) != 0 || s.View.Selected() >= 0 || !s.close.Disabled() {
		t.Errorf("after several moved, %q is selected", s.clientIDs())
	}
}

func TestTheTableOfSessionsHidesColumnsThatDoNotFit(t *testing.T) {
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
	if narrow, wide := shown(530), shown(1330); narrow < 5 || narrow > 7 || wide != 11 {
		t.Errorf("%d columns at 530, %d at 1330", narrow, wide)
	}
	s.View.Select(0)
	if info := s.Rows[0]; !strings.Contains(s.detail.Text, info.Remote) || !strings.Contains(s.detail.Text, info.ID) || !strings.Contains(s.detail.Text, "Streaming") {
		t.Errorf("the text below is %q", s.detail.Text)
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
	if len(w.server.Sessions.IDs()) != 10_000 || w.server.Sessions.detail.Text != "10000 sessions selected" {
		t.Errorf("%d selected: %q", len(w.server.Sessions.IDs()), w.server.Sessions.detail.Text)
	}
	w.server.Sessions.filter.SetText("client-99")
	if n := w.server.Sessions.Len(); n != 111 {
		t.Errorf("%d rows for client-99", n)
	}
}

func TestTheServerSendsTheMessageInTheForm(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice", "bob")
	s := w.server.Send
	s.kind.SetText("greeting")
	s.id.SetText("seven")
	s.retry.SetText("5000")
	s.comment.SetText("why")
	s.Send.OnTapped()
	shows(t, w, "both are reached", func() bool { return s.Result.Text == "Reached 2 sessions." })
	var event *record.Record
	until(t, "an event arrived", func() bool {
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
	s.Send.OnTapped()
	shows(t, w, "nobody is reached", func() bool { return s.Result.Text == w.k.T("send.unknown") })
}

func TestAFormWithAMistakeSaysWhyItCannotBeSent(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.Send
	for _, c := range []struct {
		make func()
		why  string
	}{
		{func() { s.All.SetChecked(false) }, "send.no_client_id"},
		{func() { s.To.SetText(" , ") }, "send.no_client_id"},
		{func() { s.To.SetText(strings.Repeat("x", 300)) }, "why.long_client_id"},
		{func() { s.All.SetChecked(true); s.retry.SetText("soon") }, "send.bad_retry"},
		{func() { s.retry.SetText("0") }, "send.bad_retry"},
		{func() { s.retry.SetText(""); s.withData.SetChecked(false) }, "send.nothing"},
	} {
		c.make()
		if s.wrong.Text != w.k.T(c.why) || !s.Send.Disabled() {
			t.Errorf("%s: the form says %q", c.why, s.wrong.Text)
		}
	}
	s.comment.SetText("a comment alone")
	if s.wrong.Text != "" || s.Send.Disabled() {
		t.Errorf("nothing is wrong, but the form says %q", s.wrong.Text)
	}
}

func TestEveryFaultHasItsFieldsAndCanBeTurnedOn(t *testing.T) {
	w := laboratory(t, catalogue.English)
	f := w.server.Faults
	if len(f.choices) != len(fault.Kinds()) {
		t.Errorf("%d kinds are offered of %d", len(f.choices), len(fault.Kinds()))
	}
	f.Delay.SetText("1") // must be ignored for kinds without a delay
	for i, c := range f.choices {
		f.Kind.SetSelectedIndex(i)
		if f.Delay.Visible() != c.delay || f.n.Visible() != c.n || f.Status.Visible() != c.status || f.why.Text == "" {
			t.Errorf("%s has the wrong fields", c.Kind)
		}
		set, wrong := f.fault()
		if wrong != "" || set.Kind != c.Kind || (set.Delay > 0) != c.delay {
			t.Errorf("%s: %+v, %q", c.Kind, set, wrong)
		}
		f.Add.OnTapped()
	}
	shows(t, w, "all are on", func() bool { return len(f.Offs) == len(f.choices) })
	f.share.SetText("200")
	if f.wrong.Text != "Share (%): enter a whole number from 0 to 100, or leave empty." || !f.Add.Disabled() {
		t.Errorf("the form says %q", f.wrong.Text)
	}
}

func TestAScenarioIsStartedPausedSteppedAndStopped(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.Plays
	if got := s.choice.Options; len(got) != 5 || got[0] != "Quotes ticker" || got[4] != "Bad day" {
		t.Errorf("offered: %q", got)
	}
	s.to.SetText("alice, bob")
	s.Stepping.SetChecked(true)
	s.Start.OnTapped()
	shows(t, w, "it waits for a step", func() bool { return len(s.List.Rows) == 1 && s.List.Rows[0].Play.Status.Stepping })
	r := s.List.Rows[0]
	if !strings.HasPrefix(r.text.Text, "Quotes ticker · paused · alice, bob · 0 sent") || r.Pause.Text != "Resume" || !strings.HasPrefix(r.progress.TextFormatter(), "line ") {
		t.Errorf("the row says %q, %q", r.text.Text, r.progress.TextFormatter())
	}
	r.Step.OnTapped()
	shows(t, w, "a step is played", func() bool { return r.Play.Status.Steps == 1 && r.Play.Status.Stepping })
	r.Pause.OnTapped()
	shows(t, w, "it continues", func() bool { return r.Pause.Text == "Pause" && r.Play.Status.Sends > 1 })
	s.speed.SetSelected("10 ×")
	shows(t, w, "it is faster", func() bool { return strings.Contains(r.text.Text, "10 ×") })
	w.speak(catalogue.Chinese)
	shows(t, w, "its name is in the other language", func() bool {
		return len(s.List.Rows) == 1 && strings.HasPrefix(s.List.Rows[0].text.Text, "行情报价 · ")
	})
	s.List.Rows[0].Stop.OnTapped()
	shows(t, w, "the play has ended", func() bool { return len(s.List.Rows) == 0 })
}

func TestAMistakeInAScenarioIsShownWithItsLineInBothLanguages(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.Plays
	s.play("bad.txt", io.NopCloser(strings.NewReader("send one\nwait soon\n")))
	shows(t, w, "the mistake is shown", func() bool { return s.wrong.Text == "Line 2: not a valid time, such as 100ms or 2s: \"soon\"" })
	w.speak(catalogue.Chinese)
	s.play("bad.txt", io.NopCloser(strings.NewReader("sing\n")))
	shows(t, w, "the mistake is shown in Chinese", func() bool { return s.wrong.Text == "第 1 行：未知的步骤：sing" })
	s.to.SetText(strings.Repeat("x", 300))
	if s.wrong.Text != w.k.T("why.long_client_id") || !s.Start.Disabled() || !s.file.Disabled() {
		t.Errorf("for a clientId that is too long: %q", s.wrong.Text)
	}
}

func TestASendIsRepeatedFromTheForm(t *testing.T) {
	w := laboratory(t, catalogue.English, "alice")
	s := w.server.Send
	for every, why := range map[string]string{"0": "send.bad_every", "soon": "send.bad_every", "": "send.count_alone"} {
		s.count.SetText("3")
		s.every.SetText(every)
		if s.wrong.Text != w.k.T(why) || !s.Send.Disabled() {
			t.Errorf("every %q: %q", every, s.wrong.Text)
		}
	}
	s.every.SetText("1")
	s.count.SetText("-1")
	if s.wrong.Text != w.k.T("send.bad_count") {
		t.Errorf("minus one: %q", s.wrong.Text)
	}
	s.count.SetText("")
	s.Data.SetText("no {n}")
	s.Send.OnTapped()
	shows(t, w, "it is listed", func() bool {
		return len(s.Repeats.Rows) == 1 && strings.HasPrefix(s.Repeats.Rows[0].text.Text, "repeated send · All · ") && strings.HasSuffix(s.Repeats.Rows[0].text.Text, "the last one reached 1 session · no {n}")
	})
	if len(w.server.Plays.List.Rows) != 0 || s.Repeats.Rows[0].Step.Visible() {
		t.Error("a repeat is listed as a scenario")
	}
	s.Repeats.Rows[0].Stop.OnTapped()
	shows(t, w, "the play has ended", func() bool { return len(s.Repeats.Rows) == 0 })
}

func TestTheIDBlockIsSwitchedAndExplained(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.settings
	if !s.idBlock.Checked || s.idBlockWhy.Text != w.k.T("settings.id_block.why") {
		t.Errorf("at first %t, explained by %q", s.idBlock.Checked, s.idBlockWhy.Text)
	}
	s.idBlock.SetChecked(false)
	shows(t, w, "it is off", func() bool { return !w.con.Embedded.Running().Hub().IDBlock() && !s.idBlock.Checked })
	w.speak(catalogue.Chinese)
	if s.idBlock.Checked || s.idBlock.Text != "流以 id 块开头" {
		t.Errorf("after the switch of language %t, %q", s.idBlock.Checked, s.idBlock.Text)
	}
}

func TestModeAndPolicyAreChosenAndExplained(t *testing.T) {
	w := laboratory(t, catalogue.English)
	s := w.server.settings
	s.mode.SetSelectedIndex(1)
	s.policy.SetSelectedIndex(3)
	shows(t, w, "both are set", func() bool {
		lab := w.con.Embedded.Lab()
		return lab.Mode == hub.LongPolling && lab.Policy == hub.Spring && s.mode.SelectedIndex() == 1
	})
	if s.modeWhy.Text != w.k.T("mode.long.why") || s.policyWhy.Text != w.k.T("policy.spring.why") {
		t.Errorf("explained by %q and %q", s.modeWhy.Text, s.policyWhy.Text)
	}
	w.speak(catalogue.Chinese)
	if lab := w.con.Embedded.Lab(); lab.Mode != hub.LongPolling || s.mode.Selected != "长轮询" {
		t.Errorf("after the switch of language %q, shown as %q", lab.Mode, s.mode.Selected)
	}
	for i, want := range []string{"/", "/demo/sse/sessions", "/demo/sse/metrics"} {
		if base := "http://" + w.con.Embedded.Status().Address; s.urls[i].Text != base+want {
			t.Errorf("URL %q", s.urls[i].Text)
		}
	}
	if got := LabURLs("http://h:1/demo/sse?token=t"); got[0] != "http://h:1/?token=t" || got[1] != "http://h:1/demo/sse/sessions?token=t" {
		t.Errorf("with a token %q", got)
	}
}

func TestTheServersTabSaysWhenTheServerIsStoppedOrNotTheTarget(t *testing.T) {
	w := testWindow(t, catalogue.English)
	w.server.Open(SectionFaults)
	if !w.server.stopped.Visible() || w.server.Sections.Pages.Visible() || w.server.elsewhere.Visible() {
		t.Error("the tab does not say that the server is stopped")
	}
	w.server.start.OnTapped()
	shows(t, w, "it runs", func() bool { return w.server.Sections.Pages.Visible() && !w.server.stopped.Visible() })
	w.elsewhere = true
	w.server.Refresh()
	if !w.server.elsewhere.Visible() {
		t.Error("nothing says that the target is another server")
	}
}

func TestAServerWithoutSubscribersOffersToSubscribe(t *testing.T) {
	w := laboratory(t, catalogue.English)
	empty := w.server.Sessions.Empty
	if !empty.Content.Visible() || empty.Button.Text != "Subscribe" {
		t.Fatalf("without a session it shows %q", empty.Label.Text)
	}
	empty.Button.OnTapped()
	shows(t, w, "the session is listed", func() bool { return w.server.Sessions.Len() == 1 })
	w.server.Sessions.filter.SetText("nobody")
	if !empty.Content.Visible() || empty.Button.Visible() || !strings.Contains(empty.Label.Text, "clientId") {
		t.Errorf("without a match it shows %q", empty.Label.Text)
	}
}

// Otherwise a second click turns off what the first one turned on.
func TestTurnOnStaysUnderTheMouseAsFaultsAreTurnedOn(t *testing.T) {
	w := laboratory(t, catalogue.English)
	w.server.Open(SectionFaults)
	f := w.server.Faults
	place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(f.Add) }
	before := place()
	for n := range 3 {
		f.Add.OnTapped()
		shows(t, w, "the fault is listed", func() bool { return len(f.Offs) == n+1 })
		if at := place(); at != before {
			t.Errorf("after %d faults it is at %v, not at %v", n+1, at, before)
		}
	}
	w.k.Win.Resize(fyne.NewSize(600, 250))
	w.server.Open(SectionFaults)
	if f.content.Offset.Y == 0 {
		t.Error("in a small window the faults that are on are out of sight")
	}
}
