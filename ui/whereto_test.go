//go:build !e2e

package ui

import (
	"context"
	"net"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording/catalogue"
)

// typeTarget opens the list of targets and types into its field.
func typeTarget(w *window, text string) *kit.Picker {
	w.form.Target.Where.Tapped(nil)
	w.form.Target.List.Field.SetText(text)
	return w.form.Target.List
}

// titles returns the titles of the choices that the list offers.
func titles(p *kit.Picker) []string {
	var all []string
	for _, row := range p.Rows {
		all = append(all, row.Choice.Title)
	}
	return all
}

func pressIn(p *kit.Picker, keys ...fyne.KeyName) {
	for _, key := range keys {
		p.Field.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestAPastedAddressBecomesWhatItIs(t *testing.T) {
	for typed, want := range map[string]console.Pair{
		"http://h:81/demo/sse/subscribe?clientId=ann":                                     {Remote: "http://h:81/demo/sse", ClientID: "ann"},
		"  'h:81/smilex/open/sse/send?clientId=%E5%AE%89&content=x' ":                     {Remote: "http://h:81/smilex/open/sse", ClientID: "安"},
		"https://h/demo/sse?token=t":                                                      {Remote: "https://h/demo/sse?token=t", ClientID: "demo"},
		"127.0.0.1:81/demo/sse":                                                           {Remote: "http://127.0.0.1:81/demo/sse", ClientID: "demo"},
		"curl -N 'http://h/demo/sse/subscribe?clientId=bob'":                              {Remote: "http://h/demo/sse", ClientID: "bob"},
		"$ curl http://h/s/send -d clientId=eve -d content=hello":                         {Remote: "http://h/s", ClientID: "eve"},
		"curl \\\n  -H 'Accept: text/event-stream' \\\n  'http://h/s/close?clientId=a b'": {Remote: "http://h/s", ClientID: "a b"},
	} {
		w := testWindow(t, settings.Settings{Language: catalogue.English})
		w.form.Target.Where.Tapped(nil)
		list := w.form.Target.List
		list.Field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: kit.Clipboard(typed)})
		pressIn(list, fyne.KeyReturn)
		if p, ok := w.form.Pair(); !ok || p != want {
			t.Errorf("%q becomes %+v, want %+v", typed, p, want)
		}
		if list.Open() || w.k.Win.Canvas().Focused() != w.form.Subscribe {
			t.Errorf("%q: the list is open: %v; the focus is in %T", typed, list.Open(), w.k.Win.Canvas().Focused())
		}
	}
}

func TestAWordThatIsInNoTargetIsTakenAsAHost(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	if got := titles(typeTarget(w, "no such")); len(got) != 1 || got[0] != w.k.T("where.nothing") {
		t.Errorf("two words: %q", got)
	}
	w.form.Target.List.Close()
	if got := titles(typeTarget(w, "embedded")); len(got) != 1 {
		t.Errorf("a word of a target: %q", got)
	}
	w.form.Target.List.Close()
	pressIn(typeTarget(w, "myserver"), fyne.KeyReturn)
	if p, _ := w.form.Pair(); p.Remote != "http://myserver" {
		t.Errorf("a host: %+v", p)
	}
}

func TestWhyTheServerDidNotStartIsSaidInTheForm(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Address: "127.0.0.1:99999"})
	w.form.Start.OnTapped()
	until(t, "it has failed", func() bool { return w.con.Embedded.Status().Problem != "" })
	w.refresh()
	if want := w.k.T("listen.bad_port", "Address", "127.0.0.1:99999"); w.form.Reason.Text != want || !w.form.Start.Visible() {
		t.Errorf("it says %q", w.form.Reason.Text)
	}
	w.con.UpdateSettings(func(s *settings.Settings) { s.Address = "127.0.0.1:0" })
	w.form.Start.OnTapped()
	until(t, "the server runs", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	w.refresh()
	if w.form.Start.Visible() || w.k.Win.Canvas().Focused() != w.form.Subscribe {
		t.Errorf("Start is shown: %v; the focus is in %T", w.form.Start.Visible(), w.k.Win.Canvas().Focused())
	}
}

