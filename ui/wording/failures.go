package wording

import (
	"strings"

	"sseconsole/client/record"
)

// Failure is the sentence of a cause.
func (w Words) Failure(r *record.Record) string {
	if r.By == record.ByPerson {
		return w.T("failure.cancelled")
	}
	return w.coded("failure.", string(r.Failure),
		"Status", r.Status, "Type", r.ContentType, "Code", r.Code, "Message", r.Message, "Method", r.Method, "Took", w.Duration(r.Took), "Detail", r.Detail)
}

// Cause is [Words.Failure] with the technical text of the cause, for where there are no
// details to look it up in.
func (w Words) Cause(r *record.Record) string { return w.withDetail(w.Failure(r), r.Detail) }

// withDetail adds a technical text to a sentence that does not have it already.
func (w Words) withDetail(sentence, detail string) string {
	if strings.Contains(sentence, detail) {
		return sentence
	}
	return w.T("row.with_detail", "Text", sentence, "Detail", detail)
}

// Remedy says what a person can do about a failure, or about what a Notice tells; ""
// if there is nothing to say.
func (w Words) Remedy(r *record.Record) string {
	key := "failure." + string(r.Failure) + ".remedy"
	switch {
	case r.Kind == record.Notice:
		key = "notice." + r.Type + ".remedy"
	case r.By == record.ByPerson: // who did it on purpose
		return ""
	}
	return w.some(key)
}
