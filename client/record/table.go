package record

import "slices"

// table describes every field of Record, in the order of NDJSON. The journal's
// code, NDJSON both ways and docs/ndjson.md are made from it.
//
// A new field is a line here beside the one in Record. Its Place is the next
// number among the fields of its type: strings are counted apart, int64 and
// time.Duration together, int apart. A Place is for good, since files have it;
// so is a name, and a field is never taken away. Then write the documentation
// anew, go test ./client/record -update, and raise the version of the journal if
// files of the present one are out. An earlier program skips the field.
var table = complete([]Column{
	{field: "Seq", Name: "seq", Place: Own, keep: everyKind, Uses: []Use{{"all", "place in the journal, from 1; a selection has gaps"}}},
	{field: "Time", Name: "time", Place: Own, keep: everyKind, Uses: []Use{{"all", "when it happened"}}},
	{field: "Kind", Name: "kind", Place: Own, keep: everyKind, Uses: []Use{{"all", "see below"}}},
	{field: "Call", Name: "call", Place: Own, Uses: []Use{{"answer, fail, redirect", "the kind of the call that this belongs to: `subscribe`, `send` or `close`"}}},
	{field: "Target", Name: "target", Place: 0, Uses: []Use{{"most", "the name of the target, secrets masked"}}},
	{field: "Engine", Name: "engine", Place: 2, Uses: []Use{{"subscribe", "which engine reads the stream: `eventsource`, `stream` or `go-sse`"}}},
	{field: "ClientID", Name: "client_id", Place: 1, Uses: []Use{{"most", "the clientId"}}},
	{field: "Conn", Name: "connection", Place: 0, Uses: []Use{{"those of a stream", "number of the connection within its subscription, from 1"}}},
	{field: "Type", Name: "type", Place: 3, Uses: []Use{
		{"event", "its type, `message` unless the stream says otherwise"},
		{"notice, problem, difference", "the code of what is said"},
	}},
	{field: "Subject", Name: "subject", Place: 17, Uses: []Use{{"notice", "what it is about: an address, a file, a name"}}},
	{field: "ID", Name: "id", Place: 4, keep: of(Cursor), Uses: []Use{{"event, cursor, subscribe, reconnect", "the last event ID"}}},
	{field: "Data", Name: "data", Place: 5, keep: of(Event, Send, Comment), Uses: []Use{
		{"event, text", "its data"},
		{"comment, retry", "the value"},
		{"send", "the content"},
		{"answer, fail", "the first KiB of the body, [secrets](secrets.md) masked"},
		{"redirect", "the names of the headers that do not go there"},
		{"end by `marker`", "the data of the event that was agreed on as the last one"},
		{"problem, difference", "what was seen"},
	}},
	{field: "Raw", Name: "raw", Place: Own, Uses: []Use{{"those of a stream", "what came over the wire, byte for byte: the chunk, the whole block or the line"}}},
	{field: "Offset", Name: "offset", Place: 0, withRaw: true, Uses: []Use{{"those with `raw`", "of its first byte within the connection, from 0"}}},
	{field: "FirstChunk", Name: "first_chunk", Place: 1, Uses: []Use{{"those with `raw`", "the chunk in which it began, from 1; a chunk has its own number"}}},
	{field: "LastChunk", Name: "last_chunk", Place: 2, Uses: []Use{{"those with `raw`", "the chunk in which it was complete"}}},
	{field: "Count", Name: "count", Place: 1, Uses: []Use{{"problem", "how often it was seen on this connection until then"}}},
	{field: "Header", Name: "header", Place: Own, Uses: []Use{
		{"subscribe, send, close", "the request's headers as sent, secrets masked"},
		{"open, answer, fail, redirect", "the response's headers, secrets masked"},
	}},
	{field: "Body", Name: "body", Place: 16, Uses: []Use{{"subscribe, send, close", "the request's body as sent, secrets masked"}}},
	{field: "TLS", Name: "tls", Place: 6, Uses: []Use{{"open, answer, fail, redirect", "the version of TLS; `, not verified` at its end says that nobody looked at the certificate"}}},
	{field: "CertExpiry", Name: "certificate_expiry", Place: Own, Uses: []Use{{"open, answer, fail, redirect", "when the server's certificate ends"}}},
	{field: "Method", Name: "method", Place: 7, Uses: []Use{
		{"subscribe, send, close", "the HTTP method"},
		{"redirect", "that of the next request"},
	}},
	{field: "URL", Name: "url", Place: 8, Uses: []Use{
		{"subscribe, send, close", "as requested, secrets masked"},
		{"redirect", "that of the next request"},
		{"notice", "its `subject` again, for programs that look for it here"},
	}},
	{field: "Proto", Name: "protocol", Place: 9, Uses: []Use{{"open, answer, fail, redirect", "`HTTP/1.1` or `HTTP/2.0`"}}},
	{field: "Status", Name: "status", Place: 3, Uses: []Use{{"open, answer, fail, redirect", "the HTTP status"}}},
	{field: "ContentType", Name: "content_type", Place: 10, Uses: []Use{{"open, answer, fail, redirect", "of the response"}}},
	{field: "Code", Name: "code", Place: 4, Uses: []Use{{"answer, fail", "that of a JSON answer of the shape `{\"code\":…,\"msg\":…}`"}}},
	{field: "Message", Name: "message", Place: 11, Uses: []Use{{"answer, fail", "the `msg` beside `code`"}}},
	{field: "Took", Name: "took_ms", Place: 2, Uses: []Use{
		{"open, answer, fail", "since the request"},
		{"end", "since the open"},
		{"event", "since the Send of it, if it was sent to the same target and clientId here; absent otherwise"},
	}},
	{field: "Silent", Name: "silent_ms", Place: 6, Uses: []Use{{"end", "since the last byte, or since the open if none came"}}},
	{field: "Delay", Name: "delay_ms", Place: 3, keep: of(Reconnect, Retry), Uses: []Use{{"reconnect, retry, difference", "the reconnection time; 0 means at once"}}},
	{field: "Source", Name: "delay_source", Place: 12, Uses: []Use{{"reconnect", "`default`, `retry`, `backoff`, `person` or `target`"}}},
	{field: "By", Name: "by", Place: 13, Uses: []Use{{"end", "who ended the stream: `server`, `network`, `person`, `engine` or `marker`"}}},
	{field: "Events", Name: "events", Place: 4, Uses: []Use{
		{"end", "events of this connection"},
		{"notice", "a number that it tells"},
	}},
	{field: "Bytes", Name: "bytes", Place: 5, Uses: []Use{{"end, send", "bytes of the body, of the content"}}},
	{field: "Failure", Name: "failure", Place: 14, Uses: []Use{{"fail, end", "the code of the cause, as `refused` or `timeout`"}}},
	{field: "Detail", Name: "detail", Place: 15, Uses: []Use{{"several", "the cause in the system's words"}, {"open", "where the head breaks the rules of HTTP/1.1, as Chromium reads it all the same"}}},
})

// Columns returns the fields of a Record in the order of NDJSON.
func Columns() []Column { return slices.Clone(table) }
