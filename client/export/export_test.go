package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

func start() time.Time { return time.Date(2026, 11, 24, 10, 15, 0, 0, time.UTC) }

// played returns the records of a connection that received these chunks, 100 ms
// apart, and their items.
func played(clientID string, conn int, chunks ...string) []record.Record {
	base := record.Record{Target: "h:1", ClientID: clientID, Conn: conn}
	at := start()
	open := base
	open.Kind, open.Time, open.Status = record.Open, at, 200
	records := []record.Record{open}
	decoder := eventstream.Decoder{Handle: func(i *eventstream.Item) {
		kind, ok := map[eventstream.Kind]record.Kind{
			eventstream.Event: record.Event, eventstream.Comment: record.Comment, eventstream.Retry: record.Retry,
			eventstream.Cursor: record.Cursor, eventstream.Discarded: record.Discarded,
		}[i.Kind]
		if !ok {
			return
		}
		r := base
		r.Kind, r.Time, r.Type, r.Data, r.ID = kind, at, i.Type, i.Data, i.ID
		r.Raw, r.Offset, r.FirstChunk, r.LastChunk = bytes.Clone(i.Raw), i.Offset, i.FirstChunk, i.LastChunk
		records = append(records, r)
	}}
	offset := 0
	for i, chunk := range chunks {
		at = at.Add(100 * time.Millisecond)
		r := base
		r.Kind, r.Time, r.Raw, r.Offset, r.FirstChunk, r.LastChunk = record.Chunk, at, []byte(chunk), int64(offset), i+1, i+1
		records = append(records, r)
		_, _ = decoder.Write([]byte(chunk))
		offset += len(chunk)
	}
	decoder.End()
	return records
}

func seq(records []record.Record) Records {
	return func(yield func(*record.Record) bool) {
		var r record.Record // the same one each time, as in the journal
		for i := range records {
			r = records[i]
			if !yield(&r) {
				return
			}
		}
	}
}

func without(records []record.Record, kinds ...record.Kind) []record.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r record.Record) bool { return slices.Contains(kinds, r.Kind) })
}

func raw(t *testing.T, records []record.Record) string {
	t.Helper()
	var b bytes.Buffer
	dir := t.TempDir()
	if err := Raw(&b, seq(records), dir); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	return b.String()
}

const stream = "\ufeffretry: 5\n: hello\n\nid: 1\n: inside\nretry: 7\ndata: a\n\ndata: \xff\r\n\r\ndata: cut"

func TestRawIsWhatWasReceived(t *testing.T) {
	records := played("alice", 1, stream[:20], stream[20:33], stream[33:])
	if got := raw(t, records); got != stream {
		t.Errorf("with chunks %q", got)
	}
	// Without the chunks, only the blank line after the comment is missing: it is in no item.
	want := strings.Replace(stream, ": hello\n\n", ": hello\n", 1)
	if got := raw(t, without(records, record.Chunk)); got != want {
		t.Errorf("from items %q\nwant %q", got, want)
	}
	// With only the last chunk, the items before it supply the rest.
	some := slices.DeleteFunc(slices.Clone(records), func(r record.Record) bool { return r.Kind == record.Chunk && r.FirstChunk == 1 })
	if got := raw(t, some); !strings.HasSuffix(got, stream[20:]) || strings.Count(got, "hello") != 1 {
		t.Errorf("in part from items %q", got)
	}
}

func TestRawOfSeveralConnectionsHasTheSameEvents(t *testing.T) {
	one := played("alice", 1, stream)
	two := played("bob", 1, "\ufeffdata: b\n\n", "data: c\r\r: end\r")
	var mixed []record.Record
	for i := range max(len(one), len(two)) {
		for _, records := range [][]record.Record{one, two} {
			if i < len(records) {
				mixed = append(mixed, records[i])
			}
		}
	}
	got := raw(t, mixed)
	var events []string
	decoder := eventstream.Decoder{Handle: func(i *eventstream.Item) {
		if i.Kind == eventstream.Event {
			events = append(events, i.Data)
		}
	}}
	_, _ = decoder.Write([]byte(got))
	decoder.End()
	if want := []string{"a", "\ufffd", "b", "c"}; !slices.Equal(events, want) {
		t.Errorf("%q has the events %q, want %q", got, events, want)
	}
	if !strings.Contains(got, `: connection 1 of "bob" to "h:1"`) || !strings.Contains(got, ": 9 bytes of an unfinished block are left out\n") {
		t.Errorf("%q", got)
	}
}

// twice returns the records of a clientId that subscribed twice.
func twice(first, second string) []record.Record {
	subscribe := record.Record{Kind: record.Subscribe, Time: start(), Target: "h:1", ClientID: "alice", Conn: 1, Method: "GET", URL: "http://h:1/"}
	end := record.Record{Kind: record.End, Time: start().Add(time.Second), Target: "h:1", ClientID: "alice", Conn: 1}
	var records []record.Record
	for _, stream := range []string{first, second} {
		records = append(records, subscribe)
		records = append(records, played("alice", 1, stream[:3], stream[3:])...)
		records = append(records, end)
	}
	return records
}

