//go:build !e2e

package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

func TestEveryTextOfTheWindowSwitchesItsLanguage(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	before := texts(w)
	w.setLanguage(chinese)
	after := texts(w)
	if len(before) < 60 || len(before) != len(after) {
		t.Fatalf("%d texts in English, %d in Chinese", len(before), len(after))
	}
	same := map[string]bool{
		"": true, "clientId": true, "content": true, console.DefaultAddress: true, "English": true, "简体中文": true,
		"EventSource": true, "Stream": true, "go-sse " + client.GoSSEVersion: true, "message": true, "id": true, "retry": true,
		"500": true, "503": true, "429": true, "404": true, "401": true, "301": true, "204": true, "100": true,
		"0.25 ×": true, "0.5 ×": true, "1 ×": true, "2 ×": true, "5 ×": true, "10 ×": true,
	}
	for i, text := range before {
		if text == after[i] && !same[text] {
			t.Errorf("%q stays in Chinese", text)
		}
	}
	w.setLanguage(english)
	for i, text := range texts(w) {
		if text != before[i] {
			t.Errorf("back in English %q has become %q", before[i], text)
		}
	}
}

func TestTheWindowFits800By500InBothLanguages(t *testing.T) {
	for _, language := range []string{english, chinese} {
		w := testWindow(t, console.Settings{Language: language})
		w.form.setLarge(strings.Repeat("x", 1<<20))
		menuHeight := float32(40)
		if min := w.win.Content().MinSize(); min.Width > 800 || min.Height+menuHeight > 500 {
			t.Errorf("%s needs %v", language, min)
		}
	}
}

func TestAWindowBeginsAsTheLastOneEnded(t *testing.T) {
	id := "alice"
	w := testWindow(t, console.Settings{
		Language: chinese, Theme: darkTheme, LogTextSize: 20, Width: 900, Height: 600,
		Side: console.SideRemote, RemoteURL: "http://h/demo/sse", RemoteURLs: []string{"http://h/demo/sse"}, ClientID: &id,
	})
	if p, ok := w.pair(); !ok || p.Remote != "http://h/demo/sse" || p.ClientID != "alice" {
		t.Errorf("pair %+v", p)
	}
	if w.words.language != chinese || w.log.view.TextSize() != 20 || w.win.Canvas().Size() != fyne.NewSize(900, 600) {
		t.Errorf("language %s, text size %v, window %v", w.words.language, w.log.view.TextSize(), w.win.Canvas().Size())
	}
	if !w.can().Subscribe {
		t.Error("it cannot subscribe")
	}
}

func TestAFirstWindowIsFilledIn(t *testing.T) {
	w := testWindow(t, console.Settings{})
	if w.form.clientID.Text != "demo" || w.form.text.Text != "hello" || !w.target.isEmbedded() {
		t.Errorf("%q, %q, remote %v", w.form.clientID.Text, w.form.text.Text, !w.target.isEmbedded())
	}
}

func TestAButtonThatCanDoNothingIsDisabledAndALineSaysWhy(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	for _, c := range []struct {
		name   string
		make   func()
		reason string
	}{
		{"the server is stopped", func() {}, "why.server_stopped"},
		{"no clientId", func() { w.form.clientID.SetText("") }, "why.no_client_id"},
		{"no address", func() { w.target.setSide(sideRemote) }, "why.no_address"},
		{"a bad address", func() { w.target.url.SetText("ftp://x") }, "why.bad_address"},
	} {
		c.make()
		if !w.form.subscribe.Disabled() || !w.form.send.Disabled() || !w.form.close.Disabled() || !w.form.serverOnly.Disabled() {
			t.Errorf("%s: a button is enabled", c.name)
		}
		if want := w.words.T(c.reason); w.form.reason.Text != want {
			t.Errorf("%s: the line says %q, want %q", c.name, w.form.reason.Text, want)
		}
	}
	w.target.url.SetText("x:8080/demo/sse")
	w.form.clientID.SetText("a")
	if w.form.subscribe.Disabled() || w.form.reason.Text != w.words.T("form.keys") {
		t.Errorf("nothing is in the way, but the line says %q", w.form.reason.Text)
	}
}

