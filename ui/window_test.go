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
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/logpane"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

func TestEveryTextOfTheWindowSwitchesItsLanguage(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	before := shownTexts(w)
	w.setLanguage(catalogue.Chinese)
	after := shownTexts(w)
	if len(before) < 60 || len(before) != len(after) {
		t.Fatalf("%d texts in English, %d in Chinese", len(before), len(after))
	}
	same := map[string]bool{
		"": true, "Ctrl+K": true, "clientId": true, "content": true, settings.DefaultAddress: true, "English": true, "简体中文": true,
		"EventSource": true, "Stream": true, "go-sse " + client.GoSSEVersion: true, "message": true, "id": true, "retry": true,
		"500": true, "503": true, "429": true, "404": true, "401": true, "301": true, "204": true, "100": true,
		"0.25 ×": true, "0.5 ×": true, "1 ×": true, "2 ×": true, "5 ×": true, "10 ×": true,
	}
	for i, text := range before {
		if text == after[i] && !same[text] {
			t.Errorf("%q stays in Chinese", text)
		}
	}
	w.setLanguage(catalogue.English)
	for i, text := range shownTexts(w) {
		if text != before[i] {
			t.Errorf("back in English, %q has become %q", before[i], text)
		}
	}
}

func TestTheWindowFits800By500InBothLanguages(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language})
		w.form.SetLarge(strings.Repeat("x", 1<<20))
		menuHeight := float32(40)
		if min := w.k.Win.Content().MinSize(); min.Width > 800 || min.Height+menuHeight > 500 {
			t.Errorf("%s needs %v", language, min)
		}
	}
}

func TestAWindowRestoresTheSettingsOfTheLastOne(t *testing.T) {
	id := "alice"
	w := testWindow(t, settings.Settings{
		Language: catalogue.Chinese, Theme: look.Dark, LogTextSize: 20, Width: 900, Height: 600,
		Side: settings.SideRemote, RemoteURL: "http://h/demo/sse", RemoteURLs: []string{"http://h/demo/sse"}, ClientID: &id,
	})
	if p, ok := w.form.Pair(); !ok || p.Remote != "http://h/demo/sse" || p.ClientID != "alice" {
		t.Errorf("pair %+v", p)
	}
	if w.k.Texts.Language != catalogue.Chinese || w.log.View.TextSize() != 20 || w.k.Win.Canvas().Size() != fyne.NewSize(900, 600) {
		t.Errorf("language %s, text size %v, window %v", w.k.Texts.Language, w.log.View.TextSize(), w.k.Win.Canvas().Size())
	}
	if !w.form.Can().Subscribe {
		t.Error("Subscribe is disabled")
	}
}

func TestAFirstWindowIsFilledIn(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	if w.form.ClientID.Text != "demo" || w.form.Text.Text != "hello" || !w.form.Target.IsEmbedded() {
		t.Errorf("%q, %q, remote %v", w.form.ClientID.Text, w.form.Text.Text, !w.form.Target.IsEmbedded())
	}
}

func TestImpossibleCallsAreDisabledAndALineSaysWhy(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, c := range []struct {
		name   string
		make   func()
		reason string
	}{
		{"the server is stopped", func() {}, "why.server_stopped"},
		{"no clientId", func() { w.form.ClientID.SetText("") }, "why.no_client_id"},
		{"no address", func() { w.form.Target.SetSide(form.SideRemote) }, "why.no_address"},
		{"a bad address", func() { w.form.Target.SetURL("ftp://x") }, "why.bad_address"},
	} {
		c.make()
		if !w.form.Subscribe.Disabled() || !w.form.Send.Disabled() || !w.form.Close.Disabled() || w.form.Can().CloseServerOnly {
			t.Errorf("%s: a button is enabled", c.name)
		}
		if want := w.k.T(c.reason); w.form.Reason.Text != want {
			t.Errorf("%s: the line says %q, want %q", c.name, w.form.Reason.Text, want)
		}
	}
	w.form.Target.SetURL("x:8080/demo/sse")
	w.form.ClientID.SetText("a")
	if w.form.Subscribe.Disabled() || w.form.Reason.Text != w.k.T("form.keys") {
		t.Errorf("subscribing is possible, but the line says %q", w.form.Reason.Text)
	}
}

