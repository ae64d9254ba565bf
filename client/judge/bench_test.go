package judge

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// BenchmarkAdd judges good streams in chunks of 32 KiB.
func BenchmarkAdd(b *testing.B) {
	inputs := []struct {
		name  string
		event func(n int) string
	}{
		{"tiny", func(n int) string { return fmt.Sprintf("data: %012d\n\n", n) }},
		{"tinyWithID", func(n int) string { return fmt.Sprintf("id: %d\ndata: %06d\n\n", n, n) }},
		{"json1KiB", func(int) string { return `data: {"text":"` + strings.Repeat("x", 1000) + "\"}\n\n" }},
		{"chinese1KiB", func(int) string { return `data: {"text":"` + strings.Repeat("订阅", 170) + "\"}\n\n" }},
		{"lines10x100", func(int) string { return strings.Repeat("data: "+strings.Repeat("x", 93)+"\n", 10) + "\n" }},
	}
	for _, in := range inputs {
		b.Run(in.name, func(b *testing.B) {
			const size = 32 << 10
			var chunks [][]byte
			var pending strings.Builder
			events := 0
			for ; len(chunks) < 256; events++ {
				pending.WriteString(in.event(events))
				if pending.Len() >= size {
					text := pending.String()
					chunks = append(chunks, []byte(text[:size]))
					pending.Reset()
					pending.WriteString(text[size:])
				}
			}
			var j Judge
			open := record.Record{Kind: record.Open, Time: time.Now(), Conn: 1, ContentType: "text/event-stream"}
			chunk := record.Record{Kind: record.Chunk, Time: open.Time, Conn: 1}
			b.SetBytes(int64(len(chunks) * size))
			b.ReportAllocs()
			for b.Loop() {
				j.Add(open)
				open.Conn++ // the next connection begins at the first byte again
				chunk.Conn, chunk.Offset = open.Conn, 0
				j.Add(open)
				for _, c := range chunks {
					chunk.Raw = c
					if j.Add(chunk) != nil {
						b.Fatal("a good stream is judged as bad")
					}
					chunk.Offset += size
				}
				b.StopTimer()
				j = Judge{}
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(events), "ns/event")
		})
	}
}
