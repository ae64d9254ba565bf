package details

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestDetailsShowAndCopyAllOfALargePayload(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	small, large, huge := "a\n  b\t\u2028", strings.Repeat("0123456789", 1<<20), strings.Repeat("0123456789", 7<<20)
	for i, data := range []string{small, large, huge} {
		event(w, data)
		w.show(int64(i))
		if want := data[:min(len(data), MostShown)]; w.d.Text.Text() != want {
			t.Errorf("%d of %d bytes are shown", len(w.d.Text.Text()), len(data))
		}
		if cut := strings.Contains(w.d.Note.Text, " shown"); cut != (len(data) > MostShown) {
			t.Errorf("%d bytes, note %q", len(data), w.d.Note.Text)
		}
		w.d.Copy()
		if got := w.k.App.Clipboard().Content(); got != data {
			t.Errorf("%d of %d bytes were copied", len(got), len(data))
		}
	}
}

// Slow work finishes later, and its result is dropped if another row is selected.
func TestLargeJSONIsIndentedInTheBackground(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	var waiting []func()
	w.k.Work = func(work func()) { waiting = append(waiting, work) }
	data := "[" + strings.Repeat("1.50,", 1<<20) + `{"b":1,"a":1e400}]`
	event(w, data)
	event(w, "other")
	w.show(0)
	begin := w.d.Text.Text()
	if !strings.HasPrefix(begin, "[\n  1.50,\n") || len(begin) > 1<<20 || len(waiting) != 1 {
		t.Fatalf("%d bytes are shown, %d works are under way", len(begin), len(waiting))
	}
	waiting[0]()
	if !strings.HasPrefix(w.d.Text.Text(), begin) {
		t.Error("the first screen changed")
	}
	if got := w.d.Text.Text(); !strings.HasPrefix(got, "[\n  1.50,\n") || !strings.HasSuffix(got, "{\n    \"b\": 1,\n    \"a\": 1e400\n  }\n]") {
		t.Errorf("shown: %q … %q", got[:20], got[len(got)-40:])
	}
	w.show(1)
	w.show(0)
	w.show(1)
	for _, work := range waiting {
		work()
	}
	if got := w.d.Text.Text(); got != "other" {
		t.Errorf("a late result is shown: %q", got[:20])
	}
}

func TestFindInTheDetails(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	w.k.Win.Resize(fyne.NewSize(900, 600))
	event(w, "one two three two")
	w.show(0)
	find := w.d.find
	w.d.Text.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault})
	if !find.Content.Visible() || w.k.Win.Canvas().Focused() != fyne.Focusable(find.Field) {
		t.Fatal("Ctrl+F does not open the field")
	}
	find.Field.SetText("two")
	if find.Count.Text != "1 of 2" || w.d.Text.SelectedText() != "two" {
		t.Errorf("%q, selected %q", find.Count.Text, w.d.Text.SelectedText())
	}
	find.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if find.Count.Text != "2 of 2" {
		t.Errorf("after Return %q", find.Count.Text)
	}
	find.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if find.Count.Text != "1 of 2" {
		t.Errorf("after Up %q", find.Count.Text)
	}
	if find.Field.SetText("four"); find.Count.Text != "not found" {
		t.Errorf("without a match: %q", find.Count.Text)
	}
	find.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if find.Content.Visible() || w.d.Text.Finding() != "" || w.k.Win.Canvas().Focused() != fyne.Focusable(w.d.Text) {
		t.Error("Escape does not end the search")
	}
}

func TestJSONIsIndentedAndCanBeShownUnformatted(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	const data = `{"b":1,"a":[true]}`
	event(w, data)
	event(w, "{no JSON")
	w.show(0)
	if got, want := w.d.Text.Text(), "{\n  \"b\": 1,\n  \"a\": [\n    true\n  ]\n}"; got != want {
		t.Errorf("shown: %q", got)
	}
	w.d.Copy()
	if got := w.k.App.Clipboard().Content(); got != data {
		t.Errorf("copied: %q", got)
	}
	w.d.original.SetChecked(true)
	if got := w.d.Text.Text(); got != data {
		t.Errorf("unformatted: %q", got)
	}
	w.show(1)
	if w.d.original.Visible() {
		t.Error("a text that is not JSON has the check box")
	}
}