func TestAPasteOver20KBBecomesAChipThatIsSentWhole(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	f := w.form
	paste := func(text string) { f.Text.TypedShortcut(&fyne.ShortcutPaste{Clipboard: kit.Clipboard(text)}) }
	f.Text.SetText("ab")
	f.Text.CursorColumn = 1
	paste("-")
	if f.Text.Text != "a-b" || f.Chip.Visible() {
		t.Fatalf("a small paste: %q", f.Text.Text)
	}
	large := strings.Repeat("数据\n", 40_000)
	paste(large)
	if f.CurrentContent() != "a-"+large+"b" {
		t.Error("the text was not pasted at the cursor")
	}
	if !f.Chip.Visible() || f.Text.Visible() || !strings.Contains(f.ChipText.Text, "273.4 KiB") || !strings.Contains(f.ChipText.Text, "a-数据") {
		t.Errorf("the chip says %.60q", f.ChipText.Text)
	}
	f.RemoveLarge()
	if f.CurrentContent() != "a-b" || f.Chip.Visible() {
		t.Errorf("after removing the chip: %.40q", f.CurrentContent())
	}
}

func TestBinaryContentIsUnchanged(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	const binary = "a\xffb\x00"
	w.form.SetLarge(binary)
	if w.form.CurrentContent() != binary || !w.form.Chip.Visible() {
		t.Errorf("%q", w.form.CurrentContent())
	}
}

func TestEachGroupOfKindsIsShownAndHiddenWithOneClick(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for k := record.Subscribe; k <= record.Difference; k++ {
		w.con.Journal.Append(record.Record{Kind: k, Call: record.Subscribe, Type: string(record.NoticeReplaced), By: record.ByServer, Failure: record.Refused, Source: record.FromRetry})
	}
	all := int64(record.Difference)
	w.refresh()
	if got := w.log.Shown().Len(); got != all-2 {
		t.Errorf("initially %d of %d rows: comments and chunks must be hidden", got, all)
	}
	for i, size := range []int64{3, 1, 2, 1, 5, 2, 3} {
		before := w.log.Shown().Len()
		w.log.Kinds.Toggle(i)
		if changed := max(before-w.log.Shown().Len(), w.log.Shown().Len()-before); changed != size {
			t.Errorf("%s: %d rows changed, want %d", w.log.Kinds.Groups[i].Name, changed, size)
		}
	}
	if hidden := w.con.Settings().HiddenKinds(); len(hidden) != 5 {
		t.Errorf("saved as hidden: %q", hidden)
	}
	w.log.Clear()
	w.log.ShowAll()
	event(w, "x")
	if got := w.log.Len(); got != 3 { // a comment, a chunk and the notice
		t.Errorf("%d rows while events are hidden", got)
	}
}

func TestClearHidesRowsAndShowAllShowsThemAgain(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	event(w, "a")
	event(w, "b")
	w.log.Clear()
	if w.log.Len() != 0 {
		t.Errorf("%d rows after Clear", w.log.Len())
	}
	event(w, "c")
	if w.log.Len() != 1 || w.log.Row(0).Cells[column("data")].Text != "c" {
		t.Errorf("%d rows after another event", w.log.Len())
	}
	w.log.ShowAll()
	if w.log.Len() != 3 || w.log.Row(0).Cells[column("data")].Text != "a" {
		t.Errorf("%d rows after Show all", w.log.Len())
	}
}