func TestACurlCommandOfAnotherServerOpensTheImportWithIt(t *testing.T) {
	for _, command := range []string{
		"curl -H 'Authorization: Bearer abc' 'http://h/demo/sse/subscribe?clientId=bob'",
		"curl https://stream.example/v2/recentchange",
		"curl -k 'https://h/demo/sse/subscribe?clientId=bob'",
		"curl https://h/chat -d '{\"stream\": true}'",
	} {
		k := newTargetsWindow(t, catalogue.English)
		list := typeTarget(k.window, command)
		pressIn(list, fyne.KeyReturn)
		field, ok := k.k.Win.Canvas().Focused().(*kit.ContentField)
		if !ok || field.Text != command {
			t.Errorf("%s: the focus is in %T", command, k.k.Win.Canvas().Focused())
		}
	}
}

func TestWhatCannotBeATargetSaysWhyAndIsNotPicked(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	before, _ := w.form.Pair()
	for typed, why := range map[string]string{
		"127.0.0.1:99999": "the port must be a number from 0 to 65535",
		":70000":          "the port must be a number from 0 to 65535",
		"ftp://h/x":       "Only http and https URLs are supported.",
		"http://h:99999/": "port 99999 is over 65535",
		"curl 'http://h":  "quot",
	} {
		list := typeTarget(w, typed)
		if len(list.Rows) == 0 || list.Rows[0].Choice.Why == "" || !strings.Contains(list.Rows[0].Choice.Why, why) {
			t.Errorf("%q: %q", typed, titles(list))
			continue
		}
		pressIn(list, fyne.KeyReturn)
		list.Rows[0].Tapped(nil)
		if p, _ := w.form.Pair(); p != before || !list.Open() || list.Field.Text != typed {
			t.Errorf("%q was taken: %+v", typed, p)
		}
		list.Close()
	}
	if w.con.Embedded.Status().State != embedded.Stopped {
		t.Error("the embedded server was started")
	}
}

func TestTypingNarrowsTheListOfTargets(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.con.UpdateSettings(func(s *settings.Settings) {
		s.RemoteURLs = []string{"http://far.example/demo/sse?token=secret", "http://near.example/demo/sse"}
	})
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		if err := s.AddEnvironment(ctx, endpoint.Environment{Name: "staging", Variables: []endpoint.Variable{{Name: "host", Value: "staging.example"}}}); err != nil {
			return err
		}
		if err := s.Activate(ctx, "staging"); err != nil {
			return err
		}
		return s.Add(ctx, endpoint.Spec{Name: "orders", Subscribe: endpoint.Call{URL: "https://{{host}}/orders/{clientId}"}})
	})
	k.refresh()
	all := strings.Join(titles(typeTarget(k.window, "")), "|")
	for _, part := range []string{"Embedded server", "http://far.example/demo/sse?token=•••", "orders", "staging"} {
		if !strings.Contains(all, part) {
			t.Errorf("the list lacks %s: %s", part, all)
		}
	}
	if strings.Contains(all, "secret") {
		t.Error("the list shows a secret")
	}
	k.form.Target.List.Close()
	list := typeTarget(k.window, "EXAMPLE near")
	if got := titles(list); len(got) != 2 || got[1] != "http://near.example/demo/sse" {
		t.Errorf("found %q", got)
	}
	pressIn(list, fyne.KeyReturn)
	if p, _ := k.form.Pair(); p.Remote != "http://near.example/demo/sse" {
		t.Errorf("chosen %+v", p)
	}
	list = typeTarget(k.window, "staging orders") // by its URL in this environment
	pressIn(list, fyne.KeyReturn)
	if p, _ := k.form.Pair(); p.Saved != "orders" {
		t.Errorf("chosen %+v", p)
	}
	if got := k.form.Target.Preview.Text; got != "GET https://staging.example/orders/demo" {
		t.Errorf("the request is shown as %q", got)
	}
}