func TestAPasteOver20KBBecomesAChipThatIsSentWhole(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	f := w.form
	paste := func(text string) { f.text.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard(text)}) }
	f.text.SetText("ab")
	f.text.CursorColumn = 1
	paste("-")
	if f.text.Text != "a-b" || f.chip.Visible() {
		t.Fatalf("a small paste: %q", f.text.Text)
	}
	large := strings.Repeat("数据\n", 40_000)
	paste(large)
	if f.currentContent() != "a-"+large+"b" {
		t.Error("the paste did not go where the cursor was")
	}
	if !f.chip.Visible() || f.text.Visible() || !strings.Contains(f.chipText.Text, "273.4 KiB") || !strings.Contains(f.chipText.Text, "a-数据") {
		t.Errorf("the chip says %.60q", f.chipText.Text)
	}
	f.removeLarge()
	if f.currentContent() != "a-b" || f.chip.Visible() {
		t.Errorf("after removing the chip: %.40q", f.currentContent())
	}
}

func TestContentThatIsNotTextIsKeptByteForByte(t *testing.T) {
	w := testWindow(t, console.Settings{})
	const binary = "a\xffb\x00"
	w.form.setLarge(binary)
	if w.form.currentContent() != binary || !w.form.chip.Visible() {
		t.Errorf("%q", w.form.currentContent())
	}
}

func TestEachGroupOfKindsIsShownAndHiddenWithOneClick(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	for k := record.Subscribe; k <= record.Difference; k++ {
		w.con.Journal.Append(record.Record{Kind: k, Call: record.Subscribe, Type: "server_stopped", By: record.ByServer, Failure: record.Refused, Source: record.FromRetry})
	}
	all := int64(record.Difference)
	w.refresh()
	if got := w.log.Len(); got != all-2 {
		t.Errorf("at first %d of %d rows: comments and chunks are to be hidden", got, all)
	}
	for i, size := range []int64{3, 1, 2, 1, 5, 2, 3} {
		before := w.log.Len()
		w.kinds.toggle(i)
		if changed := max(before-w.log.Len(), w.log.Len()-before); changed != size {
			t.Errorf("%s: %d rows changed, want %d", w.kinds.groups[i].name, changed, size)
		}
	}
	if hidden := w.con.Settings().HiddenKinds(); len(hidden) != 5 {
		t.Errorf("remembered as hidden: %q", hidden)
	}
	w.log.clear()
	w.log.showAll()
	event(w, "x")
	if got := w.log.Len(); got != 3 { // a comment, a chunk and the notice
		t.Errorf("%d rows while events are hidden", got)
	}
}

func TestClearHidesAndShowAllBringsBack(t *testing.T) {
	w := testWindow(t, console.Settings{})
	event(w, "a")
	event(w, "b")
	w.log.clear()
	if w.log.Len() != 0 {
		t.Errorf("%d rows after Clear", w.log.Len())
	}
	event(w, "c")
	if w.log.Len() != 1 || w.log.Row(0).Cells[7].Text != "c" {
		t.Errorf("%d rows after one more", w.log.Len())
	}
	w.log.showAll()
	if w.log.Len() != 3 || w.log.Row(0).Cells[7].Text != "a" {
		t.Errorf("%d rows after Show all", w.log.Len())
	}
}

func TestARefusedOriginCanBeAllowedWithOneClick(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	w.con.Journal.Append(record.Record{Kind: record.Notice, Type: console.RefusedOrigin, URL: "http://page.example"})
	w.refresh()
	w.log.view.Select(0)
	if !w.details.allow.Visible() || !strings.Contains(w.details.allow.Text, "http://page.example") {
		t.Fatal("there is no button")
	}
	w.details.allow.OnTapped()
	w.refresh()
	if row := w.log.Row(1).Cells[7].Text; !strings.Contains(row, "http://page.example may call") {
		t.Errorf("row %q", row)
	}
	event(w, "x")
	w.log.view.Select(2)
	if w.details.allow.Visible() {
		t.Error("the button stays for another row")
	}
}

