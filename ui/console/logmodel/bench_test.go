package logmodel

import (
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// BenchmarkExamine examines a run of events, and one of sends and answers, in all of which
// the relations are to be found.
func BenchmarkExamine(b *testing.B) {
	const records = 1 << 17
	for name, kinds := range map[string][]record.Kind{"events": {record.Event}, "calls": {record.Send, record.Answer}} {
		b.Run(name, func(b *testing.B) {
			j := &journal.Journal{}
			for i := range records {
				r := record.Record{Kind: kinds[i%len(kinds)], Time: at(i), Target: record.EmbeddedTarget, ClientID: "demo", Conn: 1, Data: "some content of an event", Raw: []byte("data: some content of an event\n\n")}
				if r.Kind == record.Answer {
					r.Call, r.Took, r.Conn = record.Send, time.Millisecond, 0
				}
				j.Append(r)
			}
			for b.Loop() {
				l := NewLog(j, Query{})
				for l.Refresh(); l.Progress().Working; l.Refresh() {
				}
				l.Close()
				if l.Count() != records {
					b.Fatalf("%d records", l.Count())
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
		})
	}
}
