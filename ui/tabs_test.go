//go:build !e2e

package ui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/client"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/tabs"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording/catalogue"
)

// windowWithTabs returns a window with an open subscription of each clientId.
func windowWithTabs(t *testing.T, ids ...string) *window {
	t.Helper()
	w := testWindow(t, settings.Settings{Language: catalogue.English, Address: "127.0.0.1:0"})
	w.con.Embedded.Start("127.0.0.1:0")
	for i, id := range ids {
		w.con.Subscribe(console.Pair{ClientID: id}, "")
		until(t, id+" is open", func() bool {
			w.refresh()
			return len(w.scope.List) == i+1 && w.scope.List[i].Sub.Status.ReadyState == client.Open
		})
	}
	return w
}

// names returns the texts of the tabs, in order.
func names(w *window) (names []string) {
	for _, t := range w.scope.List {
		names = append(names, t.State.Label.Text)
	}
	return names
}

// pressTab presses a mouse button on a tab.
func pressTab(t *tabs.Tab, button desktop.MouseButton) {
	e := &desktop.MouseEvent{Button: button}
	t.MouseDown(e)
	t.MouseUp(e)
}

func TestATabPutsItsSubscriptionIntoTheFormAndTheLineAtTheBottom(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob")
	if w.scope.Chosen() != w.scope.All || w.scope.Scope() != (console.Scope{}) {
		t.Errorf("at first %+v is chosen", w.scope.Scope())
	}
	w.tabs.Choose(tabServer)
	pressTab(w.scope.List[0], desktop.MouseButtonPrimary)
	p := console.Pair{ClientID: "ann"}
	if got, _ := w.form.Pair(); got != p || w.scope.Scope() != (console.Scope{One: true, Pair: p}) || w.tabs.Chosen != tabLog {
		t.Errorf("form %+v, scope %+v, page %d", got, w.scope.Scope(), w.tabs.Chosen)
	}
	if of, one := w.scope.Of(); !one || of != p {
		t.Errorf("the line is about %+v", of)
	}
}

func TestCtrlPgDnStepsThroughAllTabs(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob")
	for _, want := range []string{"ann", "bob", "All", "ann"} {
		press(w, commandOf(t, w, "next").Keys[0])
		if got := w.scope.Chosen().State.Label.Text; got != want {
			t.Errorf("%s is chosen, want %s", got, want)
		}
	}
	press(w, commandOf(t, w, "previous").Keys[0])
	if w.scope.Chosen() != w.scope.All {
		t.Error("Ctrl+PgUp does not go back")
	}
}

func TestSubscribingShowsTheTabUnlessAllIsChosen(t *testing.T) {
	w := windowWithTabs(t, "ann")
	subscribe := func(id string) {
		w.form.ClientID.SetText(id)
		w.form.DoSubscribe()
	}
	subscribe("bob")
	if w.scope.Chosen() != w.scope.All {
		t.Error("All was left")
	}
	w.scope.Choose(w.scope.List[0])
	subscribe("cay")
	if got := w.scope.Scope().Pair.ClientID; got != "cay" {
		t.Errorf("%s is shown after subscribing as cay", got)
	}
	subscribe("ann")
	if got := w.scope.Scope().Pair.ClientID; got != "ann" || len(w.scope.List) != 3 {
		t.Errorf("%s is shown after subscribing as ann again; tabs %q", got, names(w))
	}
	w.form.ClientID.SetText("nobody")
	w.form.DoSend()
	if w.scope.Chosen() != w.scope.All {
		t.Error("a send to somebody without a tab is not shown")
	}
}

func TestATabCountsTheEventsThatWereNotShown(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob")
	ann, bob := w.scope.List[0], w.scope.List[1]
	send := func(id string, n int) {
		p := console.Pair{ClientID: id}
		before, _ := w.con.Subscription(p)
		for range n {
			w.con.Send(p, "x")
		}
		until(t, "the events arrived", func() bool {
			s, _ := w.con.Subscription(p)
			return s.Status.Events == before.Status.Events+int64(n)
		})
		w.refresh()
	}
	send("bob", 2)
	if bob.Unread != 0 {
		t.Errorf("%d unread events although All shows them", bob.Unread)
	}
	w.scope.Choose(ann)
	send("bob", 3)
	send("ann", 1)
	if bob.Unread != 3 || ann.Unread != 0 {
		t.Errorf("unread: %d of bob, %d of ann", bob.Unread, ann.Unread)
	}
	until(t, "the number is shown", func() bool { w.refresh(); return bob.Count.Text == "3" })
	w.con.Subscribe(console.Pair{ClientID: "bob"}, "")
	until(t, "bob is open again", func() bool {
		w.refresh()
		return bob.Sub.Status.Events == 0 && bob.Sub.Status.ReadyState == client.Open
	})
	send("bob", 1)
	if bob.Unread != 4 {
		t.Errorf("%d unread events of bob's two subscriptions, want 4", bob.Unread)
	}
	w.tabs.Choose(tabServer)
	send("ann", 1)
	if ann.Unread != 1 {
		t.Error("events behind the server's page count as read")
	}
	w.tabs.Choose(tabLog)
	w.scope.Choose(bob)
	if bob.Unread != 0 || bob.Count.Text != "" {
		t.Errorf("the shown tab says %q", bob.Count.Text)
	}
}

