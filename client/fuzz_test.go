package client

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// cutBody is a body that arrives in the given pieces.
type cutBody [][]byte

func (c *cutBody) Read(p []byte) (int, error) {
	if len(*c) == 0 {
		return 0, io.EOF
	}
	n := copy(p, (*c)[0])
	if (*c)[0] = (*c)[0][n:]; len((*c)[0]) == 0 {
		*c = (*c)[1:]
	}
	return n, nil
}

func (c *cutBody) Close() error { return nil }

// subscribeTo returns the records of one connection whose body is the pieces.
func subscribeTo(t *testing.T, engine string, pieces [][]byte) (records []record.Record) {
	synctest.Test(t, func(t *testing.T) {
		body := cutBody(slices.Clone(pieces))
		log := newLog()
		c := Client{Record: log.add, Transport: &script{steps: []step{func(*http.Request) (*http.Response, error) {
			return response(http.StatusOK, "text/event-stream", &body), nil
		}}}}
		s := c.Subscribe(context.Background(), here.stream("alice"), Options{Engine: engine})
		time.AfterFunc(time.Millisecond/2, func() { s.Cancel(nil) }) // a retry may last forever
		<-s.Done()
		for _, r := range log.all() {
			if r.Conn == 1 {
				records = append(records, r)
			}
		}
	})
	return records
}

// FuzzEveryEngine checks that the records of a stream do not depend on how it is
// split, that the chunks together are the stream, and that the offset of every record
// is right.
func FuzzEveryEngine(f *testing.F) {
	for _, s := range []string{
		"", "data:x\n\n", "\uFEFFdata: x\r\n\r\n", "id:1\r\rdata\n\n", ": c\rretry:10\r\nevent:e\n\ndata:x\ndata:y\r\r\n",
		"data:\xf0\x9f\x98\n\nid:\xe2\x82\n\n", "id:1\x00\ndata:a\n\nid\ndata", "\r\n\n\r", "\xef\xbb", "retry:+1\n\nfoo\n\ndata\n\n",
		"data: x\n\n: c\n", "data: x\n\n\n", "data: x\n\nid: 2\ndata: y\n",
		"data:\x9f\x98\nid:\xe2\n\n", // the id and the data together are UTF-8
	} {
		f.Add([]byte(s), uint64(1))
	}
	f.Fuzz(func(t *testing.T, stream []byte, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 0))
		var cut [][]byte
		for rest := stream; len(rest) > 0; {
			n := min(len(rest), 1+r.IntN(1<<r.IntN(17)))
			cut, rest = append(cut, rest[:n]), rest[n:]
		}
		for _, engine := range Engines() {
			whole := check(t, engine, stream, subscribeTo(t, engine, [][]byte{stream}))
			// Where go-sse stops depends on how a CRLF at the end is cut.
			if got := check(t, engine, stream, subscribeTo(t, engine, cut)); got != whole && engine != GoSSE {
				t.Fatalf("%s: in %.200q pieces\n%.2000s\nwhole\n%.2000s", engine, cut, got, whole)
			}
		}
	})
}

// check returns what the records of one connection, other than chunks, say about a
// stream.
func check(t *testing.T, engine string, stream []byte, records []record.Record) string {
	t.Helper()
	var items []string
	var text string
	var chunks []byte
	for _, r := range records {
		switch {
		case r.Kind == record.Chunk:
			chunks = append(chunks, r.Raw...)
			continue
		case r.Kind == record.Text:
			text += r.Data
		case r.Type == OtherEvent || r.Type == EventMissing:
			t.Fatalf("%.200q: unexplained difference %+v", stream, r)
		}
		if !bytes.HasPrefix(stream[r.Offset:], r.Raw) || r.FirstChunk > r.LastChunk || len(r.Raw) > 0 && r.FirstChunk == 0 {
			t.Fatalf("%.200q: %+v is not at its place", stream, r)
		}
		if r.Kind == record.Text {
			continue // one for each chunk
		}
		raw := bytes.TrimSuffix(r.Raw, []byte("\n"))
		items = append(items, fmt.Sprintf("%v %s %q %q %d %q %s %s", r.Kind, r.Type, r.ID, r.Data, r.Offset, raw, r.By, r.Failure))
	}
	if !bytes.HasPrefix(stream, chunks) || len(chunks) < len(stream) && engine != GoSSE {
		t.Fatalf("%.200q: chunks are %.200q", stream, chunks)
	}
	if want := strings.TrimPrefix(eventstream.Text(stream), "\uFEFF"); engine == Stream && text != want {
		t.Fatalf("text is %q, want %q", text, want)
	}
	return strings.Join(items, "\n")
}
