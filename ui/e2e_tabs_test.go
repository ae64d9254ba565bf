//go:build e2e

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/tabs"
)

// subscribe subscribes as each clientId, by keys.
func (d *desk) subscribe(ids ...string) {
	d.t.Helper()
	for _, id := range ids {
		d.click(d.w.scope.New)
		d.typed(id)
		d.key("Return")
		d.untilOpen()
	}
}

// tabNames returns the names of the tabs, in order.
func (d *desk) tabNames() (names string) {
	fyne.DoAndWait(func() {
		for _, t := range d.w.scope.List {
			names += t.State.Label.Text + " "
		}
	})
	return strings.TrimSpace(names)
}

func (d *desk) tab(i int) (t *tabs.Tab) {
	fyne.DoAndWait(func() { t = d.w.scope.List[i] })
	return t
}

// clickTab clicks a mouse button on the name of a tab.
func (d *desk) clickTab(i int, button string) {
	d.t.Helper()
	at, size := d.placeOf(d.tab(i).State.Content)
	d.clickAt(at.X+size.Width/2, at.Y+size.Height/2, button)
}

// placeOf returns where an object is, once it has been laid out.
func (d *desk) placeOf(o fyne.CanvasObject) (at fyne.Position, size fyne.Size) {
	d.t.Helper()
	d.until("it is laid out", func() bool {
		before := at
		at, size = theApp.Driver().AbsolutePositionForObject(o), o.Size()
		return !at.IsZero() && at == before
	})
	return at, size
}

func TestEndToEndATabIsTheScopeOfTheLogAndCountsWhatIsUnread(t *testing.T) {
	d := open(t, "")
	d.subscribe("ann", "bob")
	d.clickTab(0, "1")
	d.until("ann is in the form, and only her rows are shown", func() bool {
		return d.w.form.ClientID.Text == "ann" && strings.Contains(d.shown(), "clientId=ann") && !strings.Contains(d.shown(), "clientId=bob")
	})
	for range 3 {
		d.w.con.Send(console.Pair{ClientID: "bob"}, "for bob")
	}
	d.until("three events of bob are unread", func() bool { return d.w.scope.List[1].Count.Text == "3" })
	d.key("ctrl+Next")
	d.until("they are shown and read", func() bool {
		return d.w.scope.Chosen() == d.w.scope.List[1] && d.w.scope.List[1].Count.Text == "" && strings.Count(d.shown(), "for bob") > 0
	})
	d.key("ctrl+Next")
	d.until("everything is shown", func() bool {
		return d.w.scope.Chosen() == d.w.scope.All && strings.Contains(d.shown(), "clientId=ann") && strings.Contains(d.shown(), "for bob")
	})
}

func TestEndToEndATabIsRenamedByDoubleClickAndF2(t *testing.T) {
	d := open(t, "")
	d.subscribe("ann")
	d.clickTab(0, "1")
	d.x("click", "1")
	d.until("its name is asked for", func() bool { return d.w.k.Asking() })
	d.typed("prices")
	d.key("Return")
	d.until("it has the name", func() bool { return !d.w.k.Asking() && d.w.scope.List[0].State.Label.Text == "prices" })
	d.click(d.w.form.ClientID)
	d.key("F2")
	d.until("F2 asks, too", func() bool { return d.w.k.Asking() })
	d.typed("other")
	d.key("Escape")
	d.until("Escape keeps the name", func() bool { return !d.w.k.Asking() && d.w.scope.List[0].State.Label.Text == "prices" })
	if p, _ := d.w.form.Pair(); p.ClientID != "ann" {
		t.Errorf("the clientId is %q now", p.ClientID)
	}
}

func TestEndToEndTabsAreClosedByTheMouseAndByDelete(t *testing.T) {
	d := open(t, "")
	d.subscribe("ann", "bob", "cay", "dan")
	d.clickTab(1, "2")
	d.until("the middle button has closed bob", func() bool { return len(d.w.scope.List) == 3 })
	at, size := d.placeOf(d.tab(0).Remove)
	d.clickAt(at.X+size.Width/2, at.Y+size.Height/2, "1")
	d.until("the cross has closed ann", func() bool { return len(d.w.scope.List) == 2 })
	d.clickTab(0, "1")
	d.key("Delete")
	d.until("Delete has closed cay", func() bool { return len(d.w.scope.List) == 1 })
	if got := d.tabNames(); got != "dan" {
		t.Errorf("left: %s", got)
	}
	if n := len(d.records(record.Close)); n != 3 {
		t.Errorf("the server was told %d times", n)
	}
	d.key("ctrl+d")
	d.until("dan is closed", func() bool {
		return d.w.scope.List[0].Word.Text == d.w.k.T("state.closed") && d.w.scope.List[0].Sub.Running == 0
	})
	d.key("ctrl+shift+k")
	d.until("no tab is left", func() bool { return len(d.w.scope.List) == 0 && d.w.scope.Chosen() == d.w.scope.All })
}

