package record

import "cmp"

// NoticeCode says what a Notice is about. It is the Type of the record.
type NoticeCode string

// The codes. A new code must also be added to the table of notices, and its sentence to
// the texts of the window.
const (
	// About files and settings.
	NoticeTargetsNotSaved  NoticeCode = "targets_not_saved" // Detail says why
	NoticeTargetsNotRead   NoticeCode = "targets_not_read"  // Detail says why
	NoticeSettingsBroken   NoticeCode = "settings_broken"   // the settings file was renamed to the subject
	NoticeSettingsNewer    NoticeCode = "settings_newer"    // the settings file is left unchanged; Detail is its version
	NoticeTargetsNewer     NoticeCode = "targets_newer"     // the same for the file of targets
	NoticeSettingsNotRead  NoticeCode = "settings_not_read"
	NoticeSettingsNotSaved NoticeCode = "settings_not_saved"
	NoticeSessionBroken    NoticeCode = "session_broken" // the file with the state of the last window was renamed to the subject
	NoticeSessionNewer     NoticeCode = "session_newer"  // it is left unchanged; Detail is its version
	NoticeSessionNotRead   NoticeCode = "session_not_read"
	NoticeSessionNotSaved  NoticeCode = "session_not_saved"
	NoticeSaveCancelled    NoticeCode = "save_cancelled" // the subject is the file, also in the next three
	NoticeSaved            NoticeCode = "saved"
	NoticeSavedInPart      NoticeCode = "saved_in_part" // Events records had already been dropped
	NoticeNotSaved         NoticeCode = "not_saved"
	NoticeJournalNotKept   NoticeCode = "journal_not_kept" // the subject is the directory, also in the next two
	NoticeJournalStopped   NoticeCode = "journal_stopped"
	NoticeJournalResumed   NoticeCode = "journal_resumed"  // Events records were lost
	NoticeProxyUnreadable  NoticeCode = "proxy_unreadable" // the subject is an environment variable

	// About the embedded server; the subject is an address or a name.
	NoticeServerStarted     NoticeCode = "server_started"
	NoticeServerStopped     NoticeCode = "server_stopped"
	NoticeServerNotStarted  NoticeCode = "server_not_started"
	NoticeServerFailed      NoticeCode = "server_failed"
	NoticePortTaken         NoticeCode = "port_taken" // Detail is the address that was wanted
	NoticeOriginAllowed     NoticeCode = "origin_allowed"
	NoticeServerSent        NoticeCode = "server_sent"
	NoticeServerNotSent     NoticeCode = "server_not_sent"
	NoticeSessionsClosed    NoticeCode = "sessions_closed"
	NoticeSessionsDropped   NoticeCode = "sessions_dropped"
	NoticeSessionsHeld      NoticeCode = "sessions_held"
	NoticeSessionsReleased  NoticeCode = "sessions_released"
	NoticeFaultOn           NoticeCode = "fault_on"
	NoticeFaultOff          NoticeCode = "fault_off"
	NoticeFaultsOff         NoticeCode = "faults_off"
	NoticeModeSet           NoticeCode = "mode_set"
	NoticePolicySet         NoticeCode = "policy_set"
	NoticeIDBlockOn         NoticeCode = "id_block_on"
	NoticeIDBlockOff        NoticeCode = "id_block_off"
	NoticeScenarioBegun     NoticeCode = "scenario_begun"
	NoticeScenarioEnded     NoticeCode = "scenario_ended"
	NoticeScenarioNotPlayed NoticeCode = "scenario_not_played"
	NoticeRepeatBegun       NoticeCode = "repeat_begun"
	NoticeRepeatEnded       NoticeCode = "repeat_ended"

	// About the subscribers of the embedded server.
	NoticeReplaced         NoticeCode = "replaced"
	NoticeCutOff           NoticeCode = "cut_off"
	NoticeCutOffMemory     NoticeCode = "cut_off_memory"
	NoticeLeftWithMessages NoticeCode = "left_with_messages"
	NoticeExpired          NoticeCode = "expired"
	NoticeRefusedReconnect NoticeCode = "refused_reconnect"
	NoticeRefusedOrigin    NoticeCode = "refused_origin" // the subject is empty if the browser did not send the page's origin
	NoticeRefusedHost      NoticeCode = "refused_host"
	NoticeRefusedToken     NoticeCode = "refused_token"
	NoticeRefusedLimit     NoticeCode = "refused_limit"
	NoticeRefusedMemory    NoticeCode = "refused_memory"

	// About a subscription.
	NoticeLastEventIDNotSent NoticeCode = "last_event_id_not_sent" // ID has characters that a header cannot contain; the request is sent without it
	NoticeGzipEnded          NoticeCode = "gzip_ended"             // bytes after the end of the compressed data are not read, as in Chromium
)