func TestRowsTellEachKindInWords(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english, Hidden: &[]string{}})
	for _, c := range []struct {
		r    record.Record
		want string
	}{
		{record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h:1/demo/sse/subscribe?clientId=x"}, "→ subscribe|GET /demo/sse/subscribe?clientId=x"},
		{record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h/s", ID: "9"}, "→ subscribe|GET /s · from Last-Event-ID 9"},
		{record.Record{Kind: record.Open, Status: 200, ContentType: "text/event-stream", Proto: "HTTP/1.1", Took: 7 * time.Millisecond}, "● open|7.0 ms|200 · HTTP/1.1 · text/event-stream"},
		{record.Record{Kind: record.Event, Type: "t", ID: "1", Data: "d"}, "↓ event|t|1|d"},
		{record.Record{Kind: record.Event, Data: "d", Took: 1500 * time.Microsecond}, "↓ event|1.5 ms|d"},
		{record.Record{Kind: record.Comment, Data: "c"}, "· comment|c"},
		{record.Record{Kind: record.Retry, Delay: 1500 * time.Millisecond}, "· retry|the server sets the reconnection time to 1.5 s"},
		{record.Record{Kind: record.Cursor, ID: "5"}, "· id only|5|Last-Event-ID is now 5; no event"},
		{record.Record{Kind: record.Send, Method: "POST", Data: "hi"}, "→ send|POST|hi"},
		{record.Record{Kind: record.Answer, Call: record.Send, Status: 200, Message: "success", Took: 3 * time.Millisecond}, "← answer|3.0 ms|send: 200 · success"},
		{record.Record{Kind: record.End, By: record.ByServer, Events: 1, Bytes: 5, Took: time.Second}, "○ ended|1.0 s|ended by the server · 1 event · 5 bytes"},
		{record.Record{Kind: record.End, By: record.ByNetwork, Failure: record.Refused, Took: time.Millisecond}, "○ ended|1.0 ms|nobody listens at this address"},
		{record.Record{Kind: record.Reconnect, Delay: 3 * time.Second, Source: record.FromRetry, ID: "4"}, "↻ reconnect|in 3 s (set by retry) · Last-Event-ID 4"},
		{record.Record{Kind: record.Fail, Call: record.Subscribe, Failure: record.NotAStream, ContentType: "text/html"}, "✗ failed|subscribe: not an event stream: text/html"},
		{record.Record{Kind: record.Fail, Call: record.Send, Failure: record.BadStatus, Status: 404, Message: "User Id x not Found"}, "✗ failed|send: the server answered 404: User Id x not Found"},
		{record.Record{Kind: record.Discarded, Raw: []byte("data: x")}, "⚠ discarded|7 bytes without a blank line at the end of the stream: no event"},
	} {
		w.con.Journal.Append(c.r)
		w.refresh()
		var got []string
		for _, cell := range w.log.Row(w.log.Len() - 1).Cells[3:] {
			if cell.Text != "" {
				got = append(got, cell.Text)
			}
		}
		if row := strings.Join(got, "|"); row != c.want {
			t.Errorf("row %q, want %q", row, c.want)
		}
	}
}

func TestTheFileDialogsOpen(t *testing.T) {
	w := testWindow(t, console.Settings{Language: chinese})
	for name, open := range map[string]func(){
		"send file": w.chooseFile, "save": w.askSave, "save a bundle": w.saveBundle, "open a file": w.chooseOpen,
		"keep runs": w.askKeep, "names to mask": w.askSecrets, "about": w.about,
	} {
		open()
		top := w.win.Canvas().Overlays().Top()
		if top == nil {
			t.Errorf("%s opens nothing", name)
			continue
		}
		w.win.Canvas().Overlays().Remove(top)
	}
}

func TestEscapeDismissesADialog(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "x"})
	for name, open := range map[string]func(){
		"send file": w.chooseFile, "save": w.askSave, "open a file": w.chooseOpen, "runs": func() { w.listRuns(nil) },
		"keep runs": w.askKeep, "names to mask": w.askSecrets, "a time": w.askTime, "about": w.about,
		"what went wrong": func() { w.tell(errors.New("gone")) },
	} {
		open()
		if w.win.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s opens nothing", name)
		}
		escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
		if focused := w.win.Canvas().Focused(); focused != nil {
			focused.TypedKey(escape)
		} else {
			w.win.Canvas().OnTypedKey()(escape)
		}
		if top := w.win.Canvas().Overlays().Top(); top != nil {
			t.Errorf("%s is still open", name)
			w.win.Canvas().Overlays().Remove(top)
		}
	}
}

