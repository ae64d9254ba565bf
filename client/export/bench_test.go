package export

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// million yields a million records, alternating chunks and events of 200 bytes, on
// connections of 10,000 events. It records the peak of live memory.
func million(b *testing.B, peak *uint64) Records {
	payload := strings.Repeat("x", 160)
	return func(yield func(*record.Record) bool) {
		at := start()
		var offset int64
		for i := range 500_000 {
			at = at.Add(time.Millisecond)
			conn := i/10_000 + 1
			if i%10_000 == 0 {
				offset = 0
			}
			data := fmt.Sprintf(`{"n":%d,"text":"%s"}`, i, payload)
			raw := []byte("id: 1\ndata: " + data + "\n\n")
			chunk := record.Record{Seq: int64(2*i + 1), Time: at, Kind: record.Chunk, Target: "h:1", ClientID: "a", Conn: conn, Raw: raw, Offset: offset, FirstChunk: i, LastChunk: i}
			event := chunk
			event.Seq, event.Kind, event.Type, event.ID, event.Data = chunk.Seq+1, record.Event, "message", "1", data
			offset += int64(len(raw))
			if !yield(&chunk) || !yield(&event) {
				return
			}
			if i%50_000 == 0 {
				b.StopTimer()
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				*peak = max(*peak, m.HeapAlloc)
				b.StartTimer()
			}
		}
	}
}

func BenchmarkMillionRecords(b *testing.B) {
	for _, c := range []struct {
		name  string
		write func(io.Writer, Records) error
	}{
		{"ndjson", NDJSON},
		{"csv", CSV},
		{"raw", func(w io.Writer, r Records) error { return Raw(w, r, b.TempDir()) }},
		{"bundle", func(w io.Writer, r Records) error {
			return Bundle(w, r, BundleConfig{Words: plainWords{}, Mask: NewMask(nil), Created: start(), Dir: b.TempDir()})
		}},
		{"ndjson, one name masked", func(w io.Writer, r Records) error { return NDJSON(w, NewMask([]string{"pin"}).Records(r)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var peak uint64
			for range b.N { // b.Loop cannot stop its timer
				if err := c.write(io.Discard, million(b, &peak)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(peak)/(1<<20), "MiB-live")
		})
	}
}
