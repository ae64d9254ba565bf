package record

import "fmt"

// Kind says what a record is about.
type Kind uint8

// The kinds, by who caused them.
const (
	// What the user did.
	Subscribe Kind = iota + 1 // a subscription began or reconnects; one for each request
	Send                      // a message was sent
	Close                     // the server was asked to close a clientId
	Answer                    // the server's answer to a Send or a Close; Call says which

	// What came over the wire.
	Event     // an event was dispatched
	Comment   // a comment line
	Retry     // the reconnection time was set; Delay holds it
	Cursor    // a block without data set the last event ID: no event, but a reconnect sends it
	Chunk     // the bytes of the body returned by one read
	Text      // engine Stream only: the text of a chunk, split between characters
	Discarded // an unfinished block at the end of a stream, never dispatched

	// What happened.
	Open       // the response is an event stream
	End        // a stream ended, or no connection was made; By says who ended it
	Reconnect  // another connection will be made after Delay
	Fail       // a request failed; a subscription fails for good and stays Closed
	Notice     // a message from the console or the embedded server
	Problem    // a finding about the stream; Type is its code
	Difference // an engine read the stream differently from a browser; Type is its code

	// Added later: files contain the numbers of the kinds.
	Redirect // a redirect was followed; Call says for which request
)

// KindInfo is the name of a kind in NDJSON and the meaning of its records.
type KindInfo struct{ Name, Meaning string }

// kindTable describes every kind. A new kind is a line here and a constant above;
// earlier programs skip its records.
var kindTable = [...]KindInfo{
	Subscribe:  {"subscribe", "a subscription began or reconnects; one for each request"},
	Send:       {"send", "a message was sent"},
	Close:      {"close", "the server was asked to close a clientId"},
	Redirect:   {"redirect", "a redirect was followed"},
	Answer:     {"answer", "the server's answer to a send or a close"},
	Open:       {"open", "the response is an event stream"},
	Chunk:      {"chunk", "the bytes returned by one read; it comes before the items that it completes"},
	Event:      {"event", "an event"},
	Comment:    {"comment", "a comment line"},
	Retry:      {"retry", "a valid retry field"},
	Cursor:     {"cursor", "a block without data that set the last event ID"},
	Text:       {"text", "engine `stream` only: the text of a chunk"},
	Discarded:  {"discarded", "an unfinished block at the end of a stream"},
	End:        {"end", "a stream ended, or no connection was made"},
	Reconnect:  {"reconnect", "another connection will be made"},
	Fail:       {"fail", "a request failed"},
	Problem:    {"problem", "a finding about the stream, see [findings.md](findings.md)"},
	Difference: {"difference", "an engine read the stream differently from a browser"},
	Notice:     {"notice", "a message from the console or the embedded server"},
}

// Kinds returns the table of kinds, indexed by Kind. The entry of 0, which is not
// a kind, is empty.
func Kinds() []KindInfo { return kindTable[:] }

// Known reports whether this version knows the kind. A later one may have more.
func (k Kind) Known() bool { return int(k) < len(kindTable) }

// String returns the name used in NDJSON files.
func (k Kind) String() string {
	if k.Known() {
		return kindTable[k].Name
	}
	return ""
}

// MarshalText writes the name that String returns.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText sets k to the kind with this name. If there is none it returns an
// *UnknownKindError.
func (k *Kind) UnmarshalText(name []byte) error {
	for i, known := range kindTable {
		if known.Name != "" && known.Name == string(name) {
			*k = Kind(i)
			return nil
		}
	}
	return &UnknownKindError{Name: string(name)}
}

// UnknownKindError says that there is no kind with this name.
type UnknownKindError struct{ Name string }

func (e *UnknownKindError) Error() string { return fmt.Sprintf("record: unknown kind %q", e.Name) }
