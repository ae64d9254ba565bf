//go:build e2e

package ui

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/tabs"
)

func (d *desk) subscription() console.Subscription {
	p, _ := d.w.form.Pair()
	s, _ := d.w.con.Subscription(p)
	return s
}

// untilOpen waits until the subscription is open and the window has been refreshed
// since.
func (d *desk) untilOpen() {
	d.t.Helper()
	d.until("the subscription is open", func() bool {
		s := d.subscription()
		return s.Status.ReadyState == client.Open && slices.ContainsFunc(d.w.scope.List, func(t *tabs.Tab) bool {
			return t.Sub.Pair == s.Pair && t.Sub.Status.ReadyState == client.Open
		})
	})
}

func TestEndToEndThreeKeysShowAMessageArriving(t *testing.T) {
	d := open(t, "")
	d.key("space", "Tab", "space")
	d.until("hello arrived", func() bool {
		events := d.records(record.Event)
		return len(events) == 1 && events[0].Data == "hello" && events[0].ClientID == "demo"
	})
	d.until("its row is in the log", func() bool { return d.w.log.Len() > 0 && strings.Contains(d.shown(), "hello") })
}

func TestEndToEndTwoClicksShowAMessageArriving(t *testing.T) {
	d := open(t, "")
	d.click(d.w.form.Subscribe)
	d.untilOpen()
	d.click(d.w.form.Send)
	d.until("the message is in the log", func() bool {
		events := d.records(record.Event)
		if len(events) != 1 {
			return false
		}
		_, shown := d.w.log.Model.Row(events[0].Seq)
		return shown && events[0].Data == "hello"
	})
}

// shown returns the text of all rows of the log.
func (d *desk) shown() string {
	var all strings.Builder
	for i := range d.w.log.Len() {
		for _, c := range d.w.log.Row(i).Cells {
			all.WriteString(c.Text + " ")
		}
		all.WriteString("\n")
	}
	return all.String()
}

func TestEndToEndSubscribeSendCloseOnEmbedded(t *testing.T) {
	d := open(t, "")
	driveForm(d, "alice")
}

func TestEndToEndSubscribeSendCloseOnASecondProcess(t *testing.T) {
	base := serve(t)
	d := open(t, "")
	d.key("ctrl+r")
	d.typed(strings.TrimPrefix(base, "http://") + "/subscribe?clientId=x")
	d.key("Return")
	d.until("the pasted address is the base", func() bool { return d.w.form.Target.URL == base })
	driveForm(d, "bob")
	if got := d.w.con.Settings().RemoteURLs; len(got) != 1 || got[0] != base {
		t.Errorf("saved addresses: %q", got)
	}
}

// driveForm uses the form with mouse and keyboard.
func driveForm(d *desk, clientID string) {
	d.t.Helper()
	d.click(d.w.form.ClientID)
	d.key("ctrl+a")
	d.typed(clientID)
	d.key("Return")
	d.untilOpen()
	d.click(d.w.form.Text)
	d.key("ctrl+a")
	d.typed("first")
	d.key("ctrl+Return")
	d.click(d.w.form.Text)
	d.key("End")
	d.key("Return")
	d.typed("second")
	d.click(d.w.form.Send)
	d.until("both messages arrived", func() bool {
		e := d.records(record.Event)
		return len(e) == 2 && e[0].Data == "first" && e[1].Data == "first\nsecond"
	})
	d.click(d.w.form.Close)
	d.until("the subscription is closed", func() bool {
		s := d.subscription()
		return s.Status.ReadyState == client.Closed && s.Failed == "" && s.Running == 0
	})
	if n := len(d.records(record.Reconnect)); n != 0 {
		d.t.Errorf("%d reconnects after Close", n)
	}
	answers := d.records(record.Answer)
	if len(answers) != 3 || answers[2].Call != record.Close || answers[2].Code != 200 {
		d.t.Errorf("responses: %+v", answers)
	}
	ends := d.records(record.End)
	closes := d.records(record.Close)
	if len(ends) != 1 || ends[0].By != record.ByPerson || ends[0].Seq > closes[0].Seq {
		d.t.Errorf("the client did not end first:\n%s", d.log())
	}
}

