package wording

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording/catalogue"
)

// mark is the shape that stands before a record's word in the log, so that its
// kind is told by shape and word, never by colour alone.
func mark(r *record.Record) string {
	switch r.Kind {
	case record.Subscribe, record.Send, record.Close:
		return "→"
	case record.Answer:
		return "←"
	case record.Event, record.Text:
		return "↓"
	case record.Comment, record.Retry, record.Cursor, record.Chunk:
		return "·"
	case record.Open:
		return "●"
	case record.End:
		return "○"
	case record.Reconnect:
		return "↻"
	case record.Fail:
		return "✗"
	case record.Discarded:
		return "⚠"
	case record.Problem:
		return judge.SeverityOf(r.Type).Mark()
	case record.Difference:
		return "≠"
	case record.Redirect:
		return "↪"
	}
	return "i"
}

// Kind is the word and the shape for a record's kind, and for the severity of a
// Problem.
func (w Words) Kind(r *record.Record) string {
	if r.Kind == record.Problem {
		return w.Severity(r.Type)
	}
	return mark(r) + " " + w.KindName(r.Kind)
}

// KindName is the word for a kind.
func (w Words) KindName(k record.Kind) string { return w.T("kind." + k.String()) }

// Summary is what a row says of a record in its last column. What came and
// what was sent is shown as it is, line feeds included. A sentence has the
// beginnings of what is in it.
func (w Words) Summary(r *record.Record) string {
	if text, ok := Payload(r); ok && r.Kind != record.Discarded {
		return text
	}
	r = inSentence(r)
	return w.sentence(r, withoutHost(r.URL))
}

// sentence says what a record tells, with its URL as url has it.
func (w Words) sentence(r *record.Record, url string) string {
	switch r.Kind {
	case record.Chunk:
		return w.T("row.chunk", "N", len(r.Raw), "Offset", r.Offset)
	case record.Problem, record.Difference:
		return w.Finding(r)
	case record.Subscribe:
		if r.ID != "" {
			return w.T("row.subscribe_from", "Method", r.Method, "URL", url, "ID", r.ID)
		}
		return r.Method + " " + url
	case record.Send, record.Close:
		return r.Method + " " + url
	case record.Answer:
		return w.Join(w.Labelled(w.KindName(r.Call), status(r)), r.Message)
	case record.Open:
		_, warning := w.tls(r)
		return w.Join(status(r), r.Proto, warning, r.ContentType)
	case record.Retry:
		return w.T("row.retry", "Delay", w.Duration(r.Delay))
	case record.Cursor:
		return w.T("row.cursor", "ID", r.ID)
	case record.Discarded:
		return w.T("row.discarded", "Size", w.Size(int64(len(r.Raw))))
	case record.End:
		how := w.coded("row.ended.", string(r.By))
		if r.Failure != "" {
			how = w.Failure(r)
		}
		if r.Bytes == 0 && r.By == record.ByNetwork { // it was never open, or might as well not have been
			return how
		}
		silent := ""
		if r.Silent >= time.Second && r.By != record.ByPerson {
			silent = w.T("row.silent", "Duration", w.Duration(r.Silent))
		}
		return w.Join(how, w.Events(r.Events), w.Size(r.Bytes), silent)
	case record.Reconnect:
		text := w.T("row.reconnect", "Delay", w.Duration(r.Delay), "Source", w.coded("source.", string(r.Source)))
		if r.ID != "" {
			text = w.Join(text, "Last-Event-ID "+r.ID)
		}
		return text
	case record.Fail:
		return w.Labelled(w.KindName(r.Call), w.Failure(r))
	case record.Redirect:
		text := w.Join(w.Labelled(w.KindName(r.Call), status(r)), r.Method+" "+r.URL)
		if r.Data != "" {
			text = w.Join(text, w.T("row.left_behind", "Names", r.Data))
		}
		return text
	case record.Notice:
		return w.Notice(r)
	}
	return ""
}

// mostInSentence is how many bytes of a text a sentence of the log has: it is made
// anew each time that its row is drawn.
const mostInSentence = 4 << 10

// inSentence returns r with texts that are short enough for a sentence.
func inSentence(r *record.Record) *record.Record {
	if Weight(r) <= mostInSentence {
		return r
	}
	short := *r
	for _, text := range []*string{&short.Data, &short.ID, &short.ClientID, &short.Type, &short.URL, &short.Subject, &short.Message, &short.Detail, &short.ContentType} {
		*text = catalogue.Shortened(*text, mostInSentence)
	}
	return &short
}

// Weight returns how many bytes the texts of a record have.
func Weight(r *record.Record) int {
	return len(r.Data) + len(r.Raw) + len(r.ID) + len(r.URL) + len(r.Subject) + len(r.Message) + len(r.Detail) + len(r.Type) + len(r.ClientID) +
		len(r.ContentType) + len(r.Target)
}

// Took is how long it took, or "" if that is not known.
func (w Words) Took(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return w.Duration(r.Took)
}

// withoutHost is the part of a URL that a row shows, whose target is told in
// another column.
func withoutHost(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
	}
	return url
}

func status(r *record.Record) string {
	if r.Status == 0 {
		return ""
	}
	return fmt.Sprint(r.Status)
}

// tls is the version of TLS that a record tells, and the warning that nobody
// looked at the certificate, "" if somebody did.
func (w Words) tls(r *record.Record) (version, warning string) {
	version, unverified := strings.CutSuffix(r.TLS, record.NotVerified)
	if unverified {
		warning = "⚠ " + w.T("row.not_verified")
	}
	return version, warning
}

// RowType, RowID and RowTook are the columns of a record that Summary leaves out.
func RowType(r *record.Record) string {
	switch r.Kind {
	case record.Event:
		return r.Type
	case record.Send:
		return r.Method
	}
	return ""
}

func RowID(r *record.Record) string {
	if r.Kind == record.Event || r.Kind == record.Cursor {
		return r.ID
	}
	return ""
}

func RowTook(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return catalogue.InSymbols(r.Took)
}

// TimeLayout is how rows write when a record was made.
const TimeLayout = "15:04:05.000"

// Line is a record as the log shows it, as one line of text in which nothing is
// hidden: what Save as text writes.
func (w Words) Line(r *record.Record) string {
	fields := []string{r.Time.Format("2006-01-02 " + TimeLayout), w.TargetName(r.Target), r.ClientID, w.Kind(r), RowType(r), RowID(r), RowTook(r), w.Summary(r)}
	for i, f := range fields {
		fields[i] = visible.Line(catalogue.OneLine(f))
	}
	return strings.Join(fields, "\t")
}

// Payload is the text that a record carries from the wire or the person, and
// whether it carries one at all: what Copy copies.
func Payload(r *record.Record) (string, bool) {
	switch r.Kind {
	case record.Event, record.Text, record.Comment, record.Send:
		return r.Data, true
	case record.Discarded:
		return string(r.Raw), true
	}
	return "", false
}
