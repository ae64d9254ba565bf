//go:build !e2e

package ui

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// testFonts and testApp are shared by the windows of the tests. Fyne keeps all
// of them in memory, and for each app of the test driver the parsed fonts: in
// sum these would be gigabytes.
var (
	testFonts = sync.OnceValues(newFonts)
	testApp   = sync.OnceValue(test.NewApp)
)

// testWindow is a window without a display, whose server is not started.
func testWindow(t *testing.T, settings console.Settings) *window {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := settings.Save(path); err != nil {
		t.Fatal(err)
	}
	con := console.New(console.Config{SettingsPath: path})
	t.Cleanup(con.Shutdown)
	return testWindowOf(t, con)
}

// testWindowOf is testWindow for a console of the test's own.
func testWindowOf(t *testing.T, con *console.Console) *window {
	t.Helper()
	fonts, err := testFonts()
	if err != nil {
		t.Fatal(err)
	}
	w := newWindowWith(fonts, testApp(), con, "test", func(run func()) { run() })
	t.Cleanup(w.win.Close)
	w.work = func(work func()) { work() }
	w.details.text.Post = nil // what takes long is done at once
	return w
}

// texts returns every text that the window shows by Fyne's own widgets.
func texts(w *window) []string {
	var found []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case *container.Split:
			walk(o.Leading)
			walk(o.Trailing)
		case *container.Scroll:
			walk(o.Content)
		case *container.ThemeOverride:
			walk(o.Content)
		case *widget.Check:
			found = append(found, o.Text)
		case *widget.Select:
			found = append(found, o.Options...)
		case *widget.Label:
			found = append(found, o.Text)
		case *button:
			found = append(found, o.Text)
		case *widget.RadioGroup:
			found = append(found, o.Options...)
		case *entry:
			found = append(found, o.PlaceHolder)
		case *contentEntry:
			found = append(found, o.PlaceHolder)
		case *urlEntry:
			found = append(found, o.PlaceHolder)
		}
	}
	walk(w.win.Content())
	for _, m := range w.menu.main.Items {
		found = append(found, m.Label)
		for _, i := range m.Items {
			found = append(found, i.Label)
		}
	}
	return found
}

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
		"EventSource": true, "Stream": true, "go-sse": true, "message": true, "id": true, "retry": true,
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

// event adds an event to the journal and shows it.
func event(w *window, data string) {
	w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, ClientID: "x", Type: "message", ID: "7", Data: data})
	w.refresh()
}

func TestDetailsShowAndCopyAllOfALargePayload(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	small, large, huge := "a\n  b\t\u2028", strings.Repeat("0123456789", 1<<20), strings.Repeat("0123456789", 7<<20)
	for i, data := range []string{small, large, huge} {
		event(w, data)
		w.log.view.Select(int64(i))
		if want := data[:min(len(data), mostShown)]; w.details.text.Text() != want {
			t.Errorf("%d of %d bytes are shown", len(w.details.text.Text()), len(data))
		}
		if cut := strings.Contains(w.details.heading.Text, "only the first"); cut != (len(data) > mostShown) {
			t.Errorf("%d bytes, heading %q", len(data), w.details.heading.Text)
		}
		w.details.copyAll.OnTapped()
		if got := w.app.Clipboard().Content(); got != data {
			t.Errorf("%d of %d bytes were copied", len(got), len(data))
		}
	}
}

// What takes long comes later, and not at all when another row is selected.
func TestLargeJSONIsIndentedInTheBackground(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	var waiting []func()
	w.work = func(work func()) { waiting = append(waiting, work) }
	data := "[" + strings.Repeat("1.50,", 1<<20) + `{"b":1,"a":1e400}]`
	event(w, data)
	event(w, "other")
	w.log.view.Select(0)
	if w.details.text.Text() != data || len(waiting) != 1 {
		t.Fatalf("%d bytes are shown, %d works are under way", len(w.details.text.Text()), len(waiting))
	}
	waiting[0]()
	if got := w.details.text.Text(); !strings.HasPrefix(got, "[\n  1.50,\n") || !strings.HasSuffix(got, "{\n    \"b\": 1,\n    \"a\": 1e400\n  }\n]") {
		t.Errorf("shown: %q … %q", got[:20], got[len(got)-40:])
	}
	w.log.view.Select(1)
	w.log.view.Select(0)
	w.log.view.Select(1)
	waiting[1]()
	if got := w.details.text.Text(); got != "other" {
		t.Errorf("what was late is shown: %q", got[:20])
	}
}

