package wording

import (
	"net"
	"strings"

	"sseconsole/client/record"
)

// Failure returns the sentence for the cause of a failure.
func (w Words) Failure(r *record.Record) string {
	if r.By == record.ByPerson {
		return w.T("failure.cancelled")
	}
	return w.coded("failure.", string(r.Failure),
		"Status", r.Status, "Type", r.ContentType, "Code", r.Code, "Message", r.Message, "Method", r.Method, "Took", w.Duration(r.Took), "Detail", r.Detail, "Address", dialed(r.Detail))
}

// dialed returns the address in the error of a connection that was not made, such as "dial
// tcp 127.0.0.1:9: connect: connection refused", or "".
func dialed(detail string) string {
	_, address, _ := strings.Cut(detail, "dial tcp ")
	address, _, found := strings.Cut(address, ": ")
	if _, _, err := net.SplitHostPort(address); !found || err != nil {
		return ""
	}
	return address
}

// Cause returns [Words.Failure] with the technical cause, for output without a details
// view.
func (w Words) Cause(r *record.Record) string { return w.withDetail(w.Failure(r), r.Detail) }

// withDetail appends a technical detail to a sentence unless it already contains it.
func (w Words) withDetail(sentence, detail string) string {
	if strings.Contains(sentence, detail) {
		return sentence
	}
	return w.T("row.with_detail", "Text", sentence, "Detail", detail)
}

// Remedy says what to do about a failure or a Notice. It is "" if there is nothing
// to say.
func (w Words) Remedy(r *record.Record) string {
	key := "failure." + string(r.Failure) + ".remedy"
	switch {
	case r.Kind == record.Notice:
		key = "notice." + r.Type + ".remedy"
	case r.By == record.ByPerson: // on purpose
		return ""
	}
	return w.some(key)
}
