package wording

import (
	"sseconsole/client/judge"
	"sseconsole/client/record"
)

// Finding is what a Problem or a Difference tells.
func (w Words) Finding(r *record.Record) string {
	return w.coded(r.Kind.String()+".", r.Type, "Seen", r.Data, "ID", r.ID, "Delay", w.Duration(r.Delay))
}

// Severity is the shape and the word for how much the finding of a code matters.
func (w Words) Severity(code string) string {
	s := judge.SeverityOf(code)
	return s.Mark() + " " + w.T("severity."+s.String())
}

// Why says why the finding of a code matters, "" for a code of a newer version.
func (w Words) Why(code string) string { return w.some("problem." + code + ".why") }

// Do says what to do about the finding of a code, "" for a code of a newer version.
func (w Words) Do(code string) string { return w.some("problem." + code + ".do") }