func TestASecondSubscriptionHasItsOwnBytes(t *testing.T) {
	records := twice("data: first and long\n\n", "data: second\n\n")
	for name, some := range map[string][]record.Record{
		"all":              records,
		"chunks":           without(records, record.Subscribe, record.Open, record.End, record.Event),
		"events":           without(records, record.Subscribe, record.Open, record.End, record.Chunk),
		"chunks and event": without(records, record.Subscribe, record.End),
	} {
		got := raw(t, some)
		if strings.Count(got, "data: first and long\n\n") != 1 || strings.Count(got, "data: second\n\n") != 1 || strings.Count(got, ": connection 1 of") != 2 {
			t.Errorf("%s: %q", name, got)
		}
	}
	var b bytes.Buffer
	if err := Scenario(&b, seq(records)); err != nil || strings.Contains(b.String(), "second") || !strings.Contains(b.String(), "not here: 1") {
		t.Errorf("a scenario: %q, %v", b.String(), err)
	}
}

func TestTheBytesOfManyInterleavedConnectionsAreSeparate(t *testing.T) {
	const connections, chunks = spoolOpen + 50, 20
	var records []record.Record
	for i := range chunks {
		for c := range connections {
			chunk := fmt.Sprintf("data: %d %d %s\n\n", c, i, strings.Repeat("x", 5000))
			records = append(records, record.Record{Kind: record.Chunk, Conn: c + 1, Raw: []byte(chunk), Offset: int64(i * 10000)})
		}
	}
	got := strings.Split(raw(t, records), ": connection ")[1:]
	if len(got) != connections {
		t.Fatalf("%d connections", len(got))
	}
	for c, text := range got {
		if n := strings.Count(text, fmt.Sprintf("data: %d ", c)); n != chunks || strings.Count(text, "data: ") != chunks {
			t.Errorf("connection %d has %d of its chunks", c+1, n)
		}
	}
}

func TestCSVIsReadBackCorrectly(t *testing.T) {
	records := []record.Record{
		{Seq: 1, Time: start(), Kind: record.Event, ClientID: "=cmd|'/c calc'!A1", Data: "+1\r\n\"two\", three\n", Raw: []byte("data: \xff")},
		{Seq: 2, Time: start(), Kind: record.Event, Data: "\tx", Type: "-1", ID: "@SUM(A1)"},
	}
	var b bytes.Buffer
	if err := CSV(&b, seq(records)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "\ufeffseq,time,kind,") || strings.Count(b.String(), "\r\n") != 4 {
		t.Errorf("%q", b.String())
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%q, %v", rows, err)
	}
	cell := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{1, "seq", "1"}, {1, "time", "2026-11-24T10:15:00Z"}, {1, "kind", "event"},
		{1, "client_id", "'=cmd|'/c calc'!A1"}, {1, "data", "'+1\n\"two\", three\n"}, // the reader turns CR LF into LF
		{1, "raw", "data: \ufffd"}, {1, "offset", "0"}, {1, "status", ""},
		{2, "data", "'\tx"}, {2, "type", "'-1"}, {2, "id", "'@SUM(A1)"},
	} {
		if got := cell(c.row, c.name); got != c.want {
			t.Errorf("%s of row %d is %q, want %q", c.name, c.row, got, c.want)
		}
	}
}

func TestTheColumnsOfCSVHaveTheNamesOfNDJSON(t *testing.T) {
	known := map[string]bool{}
	for _, c := range record.Columns() {
		known[c.Name] = true
	}
	for name := range strings.SplitSeq(csvHeader, ",") {
		if !known[name] {
			t.Errorf("there is no field %s", name)
		}
	}
}

func TestAScenarioHasTheBytesAndTheDelaysOfTheFirstConnection(t *testing.T) {
	records := append(played("alice", 2, "data: a\n\n", "data: \xff\"\n\n"), played("bob", 1, "data: no\n\n")...)
	var b bytes.Buffer
	if err := Scenario(&b, seq(records)); err != nil {
		t.Fatal(err)
	}
	want := `# connection 2 of "alice" to "h:1", 2026-11-24T10:15:00Z
wait 100ms
raw "data: a\n\n"
wait 100ms
raw "data: \xff\"\n\n"
# connections among the records that are not here: 1
`
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", &b, want)
	}
}

func TestAFailingWriterEndsAnExport(t *testing.T) {
	records := slices.Repeat(played("a", 1, strings.Repeat("data: xxxxxxxxxxxxxxxxxxxx\n\n", 100)), 100)
	for name, write := range map[string]func(io.Writer) error{
		"ndjson":   func(w io.Writer) error { return NDJSON(w, seq(records)) },
		"csv":      func(w io.Writer) error { return CSV(w, seq(records)) },
		"text":     func(w io.Writer) error { return Text(w, seq(records), func(r *record.Record) string { return r.Data }) },
		"raw":      func(w io.Writer) error { return Raw(w, seq(records), "") },
		"scenario": func(w io.Writer) error { return Scenario(w, seq(records)) },
	} {
		if err := write(full{}); err != errFull {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Raw(io.Discard, seq(records), filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("no error without a directory")
	}
}

var errFull = fmt.Errorf("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
