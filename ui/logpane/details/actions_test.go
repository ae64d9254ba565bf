package details

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// caretOn moves the caret to the first line with a text.
func (w *window) caretOn(t *testing.T, text string) {
	t.Helper()
	at := strings.Index(w.d.Text.Text(), text)
	if at < 0 {
		t.Fatalf("%q is not in %q", text, w.d.Text.Text())
	}
	w.d.Text.SetCaret(at)
}

func TestTheValueAtTheCaretIsCopiedAndFiltered(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, `{"a":{"b c":[10,"x \"y\" \u4f60"]},"n":1e400,"t":true,"z":null,"o":{}}`)
	w.show(0)
	for _, c := range []struct{ line, path, value, filter string }{
		{`10`, `.a["b c"][0]`, "10", `jq:.a["b c"][0] == 10`},
		{`"x`, `.a["b c"][1]`, `x "y" 你`, `jq:.a["b c"][1] == "x \"y\" 你"`},
		{`"b c"`, `.a["b c"]`, "[\n  10,\n  \"x \\\"y\\\" \\u4f60\"\n]", `jq:.a["b c"] != null`},
		{`"n"`, `.n`, "1e400", "jq:.n == 1e400"},
		{`"t"`, `.t`, "true", "jq:.t == true"},
		{`"z"`, `.z`, "null", "jq:.z == null"},
		{`"o"`, `.o`, "{}", "jq:.o != null"},
	} {
		w.caretOn(t, c.line)
		if w.d.CopyPath(); w.k.App.Clipboard().Content() != c.path || w.d.path.Text != c.path {
			t.Errorf("%s: path %q, shown %q, want %q", c.line, w.k.App.Clipboard().Content(), w.d.path.Text, c.path)
		}
		if w.d.CopyValue(); w.k.App.Clipboard().Content() != c.value {
			t.Errorf("%s: value %q, want %q", c.line, w.k.App.Clipboard().Content(), c.value)
		}
		if w.d.FilterBy.OnTapped(); w.filtered != c.filter {
			t.Errorf("%s: filter %q, want %q", c.line, w.filtered, c.filter)
		}
		f, err := filter.Parse(w.filtered)
		if err != nil || !f.Match(w.d.Record()) {
			t.Errorf("%s: the filter %s does not find its row: %v", c.line, w.filtered, err)
		}
	}
	w.d.Text.SetCaret(0)
	if w.d.CanFilter() || !w.d.FilterBy.Disabled() {
		t.Error("the whole of the data can be filtered by")
	}
}

func TestWhatIsNoPathIsFilteredAsText(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, "first \"a\\b\"\nsecond")
	event(w, "{\"a\":\"Ü\"}\n{\"a\":2}")
	event(w, "<a><b>text</b></a>")
	for i, c := range []struct{ line, filter string }{{"first", `"first \"a\\b\""`}, {`"a": "Ü"`, `"Ü"`}, {"<b>", `"<b>text</b>"`}} {
		w.show(int64(i))
		w.caretOn(t, c.line)
		w.filtered = ""
		if w.d.FilterByThis(); w.filtered != c.filter {
			t.Errorf("%d: %s, want %s", i, w.filtered, c.filter)
		}
		f, err := filter.Parse(c.filter)
		if err != nil || !f.Match(w.d.Record()) {
			t.Errorf("%s does not find its row: %v", c.filter, err)
		}
	}
	w.d.Text.SelectAll()
	if w.d.FilterByThis(); w.filtered != `"<a>"` {
		t.Errorf("of the selection the filter is %s", w.filtered)
	}
	w.d.Choose(TabTiming)
	if w.d.CanFilter() {
		t.Error("sentences can be filtered by")
	}
}

// A very long value would make a filter that is too long.
func TestALongValueIsNoFilter(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, `{"a":"`+strings.Repeat("x", filter.MaxLine)+`","b":1}`)
	w.show(0)
	w.caretOn(t, `"a"`)
	if w.d.CanFilter() {
		t.Error("a long value can be filtered by")
	}
	w.caretOn(t, `"b"`)
	if !w.d.CanFilter() {
		t.Error("a short one cannot")
	}
}

// The large text is laid out and its caret followed in the background.
func TestTheCaretIsFollowedInALongText(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, "["+strings.Repeat(`{"a":1},`, 1<<17)+`{"last":[2]}]`)
	w.show(0)
	w.caretOn(t, "2")
	if got, want := w.d.path.Text, ".[131072].last[0]"; got != want {
		t.Errorf("path %q, want %q", got, want)
	}
}