func TestRawShowsEveryByte(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	raw := []byte("data: a\x00\xff\r\n\r\n")
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "a\x00\uFFFD", Raw: raw})
	w.show(0)
	w.d.Choose(TabRaw)
	if got, want := w.d.Text.Text(), "data: a\x00⟨FF⟩\r↵\n\r↵\n"; got != want {
		t.Errorf("raw: %q, want %q", got, want)
	}
	w.d.Copy()
	if got := w.k.App.Clipboard().Content(); got != string(raw) {
		t.Errorf("copied: %q", got)
	}
	w.d.hex.SetChecked(true)
	if got, want := w.d.Text.Text(), "00000000  64 61 74 61 3a 20 61 00 ff 0d 0a 0d 0a           data: a......\n"; got != want {
		t.Errorf("hex: %q, want %q", got, want)
	}
}

func TestAHexViewIsCopiedAsFarAsItIsShown(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	raw := []byte(strings.Repeat("0123456789abcdef", 1<<20))
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "a", Raw: raw})
	w.show(0)
	w.d.Choose(TabRaw)
	w.k.Work = func(func()) {} // only the beginning is shown
	w.d.hex.SetChecked(true)
	if got := w.d.Text.Text(); len(got) >= 5*len(raw)/10 {
		t.Errorf("%d bytes shown", len(got))
	}
	w.k.Work = func(work func()) { work() }
	w.d.Refresh()
	if got := w.d.Text.Text(); len(got) > MostShown || !strings.Contains(w.d.Note.Text, "first 13.5 MiB shown") {
		t.Errorf("%d bytes shown under %q", len(got), w.d.Note.Text)
	}
	w.k.App.Clipboard().SetContent("")
	w.d.Copy()
	if got := w.k.App.Clipboard().Content(); got != w.d.Text.Text() || !strings.Contains(w.d.Note.Text, "copied") {
		t.Errorf("%d bytes copied under %q", len(got), w.d.Note.Text)
	}
}

func TestConnectionAndTimingOfAnEventAreShown(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	add := func(r record.Record) {
		r.ClientID, r.Conn, r.Time = "x", 1, at
		at = at.Add(250 * time.Millisecond)
		w.con.Journal.Append(r)
	}
	add(record.Record{Kind: record.Subscribe, Method: "POST", URL: "http://h/s", Body: "{}", Engine: client.EventSource, Header: map[string][]string{"Accept": {"text/event-stream"}, "Host": {"h"}}})
	add(record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/2.0", TLS: "TLS 1.3" + record.NotVerified, CertExpiry: at, Header: map[string][]string{"Server": {"nginx"}}})
	add(record.Record{Kind: record.Chunk, Raw: make([]byte, 20), FirstChunk: 1, LastChunk: 1})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 10), FirstChunk: 1, LastChunk: 1})
	add(record.Record{Kind: record.Chunk, Raw: make([]byte, 30), Offset: 20, FirstChunk: 2, LastChunk: 2})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 25), Offset: 10, FirstChunk: 1, LastChunk: 2})
	add(record.Record{Kind: record.Event, Raw: make([]byte, 15), Offset: 35, FirstChunk: 2, LastChunk: 2})
	w.show(5) // the second event
	for tab, want := range map[int][]string{
		TabConnection: {"POST http://h/s", ":authority: h\n:method: POST\n:path: /s\n:scheme: http\naccept: text/event-stream\n\n{}\n", "EventSource", "HTTP/2.0 200", "\nserver: nginx", "TLS 1.3 · ⚠ certificate not verified"},
		TabTiming:     {"Since previous event: 500 ms", "Bytes: 10 to 35", "Chunk: 1 to 2 (2 chunks)", "Chunk size: 30 bytes", "completed by the chunk: 2"},
	} {
		w.d.Choose(tab)
		for _, part := range want {
			if got := w.d.Text.Text(); !strings.Contains(got, part) {
				t.Errorf("tab %d lacks %q:\n%s", tab, part, got)
			}
		}
	}
}

