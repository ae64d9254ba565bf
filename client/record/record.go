package record

import "time"

// NotVerified is the suffix of TLS if the server's certificate was not verified.
const NotVerified = ", not verified"

// Party says who ended a stream.
type Party string

// The parties to a stream.
const (
	ByServer  Party = "server"  // the response ended cleanly
	ByNetwork Party = "network" // the connection broke
	ByPerson  Party = "person"  // the user closed it in this console
	ByEngine  Party = "engine"  // the engine gave up reading; Failure says why
	ByMarker  Party = "marker"  // the end marker arrived; Data is its data
)

// DelaySource says where the delay before a reconnect comes from.
type DelaySource string

// The sources of a delay.
const (
	FromDefault DelaySource = "default" // no retry field so far
	FromRetry   DelaySource = "retry"   // the retry field of the stream
	FromBackoff DelaySource = "backoff" // increased after repeated network failures
	FromPerson  DelaySource = "person"  // the user reconnects at once
	FromTarget  DelaySource = "target"  // set for the subscription, and no retry field so far
)

// Record is one entry. Its Kind determines which fields are set, see table.go; the
// zero value of any other field means "unknown" and is omitted from NDJSON. A
// Record and its Raw bytes never change after they were passed on.
type Record struct {
	Seq  int64     // set by the journal
	Time time.Time // with a monotonic reading
	Kind Kind
	Call Kind // Subscribe, Send or Close, if the record belongs to one

	Target   string // the target's name, secrets masked
	ClientID string
	Conn     int // number of the connection within its subscription, from 1

	Engine string // its name

	Type string // of an event; or the code of a notice, a finding or a difference
	// Subject is what a Notice is about: an address, a file, a name.
	Subject string
	ID      string // the last event ID
	Data    string // text whose meaning depends on Kind
	Raw     []byte // the bytes received: the whole block or line

	// The position of Raw in the body of its connection: its first byte, from 0,
	// and the numbers, from 1, of the chunks in which it began and was completed.
	// A Chunk has its own number in both.
	Offset                int64
	FirstChunk, LastChunk int

	Count int64 // how often this was found on this connection so far

	Header     map[string][]string // of the request or the response, secrets masked
	Body       string              // of the request as sent, secrets masked
	TLS        string              // the version, "" without TLS; may end in NotVerified
	CertExpiry time.Time           // when the server's certificate expires

	Method      string
	URL         string // secrets masked
	Proto       string // HTTP/1.1 or HTTP/2.0
	Status      int    // the HTTP status
	ContentType string
	Code        int    // of a JSON response {"code":…,"msg":…}
	Message     string // the msg next to Code

	Took   time.Duration // how long what Kind is about took
	Silent time.Duration // End: the time since the last byte, or since the Open if none came
	Delay  time.Duration // before a reconnect
	Source DelaySource   // of Delay
	By     Party
	Events int64 // the number of events, or of what a Notice counts
	Bytes  int64 // of a body, or of a content

	Failure Failure // the cause
	Detail  string  // the technical text of the cause, in the system's words. Open: where the head breaks the rules of HTTP/1.1
}

// EmbeddedTarget is the Target of records that belong to the window's own server.
const EmbeddedTarget = "embedded"

// IsRequest reports whether r is a request: Subscribe, Send or Close.
func (r *Record) IsRequest() bool { return r.Kind == Subscribe || r.Kind == Send || r.Kind == Close }