func TestReturnInAFieldAgreesToItsDialog(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	for name, open := range map[string]func(){"keep runs": w.askKeep, "the origin": w.askOrigin} {
		open()
		field := w.win.Canvas().Focused().(*entry)
		text := map[string]string{"keep runs": "7", "the origin": "https://page.example"}[name]
		field.SetText("wrong")
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if !w.asking() {
			t.Errorf("%s takes what is wrong", name)
		}
		field.SetText(text)
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if w.asking() {
			t.Errorf("%s is still open", name)
			w.dismiss()
		}
	}
	if s := w.con.Settings(); s.Origin != "https://page.example" || s.KeepDays == nil || *s.KeepDays != 7 {
		t.Errorf("the origin is %q, runs are kept for %v days", s.Origin, s.KeepDays)
	}
}

func TestAFieldOfOneLineRefusesALargePaste(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	w.post = func(func()) {} // the filter's timer would race with this test
	for _, field := range []fyne.Shortcutable{w.filter.field, w.form.clientID, w.target.url} {
		field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard("ab")})
		if w.asking() {
			t.Fatal("a small paste is refused")
		}
		field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard(strings.Repeat("x", largeContent+1))})
		if !w.asking() || !w.dismiss() {
			t.Error("a large paste is not refused")
		}
	}
	if w.filter.field.Text != "ab" || len(w.form.clientID.Text) > largeContent || w.target.url.Text != "ab" {
		t.Errorf("the fields hold %d, %d and %d bytes", len(w.filter.field.Text), len(w.form.clientID.Text), len(w.target.url.Text))
	}
}

func TestTheChosenSubscriptionIsBroughtIntoView(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english, Side: console.SideRemote, RemoteURL: "http://127.0.0.1:9"})
	w.win.Resize(fyne.NewSize(800, 500))
	for i := range 12 {
		w.form.clientID.SetText(fmt.Sprint("somebody", i))
		w.form.subscribe.OnTapped()
	}
	until(t, "all are there", func() bool { w.refresh(); return len(w.strip.chips) == 12 && w.strip.inView.ClientID == "somebody11" })
	inView := func(c *chip) bool {
		left := c.Position().X - w.strip.scroll.Offset.X
		return left >= 0 && left+c.Size().Width <= w.strip.scroll.Size().Width
	}
	chips := w.strip.chips
	if inView(chips[0]) || !inView(chips[11]) {
		t.Errorf("the last is not in view; offset %v", w.strip.scroll.Offset)
	}
	w.choose(chips[0].sub.Pair)
	if !inView(chips[0]) {
		t.Errorf("the first is not in view; offset %v", w.strip.scroll.Offset)
	}
}

func TestTheTitlesHaveAMenuOfTheColumns(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	w.log.view.OnHeaderMenu(fyne.NewPos(300, 200))
	item := fyne.NewPos(310, 200+w.app.Settings().Theme().Size(theme.SizeNameText)) // the first
	test.TapCanvas(w.win.Canvas(), item)
	if !w.log.view.Columns()[0].Hidden {
		t.Error("the first item does not hide its column")
	}
}

func TestTheEmptyLogSaysWhatToDo(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	if w.log.Len() != 0 || !w.strip.empty.Visible() || w.strip.empty.Text == "" {
		t.Error("an empty window does not say what to do next")
	}
}

var _ widgets.Source = (*logPane)(nil)