func TestTheRequestIsShownWithoutItsSecrets(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	if w.form.Target.Preview.Text != "" {
		t.Errorf("while the server is stopped: %q", w.form.Target.Preview.Text)
	}
	w.form.Target.SetURL("http://h/demo/sse?token=abc")
	w.form.ClientID.SetText("安 b")
	if got := w.form.Target.Preview.Text; got != "GET http://h/demo/sse/subscribe?token=•••&clientId=%E5%AE%89%20b" {
		t.Errorf("shown is %q", got)
	}
}

func TestATakenPortIsSaidWhereItWasTypedAndNothingStops(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	k := newTargetsWindow(t, catalogue.English)
	k.con.Embedded.Start("127.0.0.1:0")
	running := func() bool { return k.con.Embedded.Status().State == embedded.Running }
	until(t, "the server runs", running)
	before := k.con.Embedded.Status()
	taken := other.Addr().String()
	list := typeTarget(k.window, taken)
	pressIn(list, fyne.KeyReturn)
	k.until("it says why", list.Says.Visible)
	if want := k.k.T("listen.in_use", "Address", taken); list.Says.Text != want || list.Field.Text != taken || !list.Open() {
		t.Errorf("it says %q beside %q", list.Says.Text, list.Field.Text)
	}
	if s := k.con.Embedded.Status(); s != before {
		t.Errorf("the server was %+v and is %+v", before, s)
	}
	list.Close()
	k.form.Target.Where.Tapped(nil)
	if got := k.form.Target.List.Field.Text; got != taken {
		t.Errorf("the list opens again with %q", got)
	}
	list = k.form.Target.List
	list.Field.SetText("127.0.0.1:0")
	pressIn(list, fyne.KeyReturn)
	k.until("the server has moved", func() bool { return !list.Open() && running() && k.con.Embedded.Status() != before })
	if got := k.con.Settings().Address; got != "127.0.0.1:0" {
		t.Errorf("remembered is %s", got)
	}
}

func TestCtrlRSelectsTheRemoteAddressToBeReplaced(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, RemoteURL: "http://h/demo/sse", RemoteURLs: []string{"http://h/demo/sse", "http://other/s"}})
	press(w, commandOf(t, w, "remote").Keys[0])
	list := w.form.Target.List
	if w.form.Target.Chosen() != form.SideRemote || !list.Open() || w.k.Win.Canvas().Focused() != list.Field || list.Field.SelectedText() != "http://h/demo/sse" {
		t.Fatalf("open %v, the focus is in %T, selected %q", list.Open(), w.k.Win.Canvas().Focused(), list.Field.SelectedText())
	}
	if !strings.Contains(strings.Join(titles(list), "|"), "http://other/s") {
		t.Errorf("it offers only %q", titles(list))
	}
	if row := list.Rows[list.At].Choice; row.Title != "http://h/demo/sse" {
		t.Errorf("Return would pick %s", row.Title)
	}
	press(w, commandOf(t, w, "embedded").Keys[0])
	if list.Open() || !w.form.Target.IsEmbedded() {
		t.Error("Ctrl+E leaves the list open")
	}
	press(w, commandOf(t, w, "remote").Keys[0])
	list = w.form.Target.List
	for _, r := range "n/s" {
		list.Field.TypedRune(r)
	}
	pressIn(list, fyne.KeyEscape)
	if p, _ := w.form.Pair(); list.Open() || p.Remote != "http://h/demo/sse" {
		t.Errorf("after Escape: %+v", p)
	}
	press(w, commandOf(t, w, "flip").Keys[0])
	if !w.form.Target.IsEmbedded() {
		t.Error("Ctrl+T does not switch to the embedded server")
	}
	w.form.Target.Flip.OnTapped()
	if p, _ := w.form.Pair(); p.Remote != "http://h/demo/sse" {
		t.Errorf("one click switches to %+v", p)
	}
}

func TestTheEmbeddedServerIsStartedAndStoppedInTheList(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Address: "127.0.0.1:0"})
	for _, want := range []struct {
		verb  string
		state embedded.State
	}{{"Start", embedded.Running}, {"Stop", embedded.Stopped}} {
		list := typeTarget(w, "")
		button := list.Rows[0].Buttons[0]
		if button.Text != want.verb || button.Disabled() {
			t.Fatalf("%q, disabled %v", button.Text, button.Disabled())
		}
		button.OnTapped()
		until(t, "it is done", func() bool { return w.con.Embedded.Status().State == want.state })
		w.refresh()
		if !list.Open() || list.Rows[0].Buttons[0].Text == want.verb {
			t.Errorf("after %s the list is open: %v", want.verb, list.Open())
		}
		list.Close()
	}
}