func TestFindUnfoldsAndTheMenuFolds(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, `{"a":{"needle":1},"b":2}`)
	w.show(0)
	w.d.Text.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierShortcutDefault})
	w.d.find.Open.OnTapped()
	w.d.find.Field.SetText("needle")
	if w.d.Text.SelectedText() != "needle" || w.d.find.Count.Text != "1 of 1" {
		t.Errorf("found %q, %s", w.d.Text.SelectedText(), w.d.find.Count.Text)
	}
	if !w.d.Folds() {
		t.Error("JSON cannot be folded")
	}
}

func TestInvalidJSONIsShownAsItIsWithWhereItBreaks(t *testing.T) {
	for language, sentences := range map[string][2]string{
		catalogue.English: {"line 2, character 3", "ends too early"}, catalogue.Chinese: {"第 2 行第 3 个字符", "不完整"},
	} {
		w := testWindow(t, settings.Settings{Language: language})
		for i, data := range []string{"[1,\n2 3]", `{"a":[1,2`} {
			event(w, data)
			w.show(int64(i))
			if got := w.d.Text.Text(); got != data || !strings.Contains(w.d.Note.Text, sentences[i]) || w.d.original.Visible() {
				t.Errorf("%q is shown under %q, the check box: %v", got, w.d.Note.Text, w.d.original.Visible())
			}
			if w.d.goThere.OnTapped(); w.d.Text.Caret() != w.d.shown.broken || !w.d.goThere.Visible() {
				t.Errorf("the caret is at %d of %q", w.d.Text.Caret(), data)
			}
		}
		event(w, "[INFO] no JSON")
		if w.show(-1); w.d.Note.Visible() {
			t.Errorf("a text is said to be broken JSON: %s", w.d.Note.Text)
		}
	}
}

// Unformatted has an effect wherever it is offered: on lines of JSON, markup and the body
// of a response, too.
func TestUnformattedShowsWhatCame(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	large := "<html>" + strings.Repeat("<p>a</p>", 1<<15) + "</html>"
	for _, r := range []record.Record{
		{Kind: record.Event, Data: "{\"a\":1}\n{\"b\":2}"},
		{Kind: record.Event, Data: large},
		{Kind: record.Answer, Call: record.Send, Status: 200, Data: `{"code":200}`},
		{Kind: record.Fail, Call: record.Send, Status: 502, Data: large},
	} {
		w.con.Journal.Append(r)
		w.show(-1)
		formatted := w.d.Text.Text()
		if !w.d.original.Visible() || strings.Contains(formatted, r.Data) || w.d.shown.style().Spans == nil {
			t.Errorf("%v %.20s is not laid out", r.Kind, r.Data)
		}
		w.d.original.SetChecked(true)
		if got := w.d.Text.Text(); got == formatted || !strings.HasSuffix(got, r.Data) || !w.d.original.Visible() {
			t.Errorf("%v: unformatted it is %.80q", r.Kind, got)
		}
		w.d.original.SetChecked(false)
	}
	w.show(2)
	w.caretOn(t, `"code"`)
	if w.d.FilterByThis(); w.filtered != "jq:.code == 200" {
		t.Errorf("filter %q", w.filtered)
	}
	event(w, "plain")
	if w.show(-1); w.d.original.Visible() {
		t.Error("plain text has the check box")
	}
}

// While the rows are filtered, no row is selected for a moment.
func TestARowThatIsShownAgainIsAsItWasLeft(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, `{"a":{"b":[`+strings.Repeat("1,", 100)+`1]},"c":2}`)
	event(w, "other")
	w.show(0)
	w.d.Text.FoldAll()
	w.caretOn(t, `"c"`)
	before := w.d.Text.Place()
	w.d.Show(nil)
	w.show(0)
	if got := w.d.Text.Place(); !reflect.DeepEqual(got, before) || w.d.path.Text != ".c" {
		t.Errorf("%+v, want %+v; path %q", got, before, w.d.path.Text)
	}
	w.show(1)
	w.show(0)
	if w.d.Text.Caret() != 0 {
		t.Error("a row chosen anew does not begin at its beginning")
	}
}

// jq would find the other one.
func TestAMemberHiddenByALaterOneIsFilteredAsText(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, `{"a":"first","a":"second"}`)
	w.show(0)
	for line, want := range map[string]string{"first": `"first"`, "second": `jq:.a == "second"`} {
		w.caretOn(t, line)
		if w.d.FilterByThis(); w.filtered != want {
			t.Errorf("%s: filter %s, want %s", line, w.filtered, want)
		}
	}
}
