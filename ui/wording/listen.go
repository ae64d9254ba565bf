package wording

import (
	"net/http"
	"slices"
	"strings"

	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// ListenLine returns a record as the command line prints it: its time, its kind and the text
// of its row in the log, followed by what only its details have: the body of a refusal, the
// bytes discarded, why a finding matters and what to do. Nothing is shortened. Only the text
// may span several lines, each of which begins with a tab.
func (w Words) ListenLine(r *record.Record) string {
	what, text := w.KindName(r.Kind), ""
	switch r.Kind {
	case record.Event, record.Notice, record.Problem, record.Difference:
		what += " " + r.Type
	}
	if r.Kind == record.Event && r.ID != "" {
		what += " #" + r.ID
	}
	switch r.Kind {
	case record.Event, record.Text, record.Comment:
		text = r.Data
	case record.Send:
		text = w.Join(w.sentence(r, r.URL), r.Data)
	case record.Answer:
		text = w.Join(w.sentence(r, r.URL), r.ContentType)
	case record.Open:
		text = w.withDetail(w.sentence(r, r.URL), r.Detail)
	case record.End, record.Fail:
		text = w.sentence(r, r.URL)
		if r.Failure != "" {
			text = w.withDetail(text, r.Detail)
		}
		if r.Kind == record.Fail {
			text = lines(w.Join(text, retryAfter(r)), r.Data)
		}
	case record.Discarded:
		text = lines(w.sentence(r, r.URL), string(r.Raw))
	case record.Problem:
		text = lines(w.Labelled(w.Severity(r.Type), w.sentence(r, r.URL)), w.Why(r.Type), w.Do(r.Type))
	default:
		text = w.sentence(r, r.URL)
	}
	return r.Time.Format(TimeLayout) + "  " + visible.Line(what) + "\t" + visible.Block(text)
}

// lines joins those texts that are not empty, each on lines of its own.
func lines(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	return strings.TrimRight(strings.Join(texts, "\n"), "\n")
}

// retryAfter is what a refusal says about when to come back, as it came.
func retryAfter(r *record.Record) string {
	if value := http.Header(r.Header).Get("Retry-After"); value != "" {
		return "Retry-After " + value
	}
	return ""
}