func TestEndToEndTabsAreMovedByKeysAndByDragging(t *testing.T) {
	d := open(t, "")
	d.subscribe("ann", "bob", "cay")
	d.clickTab(0, "1")
	d.key("ctrl+shift+Next")
	d.until("ann is second", func() bool { return d.w.scope.List[1].State.Label.Text == "ann" })
	var scale float32
	fyne.DoAndWait(func() { scale = d.w.k.Win.Canvas().Scale() })
	at, size := d.placeOf(d.tab(2).State.Content)
	to, _ := d.placeOf(d.tab(0).State.Content)
	d.x("mousemove", "--window", d.id, fmt.Sprint(int((at.X+size.Width/2)*scale)), fmt.Sprint(int((at.Y+size.Height/2)*scale)))
	d.settle()
	d.x("mousedown", "1")
	for range 20 {
		d.x("mousemove_relative", "--", fmt.Sprint(int((to.X-at.X)*scale/20)-1), "0")
	}
	d.settle()
	d.x("mouseup", "1")
	d.until("cay is first", func() bool { return d.w.scope.List[0].State.Label.Text == "cay" && d.w.scope.List[0].Position().X == 0 })
	if got := d.tabNames(); got != "cay bob ann" {
		t.Errorf("the order is %s", got)
	}
}

func TestEndToEndManyTabsScrollAndTheChosenOneIsInView(t *testing.T) {
	d := open(t, "")
	fyne.DoAndWait(func() { d.w.k.Win.Resize(fyne.NewSize(800, 500)) })
	var ids []string
	for i := range 14 {
		ids = append(ids, fmt.Sprint("somebody", i))
	}
	for _, id := range ids {
		d.w.con.Subscribe(console.Pair{ClientID: id}, "")
	}
	inView := func(t *tabs.Tab) bool {
		left := t.Position().X - d.w.scope.Scroll.Offset.X
		return left >= 0 && left+t.Size().Width <= d.w.scope.Scroll.Size().Width
	}
	d.until("all tabs exist", func() bool { return len(d.w.scope.List) == len(ids) && d.w.scope.Menu.Visible() })
	for range ids {
		d.key("ctrl+Next")
		d.until("the chosen one is in view", func() bool { return inView(d.w.scope.Chosen()) })
	}
	d.click(d.w.scope.Menu)
	d.until("the menu is open", func() bool { return d.w.k.Asking() })
	d.key("Down", "Down", "Return")
	d.until("the first is chosen in the menu and in view", func() bool {
		return d.w.scope.Chosen() == d.w.scope.List[0] && inView(d.w.scope.List[0])
	})
	d.key("Left", "End")
	d.until("the arrow keys go on from there", func() bool { return inView(d.w.scope.List[13]) && d.w.scope.Chosen() == d.w.scope.List[13] })
}

func TestEndToEndTheNextWindowShowsTheTabsAndWhatWasNotSent(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "settings.json")
	d := open(t, path)
	d.subscribe("ann", "bob")
	d.clickTab(0, "1")
	d.key("F2")
	d.until("its name is asked for", func() bool { return d.w.k.Asking() })
	d.typed("prices")
	d.key("Return")
	d.click(d.w.form.Text)
	d.key("ctrl+a")
	d.typed("not sent yet")
	d.click(d.w.log.Bar.Field)
	d.typed("type:message")
	state := filepath.Join(dir, "session.json")
	d.until("that is stored while the window is open", func() bool {
		data, err := os.ReadFile(state)
		return err == nil && strings.Contains(string(data), "type:message") && strings.Contains(string(data), "prices")
	})
	if info, err := os.Stat(state); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	second := open(t, path)
	if got := second.tabNames(); got != "" {
		t.Errorf("a second window has the tabs %s", got)
	}
	second.subscribe("cay")
	second.x("key", "--clearmodifiers", "alt+F4")
	<-second.closed
	d.x("windowactivate", "--sync", d.id)
	d.x("key", "--clearmodifiers", "alt+F4")
	<-d.closed

	again := open(t, path)
	again.until("the tabs are there, closed", func() bool {
		l := again.w.scope.List
		return len(l) == 2 && l[0].State.Label.Text == "prices" && l[0].Word.Text == again.w.k.T("state.closed")
	})
	again.until("and the rest", func() bool {
		return again.w.form.Text.Text == "not sent yet" && again.w.log.Bar.Field.Text == "type:message" && again.w.scope.Chosen() == again.w.scope.List[0]
	})
	if len(again.records(record.Subscribe)) != 0 {
		t.Error("it has subscribed by itself")
	}
	at, size := again.placeOf(again.tab(1).Again)
	again.clickAt(at.X+size.Width/2, at.Y+size.Height/2, "1")
	again.until("one click opens one", func() bool {
		l := again.w.scope.List
		return l[1].Sub.Status.ReadyState == client.Open && again.w.scope.Chosen() == l[1]
	})
}

func TestEndToEndABrokenStateDoesNotStopTheWindow(t *testing.T) {
	dir := t.TempDir()
	state := filepath.Join(dir, "session.json")
	if err := os.WriteFile(state, []byte(`{"version": 1, "tabs": [`), 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, filepath.Join(dir, "settings.json"))
	d.until("the log says where it is now", func() bool {
		aside, _ := filepath.Glob(state + ".broken-*")
		for _, r := range d.records(record.Notice) {
			if len(aside) == 1 && r.Notice() == record.NoticeSessionBroken && r.Subject == aside[0] {
				return true
			}
		}
		return false
	})
	d.subscribe("ann")
}
