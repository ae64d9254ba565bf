package wording

import (
	"sseconsole/client/judge"
	"sseconsole/client/record"
)

// Finding returns the sentence of a Problem or a Difference.
func (w Words) Finding(r *record.Record) string {
	return w.coded(r.Kind.String()+".", r.Type, "Seen", r.Data, "ID", r.ID, "Delay", w.Duration(r.Delay))
}

// Severity returns the mark and the word for the severity of a finding.
func (w Words) Severity(code string) string {
	s := judge.SeverityOf(code)
	return s.Mark() + " " + w.T("severity."+s.String())
}

// Why says why a finding matters, "" for a code of a newer version.
func (w Words) Why(code string) string { return w.some("problem." + code + ".why") }

// Do says what to do about a finding, "" for a code of a newer version.
func (w Words) Do(code string) string { return w.some("problem." + code + ".do") }

// Place says where in a stream a Problem was first seen: the connection, and the bytes if
// it is about some.
func (w Words) Place(r *record.Record) string {
	switch {
	case r.Conn == 0:
		return ""
	case len(r.Raw) == 0:
		return w.T("place.connection", "Conn", r.Conn)
	}
	return w.T("place.byte", "Conn", r.Conn, "Offset", r.Offset)
}
