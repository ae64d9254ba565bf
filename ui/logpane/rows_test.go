package logpane

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

// at returns a time some milliseconds after the beginning of a test's records.
func at(ms int) time.Time {
	return time.Date(2026, 1, 2, 3, 4, 5, 0, time.Local).Add(time.Duration(ms) * time.Millisecond)
}

// exchange returns a window with a subscribe, its response and what opens the stream, an
// event, and a send with its answer.
func exchange(t *testing.T) *window {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, r := range []record.Record{
		{Kind: record.Subscribe, Time: at(0), Method: "GET", URL: "http://h/subscribe?clientId=x", Conn: 1},
		{Kind: record.Open, Time: at(1), Status: 200, ContentType: "text/event-stream; charset=utf-8", Took: 800 * time.Microsecond, Conn: 1},
		{Kind: record.Cursor, Time: at(1), ID: "1", Raw: []byte("id: 1\n\n"), Conn: 1},
		{Kind: record.Event, Time: at(200), Type: "quote", ID: "2", Data: "hello", Conn: 1},
		{Kind: record.Send, Time: at(55_000), Method: "POST", URL: "http://h/send", Data: "hello"},
		{Kind: record.Answer, Time: at(55_001), Call: record.Send, Status: 200, Message: "success", Took: 600 * time.Microsecond},
	} {
		r.ClientID = "x"
		if r.Kind == record.Answer {
			r.Time = at(55_000).Add(r.Took)
		}
		w.con.Journal.Append(r)
	}
	settle(w)
	return w
}

// texts returns the texts of a row from the column Kind on, with its sign.
func texts(r widgets.Row) string {
	var parts []string
	for i, c := range r.Cells {
		if r.Sentence.Text != "" && i >= r.SentenceFrom {
			parts = append(parts, r.Sentence.Text)
			break
		}
		if i >= kindColumn && c.Text != "" {
			parts = append(parts, c.Text)
		}
	}
	if r.Link != "" {
		parts = append(parts, "["+r.Link+"]")
	}
	return strings.Repeat(" ", r.Level) + []string{"", "▸ ", "▾ "}[r.Fold] + strings.Join(parts, " | ")
}

// rows returns what texts returns of all rows.
func rows(w *window) (all []string) {
	for i := range w.log.Len() {
		all = append(all, texts(w.log.Row(i)))
	}
	return all
}