func TestARefusedOriginCanBeAllowedWithOneClick(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.con.Journal.Append(record.NewNotice(record.NoticeRefusedOrigin, "http://page.example", ""))
	w.refresh()
	w.log.View.Select(0)
	if !w.log.Details.Allow.Visible() || !strings.Contains(w.log.Details.Allow.Text, "http://page.example") {
		t.Fatal("there is no button")
	}
	w.log.Details.Allow.OnTapped()
	w.refresh()
	answered(t, w, "Pages from http://page.example may call the embedded server until this program exits")
	event(w, "x")
	w.log.View.Select(1)
	if w.log.Details.Allow.Visible() {
		t.Error("the button stays for another row")
	}
}

func TestRowsNameEachKind(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English, Hidden: &[]string{}})
	for i, c := range []struct {
		r    record.Record
		want string
	}{
		{record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h:1/demo/sse/subscribe?clientId=x"}, "→ subscribe|GET /demo/sse/subscribe?clientId=x"},
		{record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h/s", ID: "9"}, "→ subscribe|GET /s · from Last-Event-ID 9"},
		{record.Record{Kind: record.Open, Status: 200, ContentType: "text/event-stream", Proto: "HTTP/1.1", Took: 7 * time.Millisecond}, "● open|7.0 ms|200 · HTTP/1.1 · text/event-stream"},
		{record.Record{Kind: record.Event, Type: "t", ID: "1", Data: "d"}, "↓ t|1|d"},
		{record.Record{Kind: record.Event, Data: "d", Took: 1500 * time.Microsecond}, "↓ event|1.5 ms|d"},
		{record.Record{Kind: record.Comment, Data: "c"}, "· comment|c"},
		{record.Record{Kind: record.Retry, Delay: 1500 * time.Millisecond}, "· retry|the server sets the reconnection time to 1.5 s"},
		{record.Record{Kind: record.Cursor, ID: "5"}, "· id only|5|Last-Event-ID is now 5; no event"},
		{record.Record{Kind: record.Send, Method: "POST", Data: "hi"}, "→ send|hi"},
		{record.Record{Kind: record.Answer, Call: record.Send, Status: 200, Message: "success", Took: 3 * time.Millisecond}, "← response|3.0 ms|send: 200 · success"},
		{record.Record{Kind: record.End, By: record.ByServer, Events: 1, Bytes: 5, Took: time.Second}, "○ ended|1.0 s|ended by the server · 1 event · 5 bytes"},
		{record.Record{Kind: record.End, By: record.ByNetwork, Failure: record.Refused, Took: time.Millisecond}, "✗ failed|1.0 ms|connection refused: nothing is listening at this address"},
		{record.Record{Kind: record.Reconnect, Delay: 3 * time.Second, Source: record.FromRetry, ID: "4"}, "↻ reconnect|in 3 s (set by retry) · Last-Event-ID 4"},
		{record.Record{Kind: record.Fail, Call: record.Subscribe, Failure: record.NotAStream, ContentType: "text/html"}, "✗ failed|subscribe: not an event stream: text/html"},
		{record.Record{Kind: record.Fail, Call: record.Send, Failure: record.BadStatus, Status: 404, Message: "User Id x not Found"}, "✗ failed|send: the server responded with 404: User Id x not Found"},
		{record.Record{Kind: record.Problem, Type: "id_with_nul", Data: `"1\x00"`}, `✗ error|An id contains a NUL character: "1\x00"`},
		{record.Record{Kind: record.Problem, Type: "cr_only", Data: `"data: a"`}, `⚠ warning|A line ends with CR alone: "data: a"`},
		{record.Record{Kind: record.Problem, Type: "http10", Data: "HTTP/1.0"}, "◇ advice|The response is HTTP/1.0 without keep-alive."},
		{record.Record{Kind: record.Discarded, Raw: []byte("data: x")}, "⚠ discarded|7 bytes without a final blank line when the stream ended: no event"},
	} {
		c.r.ClientID = fmt.Sprint(i) // no row belongs to another
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
	w := testWindow(t, settings.Settings{Language: catalogue.Chinese})
	for name, open := range map[string]func(){
		"send file": w.form.ChooseFile, "save": w.history.AskSave, "save a bundle": w.history.SaveBundle, "open a file": w.history.ChooseOpen,
		"retention": w.history.AskRetention, "masked fields": w.history.AskSecrets, "about": w.about,
	} {
		open()
		top := w.k.Win.Canvas().Overlays().Top()
		if top == nil {
			t.Errorf("%s opens nothing", name)
			continue
		}
		w.k.Win.Canvas().Overlays().Remove(top)
	}
}

func TestEscapeDismissesADialog(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "x"})
	for name, open := range map[string]func(){
		"send file": w.form.ChooseFile, "save": w.history.AskSave, "open a file": w.history.ChooseOpen, "runs": func() { w.history.ListRuns(nil) },
		"retention": w.history.AskRetention, "masked fields": w.history.AskSecrets, "a time": w.log.AskTime, "about": w.about,
		"what went wrong": func() { w.k.Tell(errors.New("gone")) },
	} {
		open()
		if w.k.Win.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s opens nothing", name)
		}
		escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
		if focused := w.k.Win.Canvas().Focused(); focused != nil {
			focused.TypedKey(escape)
		} else {
			w.k.Win.Canvas().OnTypedKey()(escape)
		}
		if top := w.k.Win.Canvas().Overlays().Top(); top != nil {
			t.Errorf("%s is still open", name)
			w.k.Win.Canvas().Overlays().Remove(top)
		}
	}
}

