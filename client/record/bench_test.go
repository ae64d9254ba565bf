package record

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"
)

// typical returns the records that most of a stream consists of.
func typical() []Record {
	raw := []byte("id: 1\ndata: {\"price\":123.45,\"text\":\"hello\"}\n\n")
	event := Record{
		Seq: 1, Time: time.Unix(1.7e9, 123456789).UTC(), Kind: Event, Target: "127.0.0.1:8080", ClientID: "demo", Conn: 1, Type: "message",
		ID: "1", Data: `{"price":123.45,"text":"hello"}`, Raw: raw, Offset: 1 << 20, FirstChunk: 1000, LastChunk: 1000,
	}
	chunk := event
	chunk.Kind, chunk.Type, chunk.ID, chunk.Data = Chunk, "", "", ""
	return []Record{chunk, event}
}

func BenchmarkWriteNDJSON(b *testing.B) {
	records, line := typical(), []byte(nil)
	b.ReportAllocs()
	for b.Loop() {
		for i := range records {
			line = records[i].AppendNDJSON(line[:0])
		}
	}
}

func BenchmarkReadNDJSON(b *testing.B) {
	var lines []byte
	for _, r := range typical() {
		lines = r.AppendNDJSON(lines)
	}
	lines = bytes.Repeat(lines, 1000)
	b.SetBytes(int64(len(lines)))
	b.ReportAllocs()
	for b.Loop() {
		in := NewReader(bytes.NewReader(lines), 0)
		for {
			if _, err := in.Read(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
