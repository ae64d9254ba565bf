// Package intake processes every record of the window and of the command line: it
// measures how long its message took, stores it, counts it, and has the judge
// look at its stream. Findings come back in the same way.
package intake

import (
	"context"
	"sync/atomic"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
)

// Intake takes in records. Create one with New. All methods may be called from
// any goroutine; the records of one subscription must arrive in order.
type Intake struct {
	out       func(record.Record) int64
	latencies latencies
	stats     stats
	judge     judge.Judge
	findings  atomic.Int64
}

// New returns an Intake that passes each record, followed by the findings about
// its stream, to out. Like a journal, out returns the number of the record.
func New(out func(record.Record) int64) *Intake {
	return &Intake{out: out, stats: newStats()}
}

// Add takes in a record.
func (in *Intake) Add(r record.Record) {
	in.latencies.add(&r) // sets Took, so before it is stored
	r.Seq = in.out(r)
	in.stats.add(&r)
	in.found(in.judge.Add(r))
}

// Tick tells the judge the time, so that it finds streams that have been silent
// for too long. Call it about once a second while streams are open.
func (in *Intake) Tick(now time.Time) { in.found(in.judge.Tick(now)) }

// Watch calls Tick once a second until ctx is done.
func (in *Intake) Watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			in.Tick(now)
		case <-ctx.Done():
			return
		}
	}
}

func (in *Intake) found(findings []record.Record) {
	for _, f := range findings {
		in.findings.Add(1)
		in.out(f)
		in.stats.add(&f)
	}
}

// Findings returns the number of findings so far.
func (in *Intake) Findings() int64 { return in.findings.Load() }

// Counts returns how often each finding was made; see [judge.Judge.Counts].
func (in *Intake) Counts() []judge.Count { return in.judge.Counts() }

// Seen returns how often a finding has been made on its connection so far.
func (in *Intake) Seen(finding *record.Record) int64 {
	for _, n := range in.judge.Counts() {
		if n.Code == finding.Type && n.Target == finding.Target && n.ClientID == finding.ClientID && n.Conn == finding.Conn {
			return n.N
		}
	}
	return 1 // too long ago to be counted still
}