func TestTheNextStepIsTheOneEmphasizedButton(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Address: "127.0.0.1:0"})
	f := w.form
	check := func(when string, want *kit.Button) {
		t.Helper()
		w.refresh()
		for name, b := range map[string]*kit.Button{"Subscribe": f.Subscribe, "Send": f.Send, "Close": f.Close, "Start": f.Start} {
			if (b.Importance == widget.HighImportance) != (b == want) {
				t.Errorf("%s: %s has the importance %v", when, name, b.Importance)
			}
		}
		if f.Start.Visible() != (want == f.Start) {
			t.Errorf("%s: Start is shown: %v", when, f.Start.Visible())
		}
	}
	check("the server is stopped", f.Start)
	f.Start.OnTapped()
	until(t, "the server runs", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	check("nothing is subscribed", f.Subscribe)
	f.ClientID.SetText("")
	check("there is no clientId", nil)
	f.ClientID.SetText("a")
	f.Subscribe.OnTapped()
	p, _ := f.Pair()
	until(t, "the stream is open", func() bool { s, _ := w.con.Subscription(p); return s.Status.ReadyState == client.Open })
	check("the stream is open", f.Send)
	f.Close.OnTapped()
	until(t, "the stream is closed", func() bool { s, _ := w.con.Subscription(p); return s.Status.ReadyState == client.Closed })
	check("the stream is closed", f.Subscribe)
}

func TestOddContentIsSaidBeforeItIsSent(t *testing.T) {
	w := laboratory(t, catalogue.English)
	w.form.Text.SetText("")
	if w.form.Reason.Text != w.k.T("form.empty") || w.form.Send.Disabled() {
		t.Errorf("empty: %q", w.form.Reason.Text)
	}
	w.form.SetLarge(strings.Repeat("x", server.MaxContent))
	w.refresh()
	if w.form.Send.Disabled() {
		t.Errorf("content of the limit: %q", w.form.Reason.Text)
	}
	w.form.SetLarge(strings.Repeat("x", server.MaxContent+1))
	w.refresh()
	if !w.form.Send.Disabled() || w.form.Subscribe.Disabled() || w.form.Reason.Text != w.k.T("why.long_content", "About", "1.0 MiB") {
		t.Errorf("content over the limit: disabled %v, %q", w.form.Send.Disabled(), w.form.Reason.Text)
	}
	press(w, commandOf(t, w, "send").Keys[0])
	if first, last := w.con.Journal.Bounds(); kindsIn(w, first, last)[record.Send] != 0 {
		t.Error("it was sent")
	}
	w.form.Target.SetURL("http://h/demo/sse") // whose limit is unknown
	if w.form.Send.Disabled() || w.form.Reason.Text != w.k.T("form.maybe_too_large", "Size", "1.0 MiB") {
		t.Errorf("to another server: disabled %v, %q", w.form.Send.Disabled(), w.form.Reason.Text)
	}
}

// kindsIn counts the records from first to last by kind.
func kindsIn(w *window, first, last int64) map[record.Kind]int {
	n := map[record.Kind]int{}
	for seq := first; seq <= last; seq++ {
		n[w.con.Journal.At(seq).Kind]++
	}
	return n
}

