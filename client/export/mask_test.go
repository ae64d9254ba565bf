package export

import (
	"slices"
	"strings"
	"testing"

	"sseconsole/client/record"
)

func maskAll(names []string, records ...record.Record) []record.Record {
	var got []record.Record
	for r := range NewMask(names).Records(seq(records)) {
		got = append(got, *r)
	}
	return got
}

func TestNamedSecretsAreMaskedEverywhere(t *testing.T) {
	for _, c := range []struct {
		name string
		in   record.Record
		want record.Record
	}{
		{"header", record.Record{Header: map[string][]string{"X-Session": {"s3"}, "Other": {"s"}}}, record.Record{Header: map[string][]string{"X-Session": {masked}, "Other": {"s"}}}},
		{"address", record.Record{URL: "http://h/p?a=1&Pin=2&x%2dsession=3#pin=4"}, record.Record{URL: "http://h/p?a=1&Pin=•••&x%2dsession=•••#pin=•••"}},
		{"notice", record.Record{Kind: record.Notice, Subject: "http://h/?pin=2"}, record.Record{Kind: record.Notice, Subject: "http://h/?pin=•••"}},
		{"form", record.Record{Body: "a=1&pin=2"}, record.Record{Body: "a=1&pin=•••"}},
		{"body", record.Record{Body: `{"pin":"a=b"}`}, record.Record{Body: `{"pin":"***"}`}},
		{"string", record.Record{Kind: record.Event, Data: `{"a":"pin","PIN" : "1\"2","b":1}`}, record.Record{Kind: record.Event, Data: `{"a":"pin","PIN" : "****","b":1}`}},
		{"number", record.Record{Kind: record.Event, Data: `{"pin":1234}`}, record.Record{Kind: record.Event, Data: `{"pin":****}`}},
		{"list", record.Record{Kind: record.Event, Data: `{"pin":[1,{"a":"b"}],"c":"d"}`}, record.Record{Kind: record.Event, Data: `{"pin":[*,{"*":"*"}],"c":"d"}`}},
		{"escaped name", record.Record{Kind: record.Event, Data: `{"\u0070in":"x"}`}, record.Record{Kind: record.Event, Data: `{"\u0070in":"*"}`}},
		{"raw", record.Record{Kind: record.Event, Raw: []byte("id: 1\ndata: {\"pin\":\ndata: \"12\"}\n\n")}, record.Record{Kind: record.Event, Raw: []byte("id: 1\ndata: {\"pin\":\ndata: \"**\"}\n\n")}},
		{"finding", record.Record{Kind: record.Problem, Data: `"{\"pin\":1"`, Raw: []byte(`"pin":1`)}, record.Record{Kind: record.Problem, Data: masked, Raw: []byte("*******")}},
		{"nothing", record.Record{Kind: record.Event, Data: `"spin": 1, pin`}, record.Record{Kind: record.Event, Data: `"spin": 1, pin`}},
	} {
		got := maskAll([]string{" Pin ", "X-SESSION", ""}, c.in)[0]
		if got.Data != c.want.Data || string(got.Raw) != string(c.want.Raw) || got.URL != c.want.URL || got.Subject != c.want.Subject || got.Body != c.want.Body ||
			!slices.Equal(got.Header["X-Session"], c.want.Header["X-Session"]) || !slices.Equal(got.Header["Other"], c.want.Header["Other"]) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if strings.Contains(string(c.in.Raw), "*") {
			t.Error("the record itself was changed")
		}
	}
}

func TestASecretIsFoundHoweverChunksSplitIt(t *testing.T) {
	const stream = "data: {\"a\":1,\"pin\": \"se\\\"cret\",\"b\":\"x\"}\r\n\r\ndata: {\"pin\":\ndata:  12345}\n\ndata: \"pin\":\"open\n\ndata: shown\n\n"
	const want = "data: {\"a\":1,\"pin\": \"********\",\"b\":\"x\"}\r\n\r\ndata: {\"pin\":\ndata:  *****}\n\ndata: \"pin\":\"****\n\ndata: shown\n\n"
	for size := 1; size <= len(stream); size++ {
		var chunks []record.Record
		for rest := stream; rest != ""; {
			n, at := min(size, len(rest)), int64(len(stream)-len(rest))
			chunks = append(chunks,
				record.Record{Kind: record.Chunk, ClientID: "a", Conn: 1, Raw: []byte(rest[:n]), Offset: at},
				record.Record{Kind: record.Chunk, ClientID: "b", Conn: 1, Raw: []byte("\""), Offset: at}) // another stream
			rest = rest[n:]
		}
		var got strings.Builder
		for _, r := range maskAll([]string{"pin"}, chunks...) {
			if r.ClientID == "a" {
				got.Write(r.Raw)
			}
		}
		if got.String() != want {
			t.Fatalf("in chunks of %d: %q\nwant %q", size, got.String(), want)
		}
	}
}
