package logpane

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

// filterBy enters a filter and waits until all records are filtered.
func filterBy(w *window, line string) {
	w.log.Bar.Field.SetText(line)
	w.log.Bar.Apply()
	settle(w)
}

// data returns the texts of the last column.
func data(w *window) string {
	var rows []string
	for i := range w.log.Len() {
		rows = append(rows, w.log.Row(i).Cells[dataColumn].Text)
	}
	return strings.Join(rows, " ")
}

// filled returns a window with the events a0 to a9 and, after each, b0 to b9.
func filled(t *testing.T) *window {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	t.Cleanup(w.log.End)
	for i := range 10 {
		for _, name := range "ab" {
			w.con.Journal.Append(record.Record{
				Time: time.Date(2026, 1, 2, 3, i, 0, 0, time.Local), Kind: record.Event, ClientID: "x", Type: string(name), Data: fmt.Sprintf("%c%d", name, i),
			})
		}
	}
	settle(w)
	return w
}

func TestTheFilterShowsMatchingRowsAndMarksThem(t *testing.T) {
	w := filled(t)
	filterBy(w, "type:a -/[1-8]/")
	if got := data(w); got != "a0 a9" || w.log.Bar.Count.Text != "2 of 20" {
		t.Errorf("rows %s, count %q", got, w.log.Bar.Count.Text)
	}
	filterBy(w, "9")
	row := w.log.Row(1)
	if got := data(w); got != "a9 b9" || !reflect.DeepEqual(row.Cells[dataColumn].Hits, [][2]int{{1, 2}}) {
		t.Errorf("rows %s, marks %v", got, row.Cells[dataColumn].Hits)
	}
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "new 9"})
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: "new 8"})
	settle(w)
	if got := data(w); got != "a9 b9 new 9" {
		t.Errorf("with new events: rows %s", got)
	}
	w.log.Bar.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	settle(w)
	if w.log.Len() != 22 || w.log.Bar.Field.Text != "" || w.log.Bar.Count.Text != "" || w.k.Win.Canvas().Focused() != w.log.View {
		t.Errorf("after Escape there are %d rows, %q", w.log.Len(), w.log.Bar.Field.Text)
	}
}

func TestAnErrorInAFilterIsShownAndLeavesTheRows(t *testing.T) {
	w := filled(t)
	filterBy(w, "a1")
	for line, want := range map[string]string{
		"/[": "must end with /", "/[/": "missing closing ]", "jq:.a >": "unexpected EOF", "kind:prob": "Unknown kind “prob”", "a type:": "search for after “type:”", `"x`: "is missing",
	} {
		filterBy(w, line)
		if got := w.log.Bar.Message.Text; !strings.Contains(got, want) || !w.log.Bar.Message.Visible() {
			t.Errorf("%s: says %q", line, got)
		}
		if got := data(w); got != "a1" {
			t.Errorf("%s: rows %s", line, got)
		}
	}
	filterBy(w, "a1")
	if w.log.Bar.Message.Visible() {
		t.Errorf("still says %q", w.log.Bar.Message.Text)
	}
}

func TestAnErrorInAHalfTypedFilterIsNotShownAtOnce(t *testing.T) {
	w := filled(t)
	w.log.Bar.Field.Text = "/a"
	w.log.Bar.applyTyped()
	if w.log.Bar.Message.Visible() {
		t.Errorf("says %q while it is typed", w.log.Bar.Message.Text)
	}
	w.log.Bar.Apply() // Enter, or a second later
	if !w.log.Bar.Message.Visible() {
		t.Error("does not say what is wrong")
	}
	w.log.Bar.Field.Text = "/a1/"
	w.log.Bar.applyTyped()
	if settle(w); w.log.Bar.Message.Visible() || data(w) != "a1" {
		t.Errorf("says %q, rows %s", w.log.Bar.Message.Text, data(w))
	}
}

