package wording

import "sseconsole/client/record"

// Notice returns the sentence of a Notice.
func (w Words) Notice(r *record.Record) string {
	about := r.Subject
	of := map[record.NoticeCode]string{
		record.NoticeModeSet: "mode.", record.NoticePolicySet: "policy.", record.NoticeFaultOn: "fault.", record.NoticeFaultOff: "fault.",
	}[record.NoticeCode(r.Type)]
	if of != "" && w.has(of+about) {
		about = w.T(of + about) // as in the tab Server
	}
	return w.coded("notice.", r.Type, "About", about, "Detail", r.Detail, "ClientID", r.ClientID, "ID", r.ID, "N", r.Events)
}
