package record

import "time"

// NotVerified stands at the end of TLS when nobody looked whether the server is
// the one that it says it is.
const NotVerified = ", not verified"

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

// Record is one entry. Which fields are set depends on the Kind, see the table
// in table.go; the zero value of every other field means "not known" and is left
// out of NDJSON. Once handed over a Record and its Raw bytes are never changed.
type Record struct {
	Seq  int64     // set by the journal
	Time time.Time // with a monotonic reading
	Kind Kind
	Call Kind // Subscribe, Send or Close, if the record belongs to one

	Target   string // the target's name, secrets masked
	ClientID string
	Conn     int // number of the connection within its subscription, from 1

	Engine string // its name

	Type string // of an event; or the code of what is said
	// Subject is what a Notice is about: an address, a file, a name.
	Subject string
	ID      string // the last event ID
	Data    string // text that Kind gives its meaning
	Raw     []byte // what came over the wire, byte for byte: the whole block or line

	// Where Raw lies within the bytes of its connection: its first byte, from 0,
	// and the chunks in which it began and was complete, from 1. A Chunk has its
	// own number in both.
	Offset                int64
	FirstChunk, LastChunk int

	Count int64 // how often it was seen on this connection until now

	Header     map[string][]string // of the request or the response, secrets masked
	Body       string              // of the request as sent, secrets masked
	TLS        string              // the version, "" without TLS; it may end in NotVerified
	CertExpiry time.Time           // when the server's certificate ends

	Method      string
	URL         string // secrets masked
	Proto       string // HTTP/1.1 or HTTP/2.0
	Status      int    // the HTTP status
	ContentType string
	Code        int    // in a JSON answer of the demo's shape, when it has one
	Message     string // the msg beside Code

	Took   time.Duration // since what Kind is about began
	Silent time.Duration // before an End: since the last byte, or since the Open if none came
	Delay  time.Duration // before a reconnect
	Source DelaySource   // of Delay
	By     Party
	Events int64 // a number of events, or of whatever a Notice counts
	Bytes  int64 // of a body, or of a content

	Failure Failure // the cause
	Detail  string  // the technical text of the cause, in the system's words. Open: where the head breaks the rules of HTTP/1.1
}

// EmbeddedTarget is the Target of records of the window's own server.
const EmbeddedTarget = "embedded"

// IsRequest reports whether r is of a request that a person made: Subscribe, Send
// or Close.
func (r *Record) IsRequest() bool { return r.Kind == Subscribe || r.Kind == Send || r.Kind == Close }
