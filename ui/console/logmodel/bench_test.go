package logmodel

import (
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// BenchmarkRelate reads a run without finding anything, and finds the relations of a run of
// events, of comments, and of sends and answers.
func BenchmarkRelate(b *testing.B) {
	const records = 1 << 16
	for _, c := range []struct {
		name  string
		kinds []record.Kind
		find  bool
	}{
		{"none", []record.Kind{record.Event}, false}, {"events", []record.Kind{record.Event}, true},
		{"comments", []record.Kind{record.Comment}, true}, {"calls", []record.Kind{record.Send, record.Answer}, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			j := &journal.Journal{}
			for i := range records {
				r := record.Record{Kind: c.kinds[i%len(c.kinds)], Time: at(i), Target: record.EmbeddedTarget, ClientID: "demo", Data: "some content of an event"}
				if r.Kind == record.Answer {
					r.Call, r.Took = record.Send, time.Millisecond
				}
				j.Append(r)
			}
			for b.Loop() {
				r, l, found := relater{}, &links{}, []link(nil)
				for code := range j.Codes(1, records, nil) {
					if !c.find {
						continue
					}
					if parent, _ := r.next(code); parent > 0 {
						found = append(found, link{code.Seq, parent})
					}
				}
				l.add(found)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
		})
	}
}