func TestATabIsRenamedAndItsClientIDRemains(t *testing.T) {
	w := windowWithTabs(t, "ann")
	ann := w.scope.List[0]
	pressTab(ann, desktop.MouseButtonPrimary)
	pressTab(ann, desktop.MouseButtonPrimary)
	field, ok := w.k.Win.Canvas().Focused().(*kit.Field)
	if !ok || field.SelectedText() != "ann" {
		t.Fatalf("a double click focuses a %T", w.k.Win.Canvas().Focused())
	}
	field.SetText("prices")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := names(w); got[0] != "prices" || w.form.ClientID.Text != "ann" || w.scope.Scope().Pair.ClientID != "ann" {
		t.Errorf("tabs %q, clientId %s", got, w.form.ClientID.Text)
	}
	press(w, commandOf(t, w, "tab_rename").Keys[0])
	w.k.Win.Canvas().Focused().(*kit.Field).SetText("")
	w.k.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := names(w); got[0] != "ann" {
		t.Errorf("without a name it is called %q", got[0])
	}
}

func TestClosingALiveTabClosesItsSubscriptionFirst(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob", "cay")
	pressTab(w.scope.List[1], desktop.MouseButtonPrimary)
	pressTab(w.scope.List[1], desktop.MouseButtonTertiary)
	if got := w.scope.Scope().Pair.ClientID; got != "cay" || w.form.ClientID.Text != "cay" {
		t.Errorf("its neighbour is not chosen, but %q", got)
	}
	until(t, "the tab is gone", func() bool { w.refresh(); return len(w.scope.List) == 2 })
	closed := false
	for r := range w.con.Journal.Scan(w.con.Journal.Bounds()) {
		closed = closed || r.Kind == record.Close && r.ClientID == "bob"
	}
	if !closed {
		t.Error("the server was not told")
	}
	w.k.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) // the row has the focus
	until(t, "cay's tab is gone", func() bool { w.refresh(); return fmt.Sprint(names(w)) == "[ann]" })
	if got := w.scope.Scope().Pair.ClientID; got != "ann" {
		t.Errorf("after the last one %q is chosen", got)
	}
}

func TestTabsOfClosedSubscriptionsAreRemovedTogether(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob", "cay")
	for _, id := range []string{"ann", "cay"} {
		w.con.Close(console.Pair{ClientID: id})
	}
	until(t, "two are closed", func() bool {
		w.refresh()
		return w.scope.List[0].Word.Text == "Closed" && w.scope.List[2].Word.Text == "Closed"
	})
	w.scope.Choose(w.scope.List[2])
	press(w, commandOf(t, w, "dismiss_closed").Keys[0])
	if w.scope.Scope().Pair.ClientID != "bob" || w.form.ClientID.Text != "bob" {
		t.Errorf("%+v is chosen", w.scope.Scope())
	}
	until(t, "they are gone", func() bool { w.refresh(); return fmt.Sprint(names(w)) == "[bob]" })
}

func TestTabsAreMovedByKeysAndByDragging(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob", "cay")
	w.scope.Choose(w.scope.List[0])
	right, left := commandOf(t, w, "tab_right").Keys[0], commandOf(t, w, "tab_left").Keys[0]
	for range 3 {
		press(w, right)
	}
	if got := fmt.Sprint(names(w)); got != "[bob cay ann]" {
		t.Errorf("moved to the right: %s", got)
	}
	press(w, left)
	if got := fmt.Sprint(names(w)); got != "[bob ann cay]" {
		t.Errorf("moved back: %s", got)
	}
	cay := w.scope.List[2]
	from := cay.Position().X
	for range 20 {
		cay.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: -from / 20}})
	}
	cay.DragEnd()
	if got := fmt.Sprint(names(w)); got != "[cay bob ann]" || cay.Position().X != 0 {
		t.Errorf("dragged to the front: %s, at %v", got, cay.Position().X)
	}
	x := float32(-1)
	for _, tab := range w.scope.List {
		if tab.Position().X <= x {
			t.Errorf("%s is at %v, after %v", tab.State.Label.Text, tab.Position().X, x)
		}
		x = tab.Position().X
	}
}