func TestEndToEndServerOnlyCloseShowsTheReconnect(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	d.closing(0)
	d.until("the tab counts down", func() bool {
		return strings.Contains(d.w.scope.List[0].Word.Text, "Reconnect in ")
	})
	d.until("the reconnect has opened", func() bool { s := d.subscription(); return s.Status.ReadyState == client.Open && s.Status.Conn == 2 })
	ends, reconnects := d.records(record.End), d.records(record.Reconnect)
	if ends[0].By != record.ByServer || reconnects[0].Delay != 3*time.Second || reconnects[0].Source != record.FromDefault {
		t.Errorf("ended %+v, reconnect %+v", ends[0], reconnects[0])
	}
}

func TestEndToEndLanguageSwitchesWhileRunning(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "space")
	d.untilOpen()
	d.until("the button is English", func() bool { return d.w.form.Subscribe.Text == "Subscribe" })
	d.key("alt+9")
	d.until("the form, the bar and the menu are Chinese", func() bool {
		return d.w.form.Subscribe.Text == "订阅" && d.w.form.Send.Text == "发送" && d.w.form.Close.Text == "关闭" &&
			whereTo(d.w) == "内置" && strings.HasPrefix(d.w.menu.main.Items[0].Label, "文件")
	})
	d.until("the state is in Chinese", func() bool { return strings.Contains(d.w.scope.List[0].Word.Text, "已连接") })
	if s := d.subscription(); s.Status.ReadyState != client.Open || s.Status.Conn != 1 {
		t.Errorf("the switch affected the subscription: %+v", s)
	}
}

func TestEndToEndAPasteOfAMebibyteIsSentWhole(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	text := strings.Repeat("0123456789abcde\n", 1<<16)
	setClipboard(t, text)
	d.click(d.w.form.Text)
	d.key("ctrl+a", "ctrl+v")
	d.until("the paste is a chip", func() bool { return d.w.form.Chip.Visible() && d.w.form.Large == text })
	d.key("ctrl+Return")
	d.until("it arrived whole", func() bool { e := d.records(record.Event); return len(e) == 1 && e[0].Data == text })
	d.until("the row can be selected", func() bool { return d.w.log.Len() > 2 })
	d.key("ctrl+End")
}

// setClipboard sets the clipboard as another program would.
func setClipboard(t *testing.T, text string) {
	t.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in", "-silent")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		t.Fatal("xclip: ", err)
	}
}

func TestEndToEndEveryControlIsReachableByTab(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	w := d.w
	d.until("a row is selected, which shows the details", func() bool {
		w.log.View.Select(0)
		return w.log.Details.Text.Visible() && w.log.Details.Text.Size().Width > 0
	})
	var want []fyne.Focusable
	fyne.DoAndWait(func() {
		want = []fyne.Focusable{w.form.Target.Where, w.form.Target.Flip, w.form.ClientID, w.form.Text, w.form.SendFile,
			w.form.Engine, w.form.Subscribe, w.form.Send, w.form.Close, w.form.More,
			w.scope.Content.(fyne.Focusable), w.log.Kinds.Checks[0].Button, w.log.Kinds.Checks[6].Button, w.log.Kinds.More, w.log.View, w.log.Details.Text}
	})
	reached := map[fyne.Focusable]bool{}
	for range 2 * (len(want) + 12) { // there are other controls too
		var before fyne.Focusable
		fyne.DoAndWait(func() { before = w.k.Win.Canvas().Focused() })
		d.key("Tab")
		d.until("the focus has moved", func() bool { return w.k.Win.Canvas().Focused() != before })
		fyne.DoAndWait(func() { reached[w.k.Win.Canvas().Focused()] = true })
	}
	for i, f := range want {
		if !reached[f] {
			t.Errorf("control %d, a %T, is not reached by Tab", i, f)
		}
	}
}

