package record

import "slices"

// table describes every field of Record, in the order of NDJSON. The encoding of
// the journal, NDJSON in both directions and docs/ndjson.md are derived from it.
//
// For a new field, add a line here and a field to Record. Its Place is the next
// number among the fields of its type: strings, int64 together with
// time.Duration, and int have separate numbers. Places and names are in files, so
// they never change, and no field is ever removed. Then update the documentation
// with go test ./client/record -update, and raise the version of the journal if
// files of the current one have been released. Earlier programs skip the field.
var table = complete([]Column{
	{field: "Seq", Name: "seq", Place: Own, always: everyKind, Uses: []Use{{"all", "place in the journal, from 1; a selection has gaps"}}},
	{field: "Time", Name: "time", Place: Own, always: everyKind, Uses: []Use{{"all", "when it happened"}}},
	{field: "Kind", Name: "kind", Place: Own, always: everyKind, Uses: []Use{{"all", "see below"}}},
	{field: "Call", Name: "call", Place: Own, Uses: []Use{{"answer, fail, redirect", "the request that this belongs to: `subscribe`, `send` or `close`"}}},
	{field: "Target", Name: "target", Place: 0, Uses: []Use{{"most", "the name of the target, secrets masked"}}},
	{field: "Engine", Name: "engine", Place: 2, Uses: []Use{{"subscribe", "the engine that reads the stream: `eventsource`, `stream` or `go-sse`"}}},
	{field: "ClientID", Name: "client_id", Place: 1, Uses: []Use{{"most", "the clientId"}}},
	{field: "Conn", Name: "connection", Place: 0, Uses: []Use{{"of a stream", "the number of the connection within its subscription, from 1"}}},
	{field: "Type", Name: "type", Place: 3, Uses: []Use{
		{"event", "its type, `message` by default"},
		{"notice, problem, difference", "its code"},
	}},
	{field: "Subject", Name: "subject", Place: 17, Uses: []Use{{"notice", "its subject: an address, a file, a name"}}},
	{field: "ID", Name: "id", Place: 4, always: of(Cursor), Uses: []Use{{"event, cursor, subscribe, reconnect", "the last event ID"}}},
	{field: "Data", Name: "data", Place: 5, always: of(Event, Send, Comment), Uses: []Use{
		{"event, text", "its data"},
		{"comment, retry", "the value"},
		{"send", "the content"},
		{"answer, fail", "the first KiB of the body, [secrets](secrets.md) masked"},
		{"redirect", "the names of the headers that are not sent on"},
		{"end by `marker`", "the data of the end marker"},
		{"problem, difference", "what was found"},
	}},
	{field: "Raw", Name: "raw", Place: Own, Uses: []Use{{"of a stream", "the bytes received: the chunk, the whole block or the line"}}},
	{field: "Offset", Name: "offset", Place: 0, withRaw: true, Uses: []Use{{"with `raw`", "the position of its first byte in the body of the connection, from 0"}}},
	{field: "FirstChunk", Name: "first_chunk", Place: 1, Uses: []Use{{"with `raw`", "the chunk in which it began, from 1; a chunk has its own number"}}},
	{field: "LastChunk", Name: "last_chunk", Place: 2, Uses: []Use{{"with `raw`", "the chunk in which it was completed"}}},
	{field: "Count", Name: "count", Place: 1, Uses: []Use{{"problem", "how often this was found on this connection so far"}}},
	{field: "Header", Name: "header", Place: Own, Uses: []Use{
		{"subscribe, send, close", "the request's headers as sent, secrets masked"},
		{"open, answer, fail, redirect", "the response's headers, secrets masked"},
	}},
	{field: "Body", Name: "body", Place: 16, Uses: []Use{{"subscribe, send, close", "the request's body as sent, secrets masked"}}},
	{field: "TLS", Name: "tls", Place: 6, Uses: []Use{{"open, answer, fail, redirect", "the version of TLS, followed by `, not verified` if the certificate was not verified"}}},
	{field: "CertExpiry", Name: "certificate_expiry", Place: Own, Uses: []Use{{"open, answer, fail, redirect", "when the server's certificate expires"}}},
	{field: "Method", Name: "method", Place: 7, Uses: []Use{
		{"subscribe, send, close", "the HTTP method"},
		{"redirect", "the method of the next request"},
	}},
	{field: "URL", Name: "url", Place: 8, Uses: []Use{
		{"subscribe, send, close", "the URL requested, secrets masked"},
		{"redirect", "the URL of the next request"},
		{"notice", "its `subject` again, for older programs"},
	}},
	{field: "Proto", Name: "protocol", Place: 9, Uses: []Use{{"open, answer, fail, redirect", "`HTTP/1.1` or `HTTP/2.0`"}}},
	{field: "Status", Name: "status", Place: 3, Uses: []Use{{"open, answer, fail, redirect", "the HTTP status"}}},
	{field: "ContentType", Name: "content_type", Place: 10, Uses: []Use{{"open, answer, fail, redirect", "the Content-Type of the response"}}},
	{field: "Code", Name: "code", Place: 4, Uses: []Use{{"answer, fail", "the `code` of a JSON response `{\"code\":…,\"msg\":…}`"}}},
	{field: "Message", Name: "message", Place: 11, Uses: []Use{{"answer, fail", "the `msg` next to `code`"}}},
	{field: "Took", Name: "took_ms", Place: 2, Uses: []Use{
		{"open, answer, fail", "the time since the request"},
		{"end", "the time since the open"},
		{"event", "the time since it was sent, if it was sent here to the same target and clientId"},
	}},
	{field: "Silent", Name: "silent_ms", Place: 6, Uses: []Use{{"end", "the time since the last byte, or since the open if none came"}}},
	{field: "Delay", Name: "delay_ms", Place: 3, always: of(Reconnect, Retry), Uses: []Use{{"reconnect, retry, difference", "the reconnection time; 0 means at once"}}},
	{field: "Source", Name: "delay_source", Place: 12, Uses: []Use{{"reconnect", "`default`, `retry`, `backoff`, `person` or `target`"}}},
	{field: "By", Name: "by", Place: 13, Uses: []Use{{"end", "who ended the stream: `server`, `network`, `person`, `engine` or `marker`"}}},
	{field: "Events", Name: "events", Place: 4, Uses: []Use{
		{"end", "the number of events of this connection"},
		{"notice", "the number in its text"},
	}},
	{field: "Bytes", Name: "bytes", Place: 5, Uses: []Use{{"end", "the size of the body in bytes"}, {"send", "the size of the content in bytes"}}},
	{field: "Failure", Name: "failure", Place: 14, Uses: []Use{{"fail, end", "the code of the cause, such as `refused` or `timeout`"}}},
	{field: "Detail", Name: "detail", Place: 15, Uses: []Use{{"several", "the cause in the words of the system"}, {"open", "where the response head violates HTTP/1.1, although Chromium reads it"}}},
})

// Columns returns the fields of a Record in the order of NDJSON.
func Columns() []Column { return slices.Clone(table) }