func expectRows(t *testing.T, w *window, want ...string) {
	t.Helper()
	if got := rows(w); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOneSendIsOneRowThatSaysHowItWent(t *testing.T) {
	w := exchange(t)
	subscribe, event, send := "→ subscribe | GET /subscribe?clientId=x  ● 200 · text/event-stream · 0.8 ms", "↓ quote | 2 | hello", "→ send | hello  ← 200 · 0.6 ms"
	expectRows(t, w, "▸ "+subscribe, event, "▸ "+send)
	w.log.View.Select(2)
	w.log.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	answer := " ← response | 0.6 ms | send: 200 · success"
	expectRows(t, w, "▸ "+subscribe, event, "▾ "+send, answer)
	w.log.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if r := w.log.Selected(); r == nil || r.Kind != record.Answer {
		t.Errorf("Right again selects %+v", r)
	}
	w.log.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if r := w.log.Selected(); r == nil || r.Kind != record.Send {
		t.Errorf("Left selects %+v", r)
	}
	w.log.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	expectRows(t, w, "▸ "+subscribe, event, "▸ "+send)
	w.log.ToggleUnfold()
	settle(w)
	expectRows(t, w, "▾ "+subscribe, " ● open | 0.8 ms | 200 · text/event-stream; charset=utf-8", " · id only | 1 | Last-Event-ID is now 1; no event", event, "▾ "+send, answer)
	if !w.con.Settings().Unfold {
		t.Error("it is not remembered")
	}
}

func TestAFoldedMatchIsFoundShownAndCopied(t *testing.T) {
	w := exchange(t)
	w.log.View.SelectAll()
	if got := w.log.Selection().Len(); got != 6 || w.log.Shown().Len() != 6 {
		t.Errorf("%d records selected, %d shown", got, w.log.Shown().Len())
	}
	filterBy(w, "success")
	if row := w.log.Row(0); !row.Dim || texts(row) != "▾ → send | hello  ← 200 · 0.6 ms" || w.log.Len() != 2 || w.log.Row(1).Dim {
		t.Errorf("rows %q", rows(w))
	}
	if got := w.log.Bar.Count.Text; got != "1 of 6" {
		t.Errorf("the count says %q", got)
	}
	w.log.Bar.Only.SetChecked(false)
	settle(w)
	if w.log.Len() != 3 {
		t.Fatalf("rows %q", rows(w))
	}
	found := make(chan struct{})
	w.k.Post = func(run func()) { run(); close(found) }
	w.log.FindNext()
	<-found
	if r := w.log.Selected(); r == nil || r.Kind != record.Answer || w.log.Len() != 4 {
		t.Errorf("found %+v among %q", r, rows(w))
	}
}

func TestARefusedConnectionIsAnErrorAndA204IsNot(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	subscribe := record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h/s", ClientID: "x"}
	for conn, outcome := range []record.Record{
		{Kind: record.End, By: record.ByNetwork, Failure: record.Refused, Detail: "dial tcp 127.0.0.1:9: connect: connection refused"},
		{Kind: record.Fail, Call: record.Subscribe, Failure: record.NoContent, Status: 204},
		{Kind: record.Fail, Call: record.Subscribe, Failure: record.TLSExpired},
		{Kind: record.End, By: record.ByNetwork, Failure: record.Reset, Bytes: 7, Events: 1, Silent: time.Second},
	} {
		subscribe.Conn, outcome.Conn, outcome.ClientID = conn+1, conn+1, "x"
		w.con.Journal.Append(subscribe)
		w.con.Journal.Append(outcome)
	}
	settle(w)
	expectRows(t, w,
		"→ subscribe | GET /s", "✗ connection refused: nothing is listening at 127.0.0.1:9 | [why]",
		"▸ → subscribe | GET /s  ○ 204: the server asks the client not to reconnect",
		"▸ ✗ subscribe GET /s: the certificate has expired | [why]",
		"→ subscribe | GET /s", "○ connection lost · 1 event · 7 bytes · after 1 s of silence | [why]")
	for i, want := range map[int64]widgets.Role{1: widgets.Bad, 2: widgets.Muted, 3: widgets.Bad, 5: widgets.Warn} {
		if row := w.log.Row(i); row.Sentence.Role != want {
			t.Errorf("row %d has role %v, want %v", i, row.Sentence.Role, want)
		}
	}
	row := w.log.Row(3)
	if got := row.Sentence.Text[row.Spare[0]:row.Spare[1]]; got != "GET /s" {
		t.Errorf("%q may be left out", got)
	}
	w.log.View.Select(3)
	w.log.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := w.log.Details.Text.Text(); !strings.Contains(got, "Renew the server's certificate") {
		t.Errorf("why opens %q", got)
	}
}

func TestATimeSaysWhatDiffersAndTheWholeIsATip(t *testing.T) {
	w := exchange(t)
	var times []string
	for i := range w.log.Len() {
		times = append(times, w.log.Row(i).Cells[timeColumn].Text)
	}
	if got := strings.Join(times, " "); got != "03:04:05.000 05.200 05:00.000" {
		t.Errorf("times %s", got)
	}
	if got := w.log.Row(1).Cells[timeColumn].Text; got != "03:04:05.200" {
		t.Errorf("the first row on the screen says %s", got)
	}
	if got := w.log.View.Whole(1, timeColumn); got != at(200).Format("2006-01-02 15:04:05.000 -07:00") {
		t.Errorf("the tip is %q", got)
	}
	if got := w.log.View.Columns()[timeColumn].Title; !strings.HasPrefix(got, "UTC") {
		t.Errorf("the title is %q", got)
	}
}

func TestTheTypeOfAnEventIsMarkedBesideItsSign(t *testing.T) {
	w := exchange(t)
	filterBy(w, "type:quo*")
	c := w.log.Row(0).Cells[kindColumn]
	if len(c.Hits) != 1 || c.Text[c.Hits[0][0]:c.Hits[0][1]] != "quote" {
		t.Errorf("%q has marks %v", c.Text, c.Hits)
	}
}

func TestColumnsOfAnEarlierVersionAreStillRead(t *testing.T) {
	w := testWindow(t, settings.Settings{Columns: map[string]settings.Column{"type": {Width: 30}, "id": {Width: 20}, "target": {Hidden: true}}})
	columns := w.log.View.Columns()
	if len(columns) != len(FirstColumns()) || !columns[1].Hidden || columns[4].Width != 20 {
		t.Errorf("%+v", columns)
	}
}