func TestReturnInAFieldConfirmsItsDialog(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for name, open := range map[string]func(){"retention": w.history.AskRetention, "the origin": w.askOrigin} {
		open()
		field := w.k.Win.Canvas().Focused().(*kit.Field)
		text := map[string]string{"retention": "7", "the origin": "https://page.example"}[name]
		field.SetText("wrong")
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if !w.k.Asking() {
			t.Errorf("%s accepts an invalid value", name)
		}
		field.SetText(text)
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if w.k.Asking() {
			t.Errorf("%s is still open", name)
			w.k.Dismiss()
		}
	}
	if s := w.con.Settings(); s.Origin != "https://page.example" || s.KeepDays == nil || *s.KeepDays != 7 {
		t.Errorf("the origin is %q, runs are kept for %v days", s.Origin, s.KeepDays)
	}
}

func TestASingleLineFieldRefusesALargePaste(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.k.Post = func(func()) {} // the filter's timer would race with this test
	for _, field := range []fyne.Shortcutable{w.log.Bar.Field, w.form.ClientID} {
		field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: kit.Clipboard("ab")})
		if w.k.Asking() {
			t.Fatal("a small paste is refused")
		}
		field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: kit.Clipboard(strings.Repeat("x", kit.LargeContent+1))})
		if !w.k.Asking() || !w.k.Dismiss() {
			t.Error("a large paste is not refused")
		}
	}
	if w.log.Bar.Field.Text != "ab" || len(w.form.ClientID.Text) > kit.LargeContent {
		t.Errorf("the fields hold %d and %d bytes", len(w.log.Bar.Field.Text), len(w.form.ClientID.Text))
	}
}

func TestTheHeaderHasAMenuOfTheColumns(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.log.View.OnHeaderMenu(fyne.NewPos(300, 200))
	item := fyne.NewPos(310, 200+w.k.App.Settings().Theme().Size(theme.SizeNameText)) // the first
	test.TapCanvas(w.k.Win.Canvas(), item)
	if !w.log.View.Columns()[0].Hidden {
		t.Error("the first item does not hide its column")
	}
}

func TestTheEmptyLogSaysWhatToDo(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	if w.log.Len() != 0 || !w.scope.Hint.Visible() || w.scope.Hint.Text == "" {
		t.Error("an empty log does not say what to do next")
	}
}

var _ widgets.Source = (*logpane.Pane)(nil)