func TestFindInTheDetails(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	w.win.Resize(fyne.NewSize(900, 600))
	event(w, "one two three two")
	w.log.view.Select(0)
	find := w.details.find
	w.details.text.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault})
	if !find.content.Visible() || w.win.Canvas().Focused() != fyne.Focusable(find.field) {
		t.Fatal("Ctrl+F does not open the field")
	}
	find.field.SetText("two")
	if find.count.Text != "1 of 2" || w.details.text.SelectedText() != "two" {
		t.Errorf("%q, selected %q", find.count.Text, w.details.text.SelectedText())
	}
	find.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if find.count.Text != "2 of 2" {
		t.Errorf("after Return %q", find.count.Text)
	}
	find.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if find.count.Text != "1 of 2" {
		t.Errorf("after Up %q", find.count.Text)
	}
	if find.field.SetText("four"); find.count.Text != "not found" {
		t.Errorf("what is not there: %q", find.count.Text)
	}
	find.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if find.content.Visible() || w.details.text.Finding() != "" || w.win.Canvas().Focused() != fyne.Focusable(w.details.text) {
		t.Error("Escape does not end it")
	}
}

func TestJSONIsIndentedAndCanBeSeenAsItCame(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	const data = `{"b":1,"a":[true]}`
	event(w, data)
	event(w, "{no JSON")
	w.log.view.Select(0)
	if got, want := w.details.text.Text(), "{\n  \"b\": 1,\n  \"a\": [\n    true\n  ]\n}"; got != want {
		t.Errorf("shown: %q", got)
	}
	w.details.copyAll.OnTapped()
	if got := w.app.Clipboard().Content(); got != data {
		t.Errorf("copied: %q", got)
	}
	w.details.original.SetChecked(true)
	if got := w.details.text.Text(); got != data {
		t.Errorf("as it came: %q", got)
	}
	w.log.view.Select(1)
	if w.details.original.Visible() {
		t.Error("what is no JSON has a switch")
	}
}

func TestRawShowsEveryByte(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	raw := []byte("data: a\x00\xff\r\n\r\n")
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "a\x00\uFFFD", Raw: raw})
	w.refresh()
	w.log.view.Select(0)
	w.details.choose(tabRaw)
	if got, want := w.details.text.Text(), "data: a\x00⟨FF⟩\r↵\n\r↵\n"; got != want {
		t.Errorf("raw: %q, want %q", got, want)
	}
	w.details.copyAll.OnTapped()
	if got := w.app.Clipboard().Content(); got != string(raw) {
		t.Errorf("copied: %q", got)
	}
	w.details.hex.SetChecked(true)
	if got, want := w.details.text.Text(), "00000000  64 61 74 61 3a 20 61 00 ff 0d 0a 0d 0a           data: a......\n"; got != want {
		t.Errorf("hex: %q, want %q", got, want)
	}
}

func TestHexIsCopiedWhole(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	raw := []byte(strings.Repeat("0123456789abcdef", 1<<20))
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "a", Raw: raw})
	w.refresh()
	w.log.view.Select(0)
	w.details.choose(tabRaw)
	w.work = func(func()) {} // what is shown is the beginning still
	w.details.hex.SetChecked(true)
	if got := w.details.text.Text(); len(got) >= 5*len(raw)/10 || !strings.Contains(w.details.heading.Text, "only the first 12.8 MiB") {
		t.Errorf("%d bytes shown under %q", len(got), w.details.heading.Text)
	}
	w.work = func(work func()) { work() }
	w.details.copyAll.OnTapped()
	if got := w.app.Clipboard().Content(); got != hexView(raw) {
		t.Errorf("%d bytes copied", len(got))
	}
}