// JSON that would become too large or too slow is shown unformatted, with a note.
func TestDeepJSONIsShownUnformattedWithANote(t *testing.T) {
	deep := strings.Repeat("[", 9_000) + strings.Repeat("1,", 300_000) + "1" + strings.Repeat("]", 9_000)
	small := strings.Repeat("[", 300) + strings.Repeat("]", 300)
	wide := strings.Repeat("[", 200) + strings.Repeat("1,", 100_000) + "1" + strings.Repeat("]", 200)
	for language, sentences := range map[string][2]string{catalogue.English: {"256 levels", "too long"}, catalogue.Chinese: {"256 层", "过长"}} {
		w := testWindow(t, settings.Settings{Language: language})
		for i, data := range []string{deep, small, wide, "[1]"} {
			event(w, data)
			w.show(int64(i))
			want, sentence := data, sentences[i/2]
			if data == "[1]" {
				want, sentence = "[\n  1\n]", ""
			}
			if got := w.d.Text.Text(); got != want {
				t.Errorf("event %d: %d bytes are shown of %d", i, len(got), len(data))
			}
			if got := w.d.Note; !strings.Contains(got.Text, sentence) || got.Visible() != (sentence != "") {
				t.Errorf("event %d: %q, visible %v", i, got.Text, got.Visible())
			}
		}
	}
}

func TestWorkForARowStopsWhenAnotherIsSelected(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	var waiting []func()
	w.k.Work = func(work func()) { waiting = append(waiting, work) }
	data := "[" + strings.Repeat("1,", 1<<20) + "1]"
	event(w, data)
	event(w, "other")
	w.show(0)
	w.show(1)
	waiting[0]()
	if got := w.d.Text.Text(); got != "other" {
		t.Errorf("shown: %.20q", got)
	}
}

func TestOfMillionsOfLinesOnlyTheBeginningIsShown(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	lines := strings.Repeat("\n", MostLines+10)
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: lines, Raw: []byte(lines)})
	w.show(0)
	for _, tab := range []int{TabData, TabRaw} {
		w.d.Choose(tab)
		if n := strings.Count(w.d.Text.Text(), "\n"); n != MostLines || !strings.Contains(w.d.Note.Text, "first 2.0 MiB shown") {
			t.Errorf("tab %d: %d lines, %q", tab, n, w.d.Note.Text)
		}
	}
	invalid := strings.Repeat("\xff", MostShown/7)
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "a", Raw: []byte(invalid)})
	w.show(1)
	if n := len(w.d.Text.Text()); n < MostShown || n > MostShown+8 || w.d.Note.Text == "" {
		t.Errorf("%d bytes, %q", n, w.d.Note.Text)
	}
}

func TestLongNamesAreTruncated(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	long := strings.Repeat("你", 1<<20)
	for _, r := range []record.Record{
		{Kind: record.Event, Type: long, ID: long, ClientID: long, Data: "a"},
		{Kind: record.Cursor, ID: long},
		{Kind: record.Reconnect, ID: long, Source: record.FromRetry},
		{Kind: record.Answer, Call: record.Send, Message: long},
		{Kind: record.Subscribe, Method: "GET", URL: "http://h/" + long, ID: long},
	} {
		w.con.Journal.Append(r)
		w.show(-1)
		if got := w.d.Heading.Text; len(got) > 1<<10 {
			t.Errorf("%v: a heading of %d bytes", r.Kind, len(got))
		}
		if got := wording.Of(w.k.Texts).Summary(&r); len(got) > 10<<10 {
			t.Errorf("%v: a sentence of %d bytes", r.Kind, len(got))
		}
	}
	if got := wording.Of(w.k.Texts).Line(&record.Record{Kind: record.Event, Data: "a\x1b\u202e\n\tb"}); !strings.HasSuffix(got, `a\x1b\u202e↵⇥b`) {
		t.Errorf("as a line: %q", got)
	}
}