// Topic says what a notice is about, and so where a window shows it.
type Topic int

// The topics.
const (
	// OfStream is what happens to a stream or its subscriber, and what the user does to it at
	// the embedded server: it explains the records around it, and belongs among them.
	OfStream Topic = iota
	// News is the answer to something that the user did. It may pass.
	News
	// Trouble is what stays wrong, or lost, until the user does something. It must not pass
	// unseen.
	Trouble
)

// notices is the table of all codes and their topics.
func notices() []notice {
	return []notice{
		{NoticeTargetsNotSaved, Trouble},
		{NoticeTargetsNotRead, Trouble},
		{NoticeSettingsBroken, Trouble},
		{NoticeSettingsNewer, Trouble},
		{NoticeTargetsNewer, Trouble},
		{NoticeSettingsNotRead, Trouble},
		{NoticeSettingsNotSaved, Trouble},
		{NoticeSessionBroken, Trouble},
		{NoticeSessionNewer, Trouble},
		{NoticeSessionNotRead, Trouble},
		{NoticeSessionNotSaved, Trouble},
		{NoticeSaveCancelled, News},
		{NoticeSaved, News},
		{NoticeSavedInPart, Trouble},
		{NoticeNotSaved, Trouble},
		{NoticeJournalNotKept, Trouble},
		{NoticeJournalStopped, Trouble},
		{NoticeJournalResumed, Trouble},
		{NoticeProxyUnreadable, Trouble},
		{NoticeServerStarted, News},
		{NoticeServerStopped, News},
		{NoticeServerNotStarted, Trouble},
		{NoticeServerFailed, Trouble},
		{NoticePortTaken, Trouble},
		{NoticeOriginAllowed, News},
		{NoticeServerSent, OfStream},
		{NoticeServerNotSent, OfStream},
		{NoticeSessionsClosed, OfStream},
		{NoticeSessionsDropped, OfStream},
		{NoticeSessionsHeld, OfStream},
		{NoticeSessionsReleased, OfStream},
		{NoticeFaultOn, OfStream},
		{NoticeFaultOff, OfStream},
		{NoticeFaultsOff, OfStream},
		{NoticeModeSet, News},
		{NoticePolicySet, News},
		{NoticeIDBlockOn, News},
		{NoticeIDBlockOff, News},
		{NoticeScenarioBegun, OfStream},
		{NoticeScenarioEnded, OfStream},
		{NoticeScenarioNotPlayed, Trouble},
		{NoticeRepeatBegun, OfStream},
		{NoticeRepeatEnded, OfStream},
		{NoticeReplaced, OfStream},
		{NoticeCutOff, OfStream},
		{NoticeCutOffMemory, OfStream},
		{NoticeLeftWithMessages, OfStream},
		{NoticeExpired, OfStream},
		{NoticeRefusedReconnect, OfStream},
		{NoticeRefusedOrigin, OfStream},
		{NoticeRefusedHost, OfStream},
		{NoticeRefusedToken, OfStream},
		{NoticeRefusedLimit, OfStream},
		{NoticeRefusedMemory, OfStream},
		{NoticeLastEventIDNotSent, OfStream},
		{NoticeGzipEnded, OfStream},
	}
}

type notice struct {
	code  NoticeCode
	topic Topic
}

// NoticeCodes returns all codes.
func NoticeCodes() []NoticeCode {
	var codes []NoticeCode
	for _, n := range notices() {
		codes = append(codes, n.code)
	}
	return codes
}

// Topic returns the topic of a code, OfStream for one of a later version.
func (c NoticeCode) Topic() Topic {
	for _, n := range notices() {
		if n.code == c {
			return n.topic
		}
	}
	return OfStream
}

// NewNotice returns a Notice about subject, which may be "".
func NewNotice(code NoticeCode, subject, detail string) Record {
	return Record{Kind: Notice, Type: string(code), Subject: subject, Detail: detail}
}

// Notice returns the code of a Notice, or "" for other kinds.
func (r *Record) Notice() NoticeCode {
	if r.Kind != Notice {
		return ""
	}
	return NoticeCode(r.Type)
}

// Renew moves values to the fields that they belong in today: earlier versions
// stored the subject of a notice in URL. Call it for every record read from a file.
func (r *Record) Renew() {
	if r.Kind == Notice && r.URL != "" {
		r.Subject, r.URL = cmp.Or(r.Subject, r.URL), ""
	}
}