func TestAFilterThatNothingMatchesSaysSo(t *testing.T) {
	w := filled(t)
	filterBy(w, "nowhere")
	if w.log.Len() != 0 || w.log.Empty.Label.Text != w.k.T("log.no_match") || !w.log.Empty.Content.Visible() {
		t.Errorf("%d rows, hint %q", w.log.Len(), w.log.Empty.Label.Text)
	}
}

func TestAPastRunWithoutRowsOffersNoSubscription(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	w.log.Show(struct{ logmodel.Records }{w.con.Journal})
	settle(w)
	if w.log.Empty.Label.Text != w.k.T("log.empty_run") || w.log.Empty.Button.Visible() {
		t.Errorf("hint %q", w.log.Empty.Label.Text)
	}
}

func TestFindStepsThroughMatchesWithoutHidingTheRest(t *testing.T) {
	w := filled(t)
	w.log.Bar.Toggle()
	filterBy(w, "/[ab][37]/")
	if w.log.Len() != 20 {
		t.Fatalf("%d rows", w.log.Len())
	}
	selected := func() string {
		if r := w.log.Selected(); r != nil {
			return r.Data
		}
		return ""
	}
	step := func(back bool, want string) {
		t.Helper()
		found := make(chan struct{})
		w.k.Post = func(run func()) { run(); close(found) }
		w.log.Find(back)
		<-found
		if got := selected(); got != want {
			t.Errorf("selected is %q, want %q; it says %q", got, want, w.log.Bar.Message.Text)
		}
	}
	w.log.View.Select(0)
	step(false, "a3")
	step(false, "b3")
	step(false, "a7")
	step(true, "b3")
	step(true, "a3")
	step(true, "b7")
	if w.log.Bar.Message.Text != w.k.T("filter.wrapped_start") {
		t.Errorf("after wrapping it says %q", w.log.Bar.Message.Text)
	}
	filterBy(w, "nowhere")
	step(false, "b7")
	if w.log.Bar.Message.Text != w.k.T("filter.none") {
		t.Errorf("without a match it says %q", w.log.Bar.Message.Text)
	}
}

func TestTheSelectedRowStaysSelectedWhenTheFilterChanges(t *testing.T) {
	w := filled(t)
	w.log.View.Select(10)
	filterBy(w, "type:a")
	if r := w.log.Selected(); r == nil || r.Data != "a5" {
		t.Fatalf("selected is %+v", r)
	}
	filterBy(w, "")
	if got := w.log.View.Selected(); got != 10 {
		t.Errorf("row %d is selected", got)
	}
}

func TestJumpingToATimeSelectsTheRow(t *testing.T) {
	w := filled(t)
	w.log.goTo(logmodel.AtTime(w.log.From, time.Date(2026, 1, 2, 3, 4, 30, 0, time.Local)), true)
	if r := w.log.Selected(); r == nil || r.Data != "a5" {
		t.Errorf("selected is %+v", r)
	}
	filterBy(w, "type:b")
	w.log.goTo(logmodel.AtTime(w.log.From, time.Date(2026, 1, 2, 3, 7, 0, 0, time.Local)), true)
	if r := w.log.Selected(); r == nil || r.Data != "b7" {
		t.Errorf("among filtered rows selected is %+v", r)
	}
}

func TestFindingsAreReachedForwardsAndBackwards(t *testing.T) {
	w := filled(t)
	for _, code := range []string{"one", "two"} {
		w.con.Journal.Append(record.Record{Kind: record.Problem, Type: code})
		event(w, "between")
	}
	for i, c := range []struct {
		step func()
		want string
	}{{w.log.NextFinding, "one"}, {w.log.NextFinding, "two"}, {w.log.NextFinding, "one"}, {w.log.PreviousFinding, "two"}, {w.log.PreviousFinding, "one"}} {
		if c.step(); w.log.Selected() == nil || w.log.Selected().Type != c.want {
			t.Errorf("step %d leads to %+v", i, w.log.Selected())
		}
	}
}