func TestConnectionAndTimingTellWhereAnEventCameFrom(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	add := func(r record.Record) {
		r.ClientID, r.Conn, r.Time = "x", 1, at
		at = at.Add(250 * time.Millisecond)
		w.con.Journal.Append(r)
	}
	add(record.Record{Kind: record.Subscribe, Method: "POST", URL: "http://h/s", Body: "{}", Engine: client.EventSource, Header: map[string][]string{"Accept": {"text/event-stream"}}})
	add(record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/2.0", TLS: "TLS 1.3" + record.NotVerified, CertExpiry: at, Header: map[string][]string{"Server": {"nginx"}}})
	add(record.Record{Kind: record.Chunk, Raw: make([]byte, 20), FirstChunk: 1, LastChunk: 1})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 10), FirstChunk: 1, LastChunk: 1})
	add(record.Record{Kind: record.Chunk, Raw: make([]byte, 30), Offset: 20, FirstChunk: 2, LastChunk: 2})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 25), Offset: 10, FirstChunk: 1, LastChunk: 2})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 15), Offset: 35, FirstChunk: 2, LastChunk: 2})
	w.refresh()
	w.log.view.Select(3) // chunks are hidden: request, response, three events
	for tab, want := range map[int][]string{
		tabConnection: {"POST http://h/s", "Accept: text/event-stream\n\n{}\n", "EventSource", "HTTP/2.0 200", "Server: nginx", "TLS 1.3 · ⚠ certificate not verified"},
		tabTiming:     {"event before it: 500 ms", "bytes 10 to 35", "over 2 chunks, 1 to 2", "that chunk: 30 bytes", "completed: 2"},
	} {
		w.details.choose(tab)
		for _, part := range want {
			if got := w.details.text.Text(); !strings.Contains(got, part) {
				t.Errorf("tab %d lacks %q:\n%s", tab, part, got)
			}
		}
	}
}

func TestTheConnectionIsFoundHoweverManyRecordsLieBetween(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
	add := func(r record.Record) {
		r.ClientID, r.Conn = "x", 1
		w.con.Journal.Append(r)
	}
	add(record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h/first", Engine: client.EventSource})
	add(record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/1.1"})
	for range 101_000 {
		add(record.Record{Kind: record.Event})
	}
	for w.refresh(); w.log.model.Progress().Working; w.refresh() {
	}
	w.log.clear()
	event(w, "of another connection")
	add(record.Record{Kind: record.Event, Data: "last"})
	for w.refresh(); w.log.model.Progress().Working; w.refresh() {
	}
	w.log.view.Select(w.log.Len() - 1)
	w.details.choose(tabConnection)
	if got := w.details.text.Text(); !strings.Contains(got, "GET http://h/first") || !strings.Contains(got, "HTTP/1.1 200") {
		t.Errorf("connection: %q", got)
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
	if w.log.Len() != 1 || w.log.Row(0).Cells[6].Text != "c" {
		t.Errorf("%d rows after one more", w.log.Len())
	}
	w.log.showAll()
	if w.log.Len() != 3 || w.log.Row(0).Cells[6].Text != "a" {
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
	if row := w.log.Row(1).Cells[6].Text; !strings.Contains(row, "http://page.example may call") {
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
		{record.Record{Kind: record.Open, Status: 200, ContentType: "text/event-stream", Proto: "HTTP/1.1", Took: 7 * time.Millisecond}, "● open|200 · 7 ms · text/event-stream · HTTP/1.1"},
		{record.Record{Kind: record.Event, Type: "t", ID: "1", Data: "d"}, "↓ event|t|1|d"},
		{record.Record{Kind: record.Comment, Data: "c"}, "· comment|c"},
		{record.Record{Kind: record.Retry, Delay: 1500 * time.Millisecond}, "· retry|the server sets the reconnection time to 1.5 s"},
		{record.Record{Kind: record.Cursor, ID: "5"}, "· id only|5|Last-Event-ID is now 5; no event"},
		{record.Record{Kind: record.Send, Method: "POST", Data: "hi"}, "→ send|POST|hi"},
		{record.Record{Kind: record.Answer, Call: record.Send, Status: 200, Message: "success", Took: 3 * time.Millisecond}, "← answer|send: 200 · success · 3 ms"},
		{record.Record{Kind: record.End, By: record.ByServer, Events: 1, Bytes: 5, Took: time.Second}, "○ ended|ended by the server · 1 event · 5 bytes · 1 s"},
		{record.Record{Kind: record.End, By: record.ByNetwork, Failure: record.Refused, Took: time.Millisecond}, "○ ended|nobody listens at this address · 1 ms"},
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

func TestAFieldOfOneLineRefusesALargePaste(t *testing.T) {
	w := testWindow(t, console.Settings{Language: english})
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
