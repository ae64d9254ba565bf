package wording

import (
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// ListenLine returns a record as the command line prints it: its time, its kind and the text
// of its row in the log; for requests, responses and failures also the essentials of their
// details. Nothing is shortened. Only the text may span several lines, each of which begins
// with a tab.
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
	case record.End, record.Fail:
		text = w.sentence(r, r.URL)
		if r.Failure != "" {
			text = w.withDetail(text, r.Detail)
		}
	default:
		text = w.sentence(r, r.URL)
	}
	return r.Time.Format(TimeLayout) + "  " + visible.Line(what) + "\t" + visible.Block(text)
}
