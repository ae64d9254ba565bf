package record

import "cmp"

// NoticeCode says what a Notice is about. It is the Type of the record.
type NoticeCode string

// The codes. A new code must also be added to NoticeCodes, and its sentence to the
// texts of the window.
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

// NoticeCodes returns all codes.
func NoticeCodes() []NoticeCode {
	return []NoticeCode{
		NoticeTargetsNotSaved, NoticeTargetsNotRead, NoticeSettingsBroken, NoticeSettingsNewer, NoticeTargetsNewer, NoticeSettingsNotRead,
		NoticeSettingsNotSaved, NoticeSessionBroken, NoticeSessionNewer, NoticeSessionNotRead, NoticeSessionNotSaved, NoticeSaveCancelled, NoticeSaved, NoticeSavedInPart, NoticeNotSaved, NoticeJournalNotKept,
		NoticeJournalStopped, NoticeJournalResumed, NoticeProxyUnreadable,
		NoticeServerStarted, NoticeServerStopped, NoticeServerNotStarted, NoticeServerFailed, NoticePortTaken, NoticeOriginAllowed,
		NoticeServerSent, NoticeServerNotSent, NoticeSessionsClosed, NoticeSessionsDropped, NoticeSessionsHeld, NoticeSessionsReleased,
		NoticeFaultOn, NoticeFaultOff, NoticeFaultsOff, NoticeModeSet, NoticePolicySet, NoticeIDBlockOn, NoticeIDBlockOff, NoticeScenarioBegun, NoticeScenarioEnded,
		NoticeScenarioNotPlayed, NoticeRepeatBegun, NoticeRepeatEnded,
		NoticeReplaced, NoticeCutOff, NoticeCutOffMemory, NoticeLeftWithMessages, NoticeExpired, NoticeRefusedReconnect, NoticeRefusedOrigin,
		NoticeRefusedHost, NoticeRefusedToken, NoticeRefusedLimit, NoticeRefusedMemory,
		NoticeLastEventIDNotSent, NoticeGzipEnded,
	}
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
