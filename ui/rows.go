package ui

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/console"
)

// mark is the shape that stands before a kind's word in the log, so that a
// kind is told by shape and word, never by colour alone.
func mark(k record.Kind) string {
	switch k {
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
	case record.Discarded, record.Problem:
		return "⚠"
	case record.Difference:
		return "≠"
	case record.Redirect:
		return "↪"
	}
	return "i"
}

// kind is the word and the shape for a record's kind.
func (w *words) kind(r *record.Record) string {
	return mark(r.Kind) + " " + w.T("kind."+r.Kind.String())
}

// targetName is the target as rows show it.
func (w *words) targetName(name string) string {
	if name == console.Embedded {
		return w.T("target.embedded")
	}
	return name
}

// summary is what a row says of a record in its last column. What came and
// what was sent is shown as it is, line feeds included. A sentence has the
// beginnings of what is in it.
func (w *words) summary(r *record.Record) string {
	if text, ok := payload(r); ok && r.Kind != record.Discarded {
		return text
	}
	r = inSentence(r)
	switch r.Kind {
	case record.Chunk:
		return w.T("row.chunk", "N", len(r.Raw), "Offset", r.Offset)
	case record.Problem, record.Difference:
		return w.finding(r)
	case record.Subscribe:
		if r.ID != "" {
			return w.T("row.subscribe_from", "Method", r.Method, "URL", withoutHost(r.URL), "ID", r.ID)
		}
		return r.Method + " " + withoutHost(r.URL)
	case record.Close:
		return r.Method + " " + withoutHost(r.URL)
	case record.Answer:
		return w.join(w.T("kind."+r.Call.String())+": "+status(r), r.Message)
	case record.Open:
		_, warning := w.tls(r)
		return w.join(status(r), r.Proto, warning, r.ContentType)
	case record.Retry:
		return w.T("row.retry", "Delay", w.duration(r.Delay))
	case record.Cursor:
		return w.T("row.cursor", "ID", r.ID)
	case record.Discarded:
		return w.T("row.discarded", "Size", w.size(int64(len(r.Raw))))
	case record.End:
		how := w.T("row.ended." + string(r.By))
		if r.Failure != "" {
			how = w.failure(r)
		}
		if r.Bytes == 0 && r.By == record.ByNetwork { // it was never open, or might as well not have been
			return how
		}
		return w.join(how, w.T("row.events", "N", r.Events), w.size(r.Bytes))
	case record.Reconnect:
		text := w.T("row.reconnect", "Delay", w.duration(r.Delay), "Source", w.T("source."+string(r.Source)))
		if r.ID != "" {
			text = w.join(text, "Last-Event-ID "+r.ID)
		}
		return text
	case record.Fail:
		return w.T("kind."+r.Call.String()) + ": " + w.failure(r)
	case record.Redirect:
		text := w.join(w.T("kind."+r.Call.String())+": "+status(r), r.Method+" "+r.URL)
		if r.Data != "" {
			text = w.join(text, w.T("row.left_behind", "Names", r.Data))
		}
		return text
	case record.Notice:
		return w.notice(r)
	}
	return ""
}

// mostInSentence is how many bytes of a text a sentence of the log has: it is made
// anew each time that its row is drawn.
const mostInSentence = 4 << 10

// inSentence returns r with texts that are short enough for a sentence.
func inSentence(r *record.Record) *record.Record {
	if weight(r) <= mostInSentence {
		return r
	}
	short := *r
	for _, text := range []*string{&short.Data, &short.ID, &short.ClientID, &short.Type, &short.URL, &short.Message, &short.Detail, &short.ContentType} {
		*text = shortened(*text, mostInSentence)
	}
	return &short
}

// took is how long it took, or "" if that is not known.
func (w *words) took(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return w.duration(r.Took)
}

func (w *words) join(parts ...string) string {
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
func (w *words) tls(r *record.Record) (version, warning string) {
	version, unverified := strings.CutSuffix(r.TLS, record.NotVerified)
	if unverified {
		warning = "⚠ " + w.T("row.not_verified")
	}
	return version, warning
}

// failure is the sentence of a cause.
func (w *words) failure(r *record.Record) string {
	if r.By == record.ByPerson {
		return w.T("failure.cancelled")
	}
	return w.T("failure."+string(r.Failure),
		"Status", r.Status, "Type", r.ContentType, "Code", r.Code, "Message", r.Message, "Method", r.Method, "Took", w.duration(r.Took), "Detail", r.Detail)
}

// notice is the sentence of a Notice.
func (w *words) notice(r *record.Record) string {
	about := r.URL
	of := map[string]string{"mode_set": "mode.", "policy_set": "policy.", "fault_on": "fault.", "fault_off": "fault."}[r.Type]
	if of != "" && w.has(of+about) {
		about = w.T(of + about) // as the server's tab calls it
	}
	return w.T("notice."+r.Type, "About", about, "Detail", r.Detail, "ClientID", r.ClientID, "ID", r.ID, "N", r.Events)
}

// finding is what a Problem or a Difference tells.
func (w *words) finding(r *record.Record) string {
	return w.T(r.Kind.String()+"."+r.Type, "Seen", r.Data, "ID", r.ID, "Delay", w.duration(r.Delay))
}

// column texts of a record that summary does not give.
func rowType(r *record.Record) string {
	switch r.Kind {
	case record.Event:
		return r.Type
	case record.Send:
		return r.Method
	}
	return ""
}

func rowID(r *record.Record) string {
	if r.Kind == record.Event || r.Kind == record.Cursor {
		return r.ID
	}
	return ""
}

func rowTook(r *record.Record) string {
	if r.Took <= 0 {
		return ""
	}
	return inSymbols(r.Took)
}

// inSymbols is a duration in the units' symbols, which are short and the same in
// every language.
func inSymbols(d time.Duration) string {
	switch ms := float64(d) / float64(time.Millisecond); {
	case ms < 10:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	case ms < 99_950:
		return fmt.Sprintf("%.1f s", ms/1000)
	default:
		return fmt.Sprintf("%.0f s", ms/1000)
	}
}

const timeLayout = "15:04:05.000"

// line is a record as the log shows it, as one line of text in which nothing is
// hidden: what Save as text writes.
func (w *words) line(r *record.Record) string {
	fields := []string{r.Time.Format("2006-01-02 " + timeLayout), w.targetName(r.Target), r.ClientID, w.kind(r), rowType(r), rowID(r), rowTook(r), w.summary(r)}
	for i, f := range fields {
		fields[i] = visible.Line(oneLine.Replace(f))
	}
	return strings.Join(fields, "\t")
}

// oneLine keeps a text on its line and in its column.
var oneLine = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", "⇥")

// payload is the text that a record carries from the wire or the person, and
// whether it carries one at all: what Copy copies.
func payload(r *record.Record) (string, bool) {
	switch r.Kind {
	case record.Event, record.Text, record.Comment, record.Send:
		return r.Data, true
	case record.Discarded:
		return string(r.Raw), true
	}
	return "", false
}

// details is everything known of a record that has no payload, line by line.
func (w *words) details(r *record.Record) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", w.T("detail."+key), value)
		}
	}
	b.WriteString(w.summary(r) + "\n")
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
	line("target", w.targetName(r.Target))
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
	line("took", w.took(r))
	line("cause", r.Detail)
	if len(r.Raw) > 0 {
		line("raw", "\n"+string(r.Raw))
	}
	if r.Data != "" && r.Kind != record.Retry {
		line("body", "\n"+r.Data)
	}
	return strings.TrimRight(b.String(), "\n")
}