func TestTheChosenTabIsScrolledIntoView(t *testing.T) {
	w := windowOfManyTabs(t)
	w.scope.Choose(w.scope.List[11])
	inView := func(i int) bool {
		tab := w.scope.List[i]
		left := tab.Position().X - w.scope.Scroll.Offset.X
		return left >= 0 && left+tab.Size().Width <= w.scope.Scroll.Size().Width
	}
	if inView(0) || !inView(11) || !w.scope.Menu.Visible() {
		t.Errorf("the last is not in view; offset %v", w.scope.Scroll.Offset)
	}
	w.scope.Step(1)
	w.scope.Step(1)
	if !inView(0) {
		t.Errorf("the first is not in view; offset %v", w.scope.Scroll.Offset)
	}
	w.k.Win.Resize(fyne.NewSize(1600, 500))
	w.scope.Choose(w.scope.List[8])
	for width := float32(1600); width >= 800; width -= 100 {
		w.k.Win.Resize(fyne.NewSize(width, 500))
		if !inView(8) {
			t.Errorf("at width %v the chosen one is not in view; offset %v", width, w.scope.Scroll.Offset)
		}
	}
	w.scope.Menu.OnTapped()
	if !w.k.Asking() {
		t.Error("there is no menu of all tabs")
	}
}

func TestTabsNameTheirTargetsOnlyIfTheseDiffer(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	subscribe := func(p console.Pair) {
		w.con.Subscribe(p, "")
		w.scope.Calling(record.Subscribe, p)
		w.refresh()
	}
	subscribe(console.Pair{Remote: "http://127.0.0.1:9", ClientID: "ann"})
	if got := names(w); got[0] != "ann" {
		t.Errorf("tabs %q", got)
	}
	subscribe(console.Pair{Remote: "http://127.0.0.1:10", ClientID: "ann"})
	if got := fmt.Sprint(names(w)); got != "[ann @ 127.0.0.1:9 ann @ 127.0.0.1:10]" {
		t.Errorf("tabs %s", got)
	}
}

func TestATabLeavesAnEarlierRunWhichIsShownWhole(t *testing.T) {
	dir := t.TempDir()
	earlier, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	earlier.Append(record.Record{Time: time.Now(), Kind: record.Event, Target: "h:1/demo/sse", ClientID: "x", Data: "one"})
	if err := earlier.Close(); err != nil {
		t.Fatal(err)
	}
	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	w := windowWithTabs(t, "ann", "bob")
	w.scope.Choose(w.scope.List[0])
	w.history.OpenRun(runs[0])
	if w.scope.Chosen() != w.scope.All || w.log.Len() != 1 {
		t.Errorf("%d rows of the earlier run, scope %+v", w.log.Len(), w.scope.Scope())
	}
	w.scope.Choose(w.scope.All)
	if !w.history.Banner.Content.Visible() {
		t.Error("the tab for everything has left it")
	}
	pressTab(w.scope.List[1], desktop.MouseButtonPrimary)
	if w.history.Banner.Content.Visible() || w.log.From != w.con.Journal {
		t.Error("a tab of this run does not show this run")
	}
}

func TestTabsKeepTheirStateInAnotherLanguageAndWidth(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob")
	w.scope.Choose(w.scope.List[1])
	w.scope.MoveTab(-1)
	w.setLanguage(catalogue.Chinese)
	w.k.Win.Resize(fyne.NewSize(800, 500))
	if got := fmt.Sprint(names(w)); got != "[bob ann]" || w.scope.Chosen() != w.scope.List[0] || w.scope.List[0].Word.Text != "已连接" {
		t.Errorf("tabs %s, scope %+v, %q", got, w.scope.Scope(), w.scope.List[0].Word.Text)
	}
}

func TestATabClosedByMistakeIsOfferedAgain(t *testing.T) {
	w := windowWithTabs(t, "ann")
	w.scope.List[0].Name = "prices"
	w.scope.Close(w.scope.List[0])
	until(t, "it is gone", func() bool { w.refresh(); return len(w.scope.List) == 0 })
	answered(t, w, w.k.T("tabs.closed", "Name", "prices"))
}

func TestATabThatDoesNotChangeIsNotRedrawn(t *testing.T) {
	w := windowWithTabs(t, "ann", "bob")
	w.scope.Choose(w.scope.List[0])
	w.refresh()
	laidOut := &counting{layout: w.scope.Parts.Layout}
	w.scope.Parts.Layout = laidOut
	for range 3 {
		w.scope.Refresh()
	}
	if laidOut.n != 0 {
		t.Errorf("the row was laid out %d times", laidOut.n)
	}
	if w.scope.Tick(time.Now()) != 0 {
		t.Error("the pump is told to redraw the tabs")
	}
}

type layout = fyne.Layout

// counting counts how often it was used.
type counting struct {
	layout
	n int
}

func (c *counting) Layout(objects []fyne.CanvasObject, size fyne.Size) { c.n++ }

// BenchmarkRefreshOfManyTabs measures what 200 tabs cost at each refresh of the window.
func BenchmarkRefreshOfManyTabs(b *testing.B) {
	con := console.New(console.Config{})
	defer con.Shutdown()
	fonts, err := text.Bundled()
	if err != nil {
		b.Fatal(err)
	}
	w := newWindow(fonts, kittest.App(), con, "test", func(run func()) { run() })
	defer w.k.Win.Close()
	for i := range 200 {
		w.scope.Calling(record.Subscribe, console.Pair{ClientID: fmt.Sprint("somebody", i)})
	}
	w.refresh()
	for b.Loop() {
		w.scope.Refresh()
	}
}
