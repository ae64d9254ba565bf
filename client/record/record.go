package record

import (
	"fmt"
	"time"
)

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

// NotVerified stands at the end of TLS when nobody looked whether the server is
// the one that it says it is.
const NotVerified = ", not verified"

var kindNames = [...]string{
	Subscribe: "subscribe", Send: "send", Close: "close", Answer: "answer",
	Event: "event", Comment: "comment", Retry: "retry", Cursor: "cursor", Discarded: "discarded",
	Open: "open", Chunk: "chunk", Text: "text", Problem: "problem", Difference: "difference",
	End: "end", Reconnect: "reconnect", Fail: "fail", Notice: "notice", Redirect: "redirect",
}

// String returns the name used in NDJSON files.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText writes the name that String returns.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name that String returns, or returns an
// *UnknownKindError.
func (k *Kind) UnmarshalText(name []byte) error {
	for i, known := range kindNames {
		if known != "" && known == string(name) {
			*k = Kind(i)
			return nil
		}
	}
	return &UnknownKindError{Name: string(name)}
}

// UnknownKindError says that no kind has a name.
type UnknownKindError struct{ Name string }

func (e *UnknownKindError) Error() string { return fmt.Sprintf("record: unknown kind %q", e.Name) }

// Party says who ended a stream.
type Party string

// The parties to a stream.
const (
	ByServer  Party = "server"  // a clean end of the response
	ByNetwork Party = "network" // the connection broke
	ByPerson  Party = "person"  // closed in this console
	ByEngine  Party = "engine"  // the engine gave up reading; Failure says why
	ByMarker  Party = "marker"  // the event that was agreed on as the last one came; Data is its data
)

// DelaySource says where the delay before a reconnect comes from.
type DelaySource string

// The sources of a delay.
const (
	FromDefault DelaySource = "default" // no retry field was seen yet
	FromRetry   DelaySource = "retry"   // the server's retry field
	FromBackoff DelaySource = "backoff" // lengthened after repeated network failures
	FromPerson  DelaySource = "person"  // the person wants it at once
	FromTarget  DelaySource = "target"  // set with the subscription, and no retry field was seen yet
)

// Record is one entry. Which fields are set depends on the Kind; the zero
// value of every other field means "not known" and is left out of NDJSON.
// Once handed over a Record and its Raw bytes are never changed.
type Record struct {
	Seq  int64     // place in the journal, from 1; set by the journal
	Time time.Time // when it happened, with a monotonic reading
	Kind Kind
	Call Kind // Answer, Fail and Redirect: what this belongs to: Subscribe, Send or Close

	Target   string // the target's name, secrets masked
	ClientID string
	Conn     int // number of the connection within its subscription, from 1

	Engine string // Subscribe: the name of the engine that reads

	Type string // Event: its type. Notice, Problem, Difference: the code of what is said
	ID   string // Event, Cursor, Reconnect, Subscribe: the last event ID
	Data string // Event: its data. Comment, Retry: the value. Send: the content. Answer, Fail: the body's first KiB. Redirect: the names of headers that do not go there
	Raw  []byte // what came over the wire, byte for byte: the whole block or line

	// Where Raw lies within the bytes of its connection: its first byte, from 0,
	// and the chunks in which it began and was complete, from 1. A Chunk has its
	// own number in both.
	Offset                int64
	FirstChunk, LastChunk int

	Count int64 // Problem: how often it was seen on this connection until now

	// Subscribe, Send, Close: the request's headers as sent. Open, Answer, Fail,
	// Redirect: the response's. Secrets are masked.
	Header     map[string][]string
	Body       string    // Subscribe, Send, Close: the request's body as sent, secrets masked
	TLS        string    // Open, Answer, Fail, Redirect: the version, "" without TLS; it may end in NotVerified
	CertExpiry time.Time // Open, Answer, Fail, Redirect: when the server's certificate ends

	Method      string // Subscribe, Send, Close: the HTTP method. Redirect: that of the next request
	URL         string // Subscribe, Send, Close: as requested, secrets masked. Redirect: of the next request. Notice: an address or origin
	Proto       string // Open, Answer, Fail, Redirect: HTTP/1.1 or HTTP/2.0
	Status      int    // Open, Answer, Fail, Redirect: the HTTP status
	ContentType string // Open, Answer, Fail, Redirect
	Code        int    // Answer, Fail: the code in a JSON answer of the demo's shape, when it has one
	Message     string // Answer, Fail: the msg beside Code

	Took   time.Duration // Open, Answer, Fail: since the request; End: since Open; Event: since it was sent, if that was here
	Delay  time.Duration // Reconnect, Retry, and Difference about a retry
	Source DelaySource   // Reconnect
	By     Party         // End
	Events int64         // End: events of this connection
	Bytes  int64         // End: body bytes of this connection; Send: bytes of the content

	Failure Failure // Fail, and End by the network: the cause
	Detail  string  // the technical text of the cause, in the system's words
}

// EmbeddedTarget is the Target of records of the window's own server.
const EmbeddedTarget = "embedded"

// IsRequest reports whether r is of a request that a person made: Subscribe, Send
// or Close.
func (r *Record) IsRequest() bool { return r.Kind == Subscribe || r.Kind == Send || r.Kind == Close }