func TestEndToEndTheLogFollowsUntilTheUserScrollsUp(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	send := func(n int) {
		for range n {
			d.w.con.Send(console.Pair{ClientID: "demo"}, "x")
		}
	}
	send(100)
	d.until("all events arrived", func() bool { return len(d.records(record.Event)) == 100 && d.w.log.View.Following() })
	var at fyne.Position
	fyne.DoAndWait(func() { at = theApp.Driver().AbsolutePositionForObject(d.w.log.View) })
	d.clickAt(at.X+100, at.Y+100, "4") // the wheel, upwards
	d.until("it stops following", func() bool { return !d.w.log.View.Following() })
	send(5)
	d.until("five more events arrived", func() bool { return len(d.records(record.Event)) == 105 })
	d.until("their rows exist", func() bool { return d.w.log.Len() > 105 })
	d.until("the view has not moved", func() bool { return !d.w.log.View.Following() })
	d.key("ctrl+End")
	d.until("it follows again", func() bool { return d.w.log.View.Following() })
}

func TestEndToEndTheLogIsSaved(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	d.key("ctrl+shift+s")
	d.click(d.button("Save"))
	var path string
	d.until("the log says where it is saved", func() bool {
		for _, r := range d.records(record.Notice) {
			if r.Type == "saved" {
				path = r.Subject
			}
		}
		return path != ""
	})
	if info, err := os.Stat(path); err != nil || info.Size() == 0 || !strings.HasPrefix(path, home) || !strings.HasSuffix(path, ".zip") {
		t.Fatal(path, err)
	}
	_, saved := d.w.con.Journal.Bounds()
	d.key("alt+o")
	d.until("the dialog for a file is open", func() bool { return d.w.k.Asking() })
	d.key("ctrl+a")
	d.typed(path)
	d.key("Return")
	d.until("the file is shown", func() bool { return d.w.history.Banner.Content.Visible() && d.w.log.Len() > 0 })
	if _, last := d.w.log.From.Bounds(); last > saved || last < 3 {
		t.Errorf("the file has %d of %d records", last, saved)
	}
	d.key("ctrl+shift+b")
	d.until("the current run is shown again", func() bool { return !d.w.history.Banner.Content.Visible() })
}

// button returns the button with a text that is seen in the open dialog.
func (d *desk) button(text string) fyne.CanvasObject {
	d.t.Helper()
	var found fyne.CanvasObject
	d.until("there is a button "+text, func() bool {
		for _, o := range test.LaidOutObjects(d.w.k.Win.Canvas().Overlays().Top()) {
			if b, ok := o.(*kit.Button); ok && b.Text == text && found == nil && !theApp.Driver().AbsolutePositionForObject(b).IsZero() {
				found = b
			}
		}
		return found != nil
	})
	return found
}

func TestEndToEndClosingTheWindowClosesTheSubscriptions(t *testing.T) {
	base := serve(t)
	d := open(t, "")
	d.key("ctrl+r")
	d.typed(base)
	d.key("Return", "space")
	d.untilOpen()
	d.x("key", "--clearmodifiers", "alt+F4")
	select {
	case <-d.closed:
	case <-time.After(patience):
		t.Fatal("the window did not close")
	}
	answers := d.records(record.Answer)
	if len(answers) != 1 || answers[0].Call != record.Close || answers[0].Code != 200 {
		t.Errorf("the server was not called:\n%s", d.log())
	}
	data, err := os.ReadFile(d.settings)
	if err != nil {
		t.Fatal(err)
	}
	var s settings.Settings
	if err := json.Unmarshal(data, &s); err != nil || s.Side != settings.SideRemote || s.RemoteURL != base || s.Width == 0 || *s.ClientID != "demo" {
		t.Errorf("saved: %s, %v", data, err)
	}
}
