package console

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/server/scenario"
	"sseconsole/ui/console/files"
)

func TestASavedScenarioIsPlayedByteForByte(t *testing.T) {
	c := running(t)
	chunks := []string{"data: \"one\"\\n\n", "\ndata: tw\xff", "o\r\n\r\nid: \x007\n", "data: 三\n\n"}
	at, offset := time.Now(), int64(0)
	for i, chunk := range chunks {
		c.Journal.Append(record.Record{
			Kind: record.Chunk, Time: at.Add(time.Duration(i) * time.Millisecond), ClientID: "recorded", Conn: 1,
			Raw: []byte(chunk), Offset: offset, FirstChunk: i + 1, LastChunk: i + 1,
		})
		offset += int64(len(chunk))
	}
	var text bytes.Buffer
	if _, err := (files.SaveRequest{Format: files.SaveScenario, From: c.Journal}).Write(t.Context(), &text, "", nil); err != nil {
		t.Fatal(err)
	}
	played, err := scenario.Parse(bytes.NewReader(text.Bytes()))
	if err != nil || played.Steps() != 2*len(chunks)-1 {
		t.Fatalf("%v, from\n%s", err, &text)
	}
	p := Pair{ClientID: "listener"}
	c.Subscribe(p, "")
	until(t, c, "it is open", func() bool { return state(c, p) == client.Open && heard(c, p) != "" })
	before := heard(c, p)
	c.Embedded.Server.Play(played, scenario.Play{})
	want := before + string(bytes.Join([][]byte{[]byte(chunks[0]), []byte(chunks[1]), []byte(chunks[2]), []byte(chunks[3])}, nil))
	until(t, c, "all bytes are there", func() bool { return heard(c, p) == want })
	if !slices.ContainsFunc(records(c, record.Event), func(r *record.Record) bool { return r.ClientID == p.ClientID && r.Data == "三" }) {
		t.Error("the last event is missing")
	}
}

// heard returns the bytes that p received.
func heard(c *Console, p Pair) string {
	var all []byte
	for _, r := range records(c, record.Chunk) {
		if r.ClientID == p.ClientID {
			all = append(all, r.Raw...)
		}
	}
	return string(all)
}
