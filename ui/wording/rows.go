package wording

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

// WholeTimeLayout is the layout of a time with its date and time zone, in copies and files.
const WholeTimeLayout = "2006-01-02 " + TimeLayout + " -07:00"

// Zone returns the time zone of t, as UTC+8.
func Zone(t time.Time) string {
	_, seconds := t.Zone()
	switch {
	case seconds == 0:
		return "UTC"
	case seconds%3600 == 0:
		return fmt.Sprintf("UTC%+d", seconds/3600)
	}
	return "UTC" + t.Format("-07:00")
}

// RowTime returns the time of a row: only what differs from that of the row before, but at
// least the seconds.
func RowTime(t, before time.Time) string {
	const hour = "2006-01-02 15"
	switch {
	case before.IsZero() || t.Format(hour) != before.Format(hour):
		return t.Format(TimeLayout)
	case t.Minute() != before.Minute():
		return t.Format("04:05.000")
	}
	return t.Format("05.000")
}

// RowKind returns the mark of a record and its kind or, if it is an event, its type.
func (w Words) RowKind(r *record.Record) string {
	if r.Kind == record.Event && r.Type != "" {
		return mark(r) + " " + r.Type
	}
	return w.Kind(r)
}

// Sentence is a text of a row. Spare is the part, in bytes, that matters least: a content
// or an address.
type Sentence struct {
	Text  string
	Spare [2]int
}

func sentenceOf(text, spare string) Sentence {
	s := Sentence{Text: text}
	if at := strings.Index(text, spare); spare != "" && at >= 0 {
		s.Spare = [2]int{at, at + len(spare)}
	}
	return s
}

// Requested says in one line what a request asked and how it went. outcome is its Answer,
// Open or Fail, nil as long as there is none.
func (w Words) Requested(r, outcome *record.Record) Sentence {
	asked := catalogue.Shortened(w.Summary(r), mostInSentence)
	switch {
	case outcome == nil:
		return Sentence{Text: asked}
	case IsError(outcome):
		return sentenceOf(mark(outcome)+" "+w.Labelled(strings.TrimSpace(w.KindName(r.Kind)+" "+asked), w.Failure(inSentence(outcome))), asked)
	}
	return sentenceOf(strings.TrimSpace(asked+"  "+mark(outcome)+" "+w.outcome(inSentence(outcome))), asked)
}

// outcome says how a request went that did not fail.
func (w Words) outcome(r *record.Record) string {
	switch r.Kind {
	case record.Fail:
		return w.Failure(r)
	case record.Open:
		_, warning := w.tls(r)
		kind, _, _ := strings.Cut(r.ContentType, ";")
		return w.Join(status(r), kind, warning, RowTook(r))
	}
	return w.Join(status(r), RowTook(r))
}

// Broken says in one line why a request failed or a connection broke, and reports whether
// r is about that.
func (w Words) Broken(r *record.Record) (s Sentence, ok bool) {
	if r.Kind == record.Fail || r.Kind == record.End && r.Failure != "" {
		return Sentence{Text: mark(r) + " " + w.Summary(r)}, true
	}
	return Sentence{}, false
}

// IsError reports whether a record says that something failed. A 204 is no failure, since
// it is how a server ends a subscription, nor is what the user ended.
func IsError(r *record.Record) bool {
	return r.Kind == record.Fail && r.Failure != record.NoContent && r.By != record.ByPerson || neverOpened(r)
}

// neverOpened reports whether a record says that no connection was made.
func neverOpened(r *record.Record) bool {
	return r.Kind == record.End && r.By == record.ByNetwork && r.Failure != record.Dropped && r.Bytes == 0 && r.Silent == 0
}
