package ui

import (
	"strings"
	"unicode"

	"sseconsole/client/record"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// tellNotices shows the notices that are about no stream: news as a toast, trouble until it
// is dismissed.
func (w *window) tellNotices() {
	for _, r := range w.con.Notices() {
		switch r.Notice() {
		case record.NoticeJournalStopped, record.NoticeJournalNotKept, record.NoticeServerNotStarted, record.NoticeServerFailed:
			continue // a bar and the form say so, as long as it is so
		case record.NoticeModeSet, record.NoticePolicySet, record.NoticeIDBlockOn, record.NoticeIDBlockOff:
			continue // the server's tab shows them, and each start of the server repeats them
		case record.NoticeServerStarted:
			if first := !w.serverStarted; first { // nobody has asked for it
				w.serverStarted = true
				continue
			}
		}
		saved := r.Notice() == record.NoticeSaved || r.Notice() == record.NoticeSavedInPart
		switch {
		case r.Notice().Topic() == record.Trouble:
			warning := kit.Warning{Text: func() (what, remedy string) {
				words := wording.Of(w.k.Texts)
				return sentence(words.Notice(&r)), words.Remedy(&r)
			}}
			if saved {
				warning.Action, warning.Run = func() string { return w.k.T("toast.open_folder") }, func() { w.k.OpenFolder(r.Subject) }
			}
			w.warnings.Add(warning)
		case saved:
			w.k.ToastSaved(sentence(wording.Of(w.k.Texts).Notice(&r)), r.Subject)
		default:
			w.k.Toast(sentence(wording.Of(w.k.Texts).Notice(&r)), "", nil)
		}
	}
}

// sentence returns a text that begins with a capital letter, unless it begins with a name.
func sentence(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLower(r) }) {
		return text
	}
	return strings.ToUpper(first[:1]) + text[1:]
}
