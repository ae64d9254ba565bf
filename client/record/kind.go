package record

import "fmt"

// Kind says what a record is about.
type Kind uint8

// The kinds, by who caused them.
const (
	// What the person did.
	Subscribe Kind = iota + 1 // a subscription was asked for, or reconnects: one per HTTP request
	Send                      // a message was sent
	Close                     // the server was told to close a clientId
	Answer                    // the server's answer to a Send or a Close; Call says which

	// What came over the wire.
	Event     // an event was dispatched
	Comment   // a comment line
	Retry     // the reconnection time was set; Delay holds it
	Cursor    // a block without data set the last event ID: no event, but a reconnect carries it
	Chunk     // bytes of the body that one read brought
	Text      // engine Stream alone: the text of a chunk, cut at characters
	Discarded // an unfinished block at the end of a stream, which is never dispatched

	// What happened.
	Open       // the response came and is an event stream
	End        // a stream ended, or no connection came about; By says who ended it
	Reconnect  // another connection will be made after Delay
	Fail       // it did not work; a subscription is failed for good and stays Closed
	Notice     // the console or the embedded server has something to say
	Problem    // a finding about the stream; Type is its code
	Difference // an engine read the stream otherwise than a browser; Type is its code

	// Later ones: a file keeps the number of a kind.
	Redirect // a response sent the request elsewhere, and it goes on there; Call says which request
)

// KindInfo is the name of a kind in NDJSON, and what a record of it is.
type KindInfo struct{ Name, Meaning string }

// kindTable describes every kind. A further one is a line here beside its
// constant; earlier programs skip its records.
var kindTable = [...]KindInfo{
	Subscribe:  {"subscribe", "a subscription was asked for, or reconnects: one for each request"},
	Send:       {"send", "a message was sent"},
	Close:      {"close", "the server was told to close a clientId"},
	Redirect:   {"redirect", "a response sent the request elsewhere, and it goes on there"},
	Answer:     {"answer", "the server's answer to a send or a close"},
	Open:       {"open", "the response came and is an event stream"},
	Chunk:      {"chunk", "the bytes that one read brought; it comes before the items that it completes"},
	Event:      {"event", "an event"},
	Comment:    {"comment", "a comment line"},
	Retry:      {"retry", "a valid retry field"},
	Cursor:     {"cursor", "a block without data that set the last event ID"},
	Text:       {"text", "the engine `stream` alone: the text of a chunk"},
	Discarded:  {"discarded", "an unfinished block at the end of a stream"},
	End:        {"end", "a stream ended, or no connection came about"},
	Reconnect:  {"reconnect", "another connection will be made"},
	Fail:       {"fail", "it did not work"},
	Problem:    {"problem", "a finding about the stream, see [findings.md](findings.md)"},
	Difference: {"difference", "an engine read the stream otherwise than a browser"},
	Notice:     {"notice", "the console or the embedded server has something to say"},
}

// Kinds returns what is known of each kind, by its number; of 0, which is none,
// it is empty.
func Kinds() []KindInfo { return kindTable[:] }

// Known reports whether this version has the kind. A later one may have more.
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

// UnmarshalText reads the name that String returns, or returns an
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

// UnknownKindError says that no kind has a name.
type UnknownKindError struct{ Name string }

func (e *UnknownKindError) Error() string { return fmt.Sprintf("record: unknown kind %q", e.Name) }
