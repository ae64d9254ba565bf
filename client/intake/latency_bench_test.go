package intake

import (
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// BenchmarkLatency measures the work for each event: in a stream to which nothing
// was sent, and in one that waits for another message.
func BenchmarkLatency(b *testing.B) {
	event := record.Record{Seq: 1, Time: time.Now(), Kind: record.Event, Target: "t", ClientID: "alice", Data: strings.Repeat("x", 100)}
	for name, waiting := range map[string]bool{"nothing sent": false, "waiting": true} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			l := newLap()
			if waiting {
				l.send(0, "another")
			}
			for b.Loop() {
				l.add(&event)
			}
		})
	}
}