func TestSeveralRowsAreCopiedAsLines(t *testing.T) {
	w := filled(t)
	copied := make(chan struct{})
	w.k.Post = func(run func()) { run(); close(copied) }
	w.log.copyRows([]widgets.Range{{From: 0, To: 2}, {From: 5, To: 6}})
	<-copied
	got := strings.Split(strings.TrimSpace(w.k.App.Clipboard().Content()), "\n")
	if len(got) != 3 || !strings.HasSuffix(got[0], "\ta0") || !strings.HasSuffix(got[2], "\tb2") {
		t.Errorf("copied %q", got)
	}
}

func TestColumnsAreSavedInTheSettings(t *testing.T) {
	w := filled(t)
	w.log.ToggleColumn(3)
	columns := w.log.View.Columns()
	columns[4].Width = 30
	w.log.View.SetColumns(columns)
	w.log.rememberColumns(columns)
	want := map[string]settings.Column{"kind": {Hidden: true}, "id": {Width: 30}}
	if got := w.con.Settings().Columns; !reflect.DeepEqual(got, want) {
		t.Errorf("remembered %+v", got)
	}
	next := testWindow(t, w.con.Settings())
	if got := next.log.View.Columns(); !got[3].Hidden || got[4].Width != 30 {
		t.Errorf("the next window has %+v", got)
	}
	for i := range columns {
		if w.log.View.Shows(i) {
			w.log.ToggleColumn(i)
		}
	}
	if w.log.View.Columns()[dataColumn].Hidden {
		t.Error("the last column can be hidden")
	}
}

func TestEveryExampleOfAFilterIsValid(t *testing.T) {
	for _, e := range FilterExamples() {
		if _, err := filter.Parse(e[1]); err != nil {
			t.Errorf("%s: %v", e[1], err)
		}
	}
}

func TestFindFromTheDetailsStaysInTheDetails(t *testing.T) {
	w := filled(t)
	w.log.View.Select(0)
	w.k.Win.Canvas().Focus(w.log.Details.Text)
	w.log.Bar.Focus()
	if w.k.Win.Canvas().Focused() == w.log.Bar.Field {
		t.Error("from the details it focuses the filter bar")
	}
	w.k.Win.Canvas().Focus(w.log.View)
	w.log.Bar.Focus()
	if w.k.Win.Canvas().Focused() != w.log.Bar.Field {
		t.Error("from the log it does not focus the filter bar")
	}
}

func TestAStoppedJQExpressionIsReportedOnce(t *testing.T) {
	w := filled(t)
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: `{"n":1000000000}`})
	w.con.Journal.Append(record.Record{Kind: record.Event, Data: `{"n":1}`})
	filterBy(w, "jq:[range(.n)] | length > 0")
	if got := w.log.Bar.Message.Text; data(w) != `{"n":1}` || !strings.Contains(got, "was stopped") || !w.log.Bar.Message.Visible() {
		t.Errorf("says %q, rows %s", got, data(w))
	}
	w.log.Bar.say("")
	w.log.Refresh()
	if w.log.Bar.Message.Visible() {
		t.Errorf("says %q again", w.log.Bar.Message.Text)
	}
}

