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
		return mark(r) + " " + w.T("severity."+judge.SeverityOf(r.Type).String())
	}
	return mark(r) + " " + w.T("kind."+r.Kind.String())
}

// TargetName is the target as rows show it.
func (w Words) TargetName(name string) string {
	if name == record.EmbeddedTarget {
		return w.T("target.embedded")
	}
	return name
}

// Summary is what a row says of a record in its last column. What came and
// what was sent is shown as it is, line feeds included. A sentence has the
// beginnings of what is in it.
func (w Words) Summary(r *record.Record) string {
	if text, ok := Payload(r); ok && r.Kind != record.Discarded {
		return text
	}
	r = inSentence(r)
	switch r.Kind {
	case record.Chunk:
		return w.T("row.chunk", "N", len(r.Raw), "Offset", r.Offset)
	case record.Problem, record.Difference:
		return w.Finding(r)
	case record.Subscribe:
		if r.ID != "" {
			return w.T("row.subscribe_from", "Method", r.Method, "URL", withoutHost(r.URL), "ID", r.ID)
		}
		return r.Method + " " + withoutHost(r.URL)
	case record.Close:
		return r.Method + " " + withoutHost(r.URL)
	case record.Answer:
		return w.Join(w.T("kind."+r.Call.String())+": "+status(r), r.Message)
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
		how := w.T("row.ended." + string(r.By))
		if r.Failure != "" {
			how = w.Failure(r)
		}
		if r.Bytes == 0 && r.By == record.ByNetwork { // it was never open, or might as well not have been
			return how
		}
		return w.Join(how, w.T("row.events", "N", r.Events), w.Size(r.Bytes))
	case record.Reconnect:
		text := w.T("row.reconnect", "Delay", w.Duration(r.Delay), "Source", w.T("source."+string(r.Source)))
		if r.ID != "" {
			text = w.Join(text, "Last-Event-ID "+r.ID)
		}
		return text
	case record.Fail:
		return w.T("kind."+r.Call.String()) + ": " + w.Failure(r)
	case record.Redirect:
		text := w.Join(w.T("kind."+r.Call.String())+": "+status(r), r.Method+" "+r.URL)
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
	for _, text := range []*string{&short.Data, &short.ID, &short.ClientID, &short.Type, &short.URL, &short.Message, &short.Detail, &short.ContentType} {
		*text = catalogue.Shortened(*text, mostInSentence)
	}
	return &short
}

// Weight returns how many bytes the texts of a record have.
func Weight(r *record.Record) int {
	return len(r.Data) + len(r.Raw) + len(r.ID) + len(r.URL) + len(r.Message) + len(r.Detail) + len(r.Type) + len(r.ClientID) +
		len(r.ContentType) + len(r.Target)
}

// Took is how long it took, or "" if that is not known.
func (w Words) Took(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return w.Duration(r.Took)
}

func (w Words) Join(parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, " · ")
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

// Failure is the sentence of a cause.
func (w Words) Failure(r *record.Record) string {
	if r.By == record.ByPerson {
		return w.T("failure.cancelled")
	}
	return w.T("failure."+string(r.Failure),
		"Status", r.Status, "Type", r.ContentType, "Code", r.Code, "Message", r.Message, "Method", r.Method, "Took", w.Duration(r.Took), "Detail", r.Detail)
}

// Notice is the sentence of a Notice.
func (w Words) Notice(r *record.Record) string {
	about := r.URL
	of := map[string]string{"mode_set": "mode.", "policy_set": "policy.", "fault_on": "fault.", "fault_off": "fault."}[r.Type]
	if of != "" && w.has(of+about) {
		about = w.T(of + about) // as the server's tab calls it
	}
	return w.T("notice."+r.Type, "About", about, "Detail", r.Detail, "ClientID", r.ClientID, "ID", r.ID, "N", r.Events)
}

// Finding is what a Problem or a Difference tells.
func (w Words) Finding(r *record.Record) string {
	return w.T(r.Kind.String()+"."+r.Type, "Seen", r.Data, "ID", r.ID, "Delay", w.Duration(r.Delay))
}

// column texts of a record that summary does not give.
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

// Details is everything known of a record that has no payload, line by line.
func (w Words) Details(r *record.Record) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", w.T("detail."+key), value)
		}
	}
	if r.Kind == record.Problem {
		b.WriteString(w.Kind(r) + ": ")
	}
	b.WriteString(w.Summary(r) + "\n")
	if r.Failure != "" {
		if key := "failure." + string(r.Failure) + ".remedy"; w.has(key) {
			b.WriteString(w.T(key) + "\n")
		}
	}
	if r.Kind == record.Problem {
		b.WriteString("\n" + w.T("problem."+r.Type+".why") + "\n\n" + w.T("problem."+r.Type+".do") + "\n")
	}
	if key := "notice." + r.Type + ".remedy"; r.Kind == record.Notice && w.has(key) {
		b.WriteString(w.T(key) + "\n")
	}
	b.WriteString("\n")
	line("time", r.Time.Format(time.RFC3339Nano))
	line("target", w.TargetName(r.Target))
	line("client_id", r.ClientID)
	if r.Conn > 0 {
		line("connection", fmt.Sprint(r.Conn))
	}
	if r.URL != "" && r.Kind != record.Notice {
		line("request", strings.TrimSpace(r.Method+" "+r.URL))
	}
	line("status", strings.TrimSpace(status(r)+" "+r.Proto))
	line("content_type", r.ContentType)
	line("last_event_id", r.ID)
	line("took", w.Took(r))
	line("cause", r.Detail)
	if len(r.Raw) > 0 {
		line("raw", "\n"+string(r.Raw))
	}
	if r.Data != "" && r.Kind != record.Retry {
		line("body", "\n"+r.Data)
	}
	return strings.TrimRight(b.String(), "\n")
}
