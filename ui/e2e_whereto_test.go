//go:build e2e

package ui

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
)

// seen waits until an event with a text is in the log.
func (d *desk) seen(text string) {
	d.t.Helper()
	d.until("the own message is in the log", func() bool {
		for _, e := range d.records(record.Event) {
			if strings.Contains(e.Data, text) {
				return strings.Contains(d.shown(), text)
			}
		}
		return false
	})
}

func TestEndToEndTheOwnMessageIsSeenAfterFiveKeystrokes(t *testing.T) {
	d := open(t, "")
	keystrokes := 0
	stroke := func(names ...string) {
		keystrokes += len(names)
		d.key(names...)
	}
	stroke("space", "shift+Tab", "shift+Tab", "shift+Tab")
	d.typed("my own message")
	stroke("ctrl+Return")
	d.seen("my own message")
	if keystrokes > 5 {
		t.Errorf("%d keystrokes", keystrokes)
	}
}

func TestEndToEndTheOwnMessageIsSeenAfterThreeClicks(t *testing.T) {
	d := open(t, "")
	d.click(d.w.form.Subscribe)
	d.click(d.w.form.Text)
	d.typed("my own message")
	d.click(d.w.form.Send)
	d.seen("my own message")
}

func TestEndToEndAnAddressThatCannotBeHadIsSaidWhereItWasTyped(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	before := d.w.con.Embedded.Status()
	d.click(d.w.form.Target.Where)
	list := d.w.form.Target.List
	for typed, says := range map[string]func() string{
		"127.0.0.1:99999":     func() string { return list.Rows[0].Choice.Why },
		other.Addr().String(): func() string { return list.Says.Text },
	} {
		d.key("ctrl+a")
		d.typed(typed)
		d.key("Return")
		d.until("it says why", func() bool { return strings.Contains(says(), typed) })
		if !list.Open() || list.Field.Text != typed {
			t.Errorf("the list is open: %v, with %q", list.Open(), list.Field.Text)
		}
	}
	if s := d.w.con.Embedded.Status(); s != before {
		t.Errorf("the server was %+v and is %+v", before, s)
	}
	if s := d.subscription(); s.Status.ReadyState != client.Open || s.Status.Conn != 1 {
		t.Errorf("the stream is %+v", s)
	}
	d.key("ctrl+a")
	d.typed("0") // any free port
	d.key("Return")
	d.until("the server has moved", func() bool {
		s := d.w.con.Embedded.Status()
		return s.State == embedded.Running && s.Address != before.Address && !list.Open()
	})
	d.key("space")
	d.untilOpen()
}

func TestEndToEndAPastedCommandBecomesTheServerAndTheClientID(t *testing.T) {
	base := serve(t)
	d := open(t, "")
	setClipboard(t, "curl -N \\\n  '"+base+"/subscribe?clientId=pasted'")
	d.click(d.w.form.Target.Where)
	d.key("ctrl+v", "Return")
	d.until("it is the target", func() bool {
		p, ok := d.w.form.Pair()
		return ok && p.Remote == base && p.ClientID == "pasted"
	})
	d.until("the request is shown", func() bool {
		return d.w.form.Target.Preview.Text == "GET "+base+"/subscribe?clientId=pasted"
	})
	d.key("space")
	d.untilOpen()
	d.click(d.w.form.Target.Flip)
	d.until("one click switches to the embedded server", d.w.form.Target.IsEmbedded)
	d.key("ctrl+t")
	d.until("Ctrl+T switches back", func() bool { p, _ := d.w.form.Pair(); return p.Remote == base })
	d.key("ctrl+r", "ctrl+a")
	d.typed("127.0.0.1:9/x")
	d.key("Return")
	d.until("Ctrl+R replaces the address", func() bool { p, _ := d.w.form.Pair(); return p.Remote == "http://127.0.0.1:9/x" })
}

func TestEndToEndTheContentIsDraggedHigher(t *testing.T) {
	d := open(t, "")
	var at fyne.Position
	before := d.w.form.Text.Size().Height
	d.until("the grip is laid out", func() bool {
		at = theApp.Driver().AbsolutePositionForObject(d.w.form.Grip)
		return !at.IsZero()
	})
	d.drag(at.X+6, at.Y+6, 80)
	d.until("the content is higher", func() bool { return d.w.form.Text.Size().Height > before+50 })
}

func TestEndToEndAPasteOverTheLimitIsSaidBeforeItIsSent(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	setClipboard(t, strings.Repeat("x", server.MaxContent+1))
	d.click(d.w.form.Text)
	d.key("ctrl+a", "ctrl+v")
	d.until("it is refused", func() bool {
		return d.w.form.Chip.Visible() && d.w.form.Send.Disabled() && d.w.form.Reason.Text == d.w.k.T("why.long_content", "About", "1.0 MiB")
	})
	d.click(d.w.form.Remove)
	d.until("it can send again", func() bool { return !d.w.form.Send.Disabled() })
}

func TestEndToEndSendingComesBackFromAnEarlierRun(t *testing.T) {
	dir := t.TempDir()
	earlier, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	earlier.Append(record.Record{Kind: record.Event, Data: "earlier"})
	if err := earlier.Close(); err != nil {
		t.Fatal(err)
	}
	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	d.w.history.OpenRun(runs[0])
	d.until("the earlier run is shown", func() bool { return d.w.history.Banner.Content.Visible() })
	d.key("ctrl+Return")
	d.until("the current run is shown", func() bool { return !d.w.history.Banner.Content.Visible() })
	d.seen("hello")
}

func TestEndToEndANewEnvironmentIsNamedByTyping(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "ctrl+m")
	d.until("the panel is open", func() bool { return d.w.targets.Manager != nil && d.w.targets.Manager.Popup.Visible() })
	d.click(d.button("Environments"))
	d.click(d.button("New"))
	d.until("it is created", func() bool { _, names, _ := d.w.con.Targets.Names(); return len(names) == 1 })
	d.until("its name has the focus", func() bool { _, ok := d.w.k.Win.Canvas().Focused().(*kit.Field); return ok })
	d.typed("staging")
	d.click(d.button("Save"))
	d.until("it has the typed name", func() bool { _, names, _ := d.w.con.Targets.Names(); return len(names) == 1 && names[0] == "staging" })
}

// drag drags with the left button from a position downwards.
func (d *desk) drag(x, y, down float32) {
	d.t.Helper()
	var scale float32
	fyne.DoAndWait(func() { scale = d.w.k.Win.Canvas().Scale() })
	d.x("mousemove", "--window", d.id, fmt.Sprint(int(x*scale)), fmt.Sprint(int(y*scale)))
	d.settle()
	d.x("mousedown", "1")
	for step := float32(1); step <= 4; step++ {
		d.x("mousemove", "--window", d.id, fmt.Sprint(int(x*scale)), fmt.Sprint(int((y+down*step/4)*scale)))
		d.settle()
	}
	d.x("mouseup", "1")
	d.settle()
}