func TestAScopeLimitsRowsCountsAndFindings(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	for i := range 6 {
		client := []string{"ann", "bob"}[i%2]
		w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, Target: console.Embedded, ClientID: client, Data: "hello"})
		w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Problem, Target: console.Embedded, ClientID: client, Type: "late"})
	}
	settle(w)
	ann := console.Scope{One: true, Pair: console.Pair{ClientID: "ann"}}
	w.log.SetScope(ann)
	settle(w)
	if w.log.Len() != 6 || w.log.Shown().Len() != 6 {
		t.Errorf("%d rows, %d records", w.log.Len(), w.log.Shown().Len())
	}
	w.log.NextFinding()
	w.log.NextFinding()
	if r := w.log.Selected(); r == nil || r.Seq != 6 {
		t.Errorf("the second finding of ann is %+v", r)
	}
	w.log.Bar.Field.SetText("hello")
	w.log.Bar.Apply()
	settle(w)
	if got := w.log.Bar.Count.Text; got != "3 of 6" {
		t.Errorf("the count says %q", got)
	}
	w.log.SetScope(console.Scope{})
	settle(w)
	if got := w.log.Bar.Count.Text; got != "6 of 12" {
		t.Errorf("without a scope the count says %q", got)
	}
}

func TestTheCountSaysWhichMatchIsSelected(t *testing.T) {
	w := filled(t)
	filterBy(w, "9")
	if got := w.log.Bar.Count.Text; got != "2 of 20" {
		t.Errorf("without a selection it says %q", got)
	}
	w.log.View.Select(1)
	if got := w.log.Bar.Count.Text; got != "match 2 of 2" {
		t.Errorf("on the second match it says %q", got)
	}
	w.log.Bar.Toggle()
	settle(w)
	w.log.View.Select(0)
	if got := w.log.Bar.Count.Text; got != "2 of 20" || w.log.Len() != 20 {
		t.Errorf("on a row that does not match, among all, it says %q", got)
	}
	found := make(chan struct{})
	w.k.Post = func(run func()) { run(); close(found) }
	w.log.FindNext()
	<-found
	if got := w.log.Bar.Count.Text; got != "match 1 of 2" {
		t.Errorf("after Find it says %q", got)
	}
}

func TestFindingsAreCountedInTheirButton(t *testing.T) {
	w := filled(t)
	problems := w.log.Kinds.Checks[w.log.Kinds.index("problems")]
	if problems.Text != "Findings" {
		t.Errorf("without findings it says %q", problems.Text)
	}
	w.con.Journal.Append(record.Record{Kind: record.Problem, ClientID: "x", Type: "late"})
	settle(w)
	if problems.Text != "Findings 1" || problems.Importance != widget.MediumImportance {
		t.Errorf("with one it says %q", problems.Text)
	}
	problems.OnTapped()
	settle(w)
	if problems.Text != "Findings 1" || problems.Importance != widget.LowImportance || w.log.Len() != 20 {
		t.Errorf("switched off it says %q, with %d rows", problems.Text, w.log.Len())
	}
}

// seen is a source that remembers the first row that was drawn.
type seen struct {
	*Pane
	first int64
}

func (s *seen) Row(i int64) widgets.Row {
	s.first = min(s.first, i)
	return s.Pane.Row(i)
}

func TestTheRowsInViewStayWhenTheLanguageOrTheWidthChanges(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for range 500 {
		event(w, "row")
	}
	filterBy(w, "row")
	w.log.SetScope(console.Scope{One: true, Pair: console.Pair{Remote: "", ClientID: "x"}})
	w.log.SetScope(console.Scope{})
	settle(w)
	s := &seen{Pane: w.log}
	w.log.View.SetSource(s)
	top := func() int64 {
		s.first = 500
		w.log.View.Refresh()
		w.k.Win.Canvas().Capture()
		return s.first
	}
	w.log.View.GoTo(200)
	before := top()
	w.k.Speak(kit.TextsOf(catalogue.Chinese))
	settle(w)
	if got := top(); got != before || w.log.View.Selected() != 200 || w.log.Bar.Field.Text != "row" {
		t.Errorf("in Chinese row %d is at the top, not %d; selected %d", got, before, w.log.View.Selected())
	}
	w.k.Win.Resize(fyne.NewSize(800, 800))
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	settle(w)
	if got := top(); got != before || w.log.View.Selected() != 200 {
		t.Errorf("after narrowing row %d is at the top, not %d", got, before)
	}
}