func TestACallComesBackFromAnEarlierRun(t *testing.T) {
	for name, call := range map[string]func(*form.Form){
		"subscribe": (*form.Form).DoSubscribe, "send": (*form.Form).DoSend, "close": (*form.Form).DoClose, "server only": (*form.Form).DoCloseServerOnly,
	} {
		dir := t.TempDir()
		earlier, err := journal.Create(journal.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		earlier.Append(record.Record{Kind: record.Event, Data: "earlier"})
		if err := earlier.Close(); err != nil {
			t.Fatal(err)
		}
		w := testWindow(t, settings.Settings{Language: catalogue.English, Side: settings.SideRemote, RemoteURL: "http://127.0.0.1:9"})
		runs, err := journal.Runs(dir)
		if err != nil || len(runs) != 1 {
			t.Fatal(runs, err)
		}
		w.history.OpenRun(runs[0])
		if w.log.From == w.con.Journal {
			t.Fatal("the earlier run is not shown")
		}
		call(w.form)
		if w.log.From != w.con.Journal || w.history.Banner.Content.Visible() {
			t.Errorf("%s: the earlier run is still shown", name)
		}
	}
}

func TestTheContentGrowsWithItsTextAndByDragging(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	height := func() float32 { return w.form.Text.MinSize().Height }
	one := height()
	w.form.Text.SetText("1\n2\n3")
	three := height()
	if three < 2*one {
		t.Errorf("one line is %v high, three are %v", one, three)
	}
	w.form.Text.SetText(strings.Repeat("long ", 120)) // wraps
	if height() <= one || height() > 7*one {
		t.Errorf("a wrapped line is %v high", height())
	}
	w.form.Text.SetText(strings.Repeat("\n", 100))
	most := height()
	if most > 7*one {
		t.Errorf("a hundred lines are %v high", most)
	}
	w.form.Grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 6*one)})
	w.form.Grip.DragEnd()
	if height() < most+3*one {
		t.Errorf("dragged down it is %v high", height())
	}
	w.form.Text.SetText("1")
	if height() < most+3*one {
		t.Errorf("typing changes what was dragged to %v", height())
	}
	w.form.Grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -900)})
	w.form.Grip.DragEnd()
	if height() != one {
		t.Errorf("dragged up it is %v high, and not %v", height(), one)
	}
	if !w.form.Text.TextStyle.Monospace {
		t.Error("the content is not monospaced")
	}
}

func TestTheMenuOfCloseSaysWhatEachDoesOrWhyNot(t *testing.T) {
	w := laboratory(t, catalogue.English)
	w.form.ClientID.SetText("a")
	w.form.More.OnTapped()
	rows := w.form.Closings.Rows
	if len(rows) != 4 || rows[0].Choice.Why != "" {
		t.Fatalf("%+v", rows)
	}
	for _, row := range rows {
		if row.Choice.Note == "" || row.Choice.Hint == "" {
			t.Errorf("%s has no explanation or key", row.Choice.Title)
		}
	}
	for _, row := range rows[1:] {
		if row.Choice.Why != w.k.T("form.not_live") {
			t.Errorf("%s can be picked: %q", row.Choice.Title, row.Choice.Why)
		}
	}
	w.form.Closings.Close()
	w.form.Subscribe.OnTapped()
	p, _ := w.form.Pair()
	until(t, "the stream is open", func() bool { s, _ := w.con.Subscription(p); return s.Status.ReadyState == client.Open })
	w.form.More.OnTapped()
	list := w.k.Win.Canvas().Focused()
	for range 3 {
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // subscribe anew
	until(t, "it is subscribed anew", func() bool {
		first, last := w.con.Journal.Bounds()
		return kindsIn(w, first, last)[record.Open] == 2
	})
	if w.form.Closings.Open() {
		t.Error("the menu is still open")
	}
}

func TestTheTopRowFits700Wide(t *testing.T) { // a screen of 1400 pixels at scale 2
	for _, language := range catalogue.Languages() {
		w := testWindow(t, settings.Settings{Language: language})
		w.form.Target.Env.Content.Show()
		w.form.Target.MarkFaults(w.k.T("faults.on", "N", 12))
		for _, row := range []fyne.CanvasObject{w.form.Target.Content, w.form.Content} {
			if width := row.MinSize().Width; width > 700 {
				t.Errorf("%s: a row is %v wide", language, width)
			}
		}
	}
}

func TestTheTargetStaysUntilAnotherIsChosen(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, id := range []string{"remote", "saved"} {
		commandOf(t, w, id).Run()
		if !w.form.Target.List.Open() {
			t.Errorf("%s: no list", id)
		}
		w.form.Target.List.Close()
		if !w.form.Target.IsEmbedded() {
			t.Errorf("%s: without a choice the target is another", id)
		}
	}
}
