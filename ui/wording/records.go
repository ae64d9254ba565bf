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

// mark returns the shape in front of the word for a record's kind, so that the kind
// is told by shape and word, never by colour alone.
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
		if neverOpened(r) {
			return "✗"
		}
		return "○"
	case record.Reconnect:
		return "↻"
	case record.Fail:
		if !IsError(r) {
			return "○"
		}
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

// Kind returns the mark and the word for a record's kind, or for the severity of a
// Problem.
func (w Words) Kind(r *record.Record) string {
	if r.Kind == record.Problem {
		return w.Severity(r.Type)
	}
	kind := r.Kind
	switch {
	case kind == record.Fail && !IsError(r):
		kind = record.End
	case neverOpened(r):
		kind = record.Fail
	}
	return mark(r) + " " + w.KindName(kind)
}

// KindName returns the word for a kind.
func (w Words) KindName(k record.Kind) string { return w.T("kind." + k.String()) }

// Summary returns the text of a record in the last column of its row. Data received or
// sent is left unchanged, line feeds included. In a sentence, long values are
// shortened.
func (w Words) Summary(r *record.Record) string {
	if text, ok := Payload(r); ok && r.Kind != record.Discarded {
		return text
	}
	r = inSentence(r)
	return w.sentence(r, withoutHost(r.URL))
}

// sentence says in words what a record means. url is its URL as it is to appear.
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
		if r.Bytes == 0 && r.By == record.ByNetwork { // it never opened, or nothing was received
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

// mostInSentence is how many bytes of a value a sentence of the log has. The sentence is
// built again each time its row is drawn.
const mostInSentence = 4 << 10

// inSentence returns r with its texts shortened to fit into a sentence.
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

// Weight returns the size of a record's texts in bytes.
func Weight(r *record.Record) int {
	return len(r.Data) + len(r.Raw) + len(r.ID) + len(r.URL) + len(r.Subject) + len(r.Message) + len(r.Detail) + len(r.Type) + len(r.ClientID) +
		len(r.ContentType) + len(r.Target)
}

// Took returns how long r took, "" if that is unknown.
func (w Words) Took(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return w.Duration(r.Took)
}

// withoutHost returns url without scheme and host: a row has its target in another
// column.
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

// tls returns the TLS version of a record, and a warning if the certificate was not
// verified, "" otherwise.
func (w Words) tls(r *record.Record) (version, warning string) {
	version, unverified := strings.CutSuffix(r.TLS, record.NotVerified)
	if unverified {
		warning = "⚠ " + w.T("row.not_verified")
	}
	return version, warning
}

// RowType returns the text of a record's column Type: the event's type, or the method of
// a send.
func RowType(r *record.Record) string {
	switch r.Kind {
	case record.Event:
		return r.Type
	case record.Send:
		return r.Method
	}
	return ""
}

// RowID returns the text of a record's column id.
func RowID(r *record.Record) string {
	if r.Kind == record.Event || r.Kind == record.Cursor {
		return r.ID
	}
	return ""
}

// RowTook returns the text of a record's column Took.
func RowTook(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return catalogue.InSymbols(r.Took)
}

// TimeLayout is the layout of a record's time in its row.
const TimeLayout = "15:04:05.000"

// Line returns a record as one line of text, as the log shows it but with all columns.
// Saving as text writes it.
func (w Words) Line(r *record.Record) string {
	fields := []string{r.Time.Format(WholeTimeLayout), w.TargetName(r.Target), r.ClientID, w.Kind(r), RowType(r), RowID(r), RowTook(r), w.Summary(r)}
	for i, f := range fields {
		fields[i] = visible.Line(catalogue.OneLine(f))
	}
	return strings.Join(fields, "\t")
}

// Payload returns the text that r received or sent, which Copy copies, and whether r has
// one.
func Payload(r *record.Record) (string, bool) {
	switch r.Kind {
	case record.Event, record.Text, record.Comment, record.Send:
		return r.Data, true
	case record.Discarded:
		return string(r.Raw), true
	}
	return "", false
}
