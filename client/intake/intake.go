// Package intake is the way of a record: how long its message took, where it is
// kept, what it counts for and what the judge says about its stream. The window
// and the command line send every record through it.
package intake

import (
	"context"
	"sync/atomic"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
)

// Intake takes records in. Make one with New. All methods may be called from any
// goroutine; the records of one subscription must come in their order.
type Intake struct {
	out       func(record.Record) int64
	latencies latencies
	stats     stats
	judge     judge.Judge
	findings  atomic.Int64
}

// New returns an Intake that hands each record, and behind it the findings about
// its stream, to out, which returns its number, as a journal does.
func New(out func(record.Record) int64) *Intake {
	return &Intake{out: out, stats: newStats()}
}

// Add takes a record in.
func (in *Intake) Add(r record.Record) {
	in.latencies.add(&r) // before its Took is written
	r.Seq = in.out(r)
	in.stats.add(&r)
	in.found(in.judge.Add(r))
}

// Tick says that it is now, so that the judge finds streams that have been silent
// for too long. Call it about once a second while streams are open.
func (in *Intake) Tick(now time.Time) { in.found(in.judge.Tick(now)) }

// Watch ticks once a second until ctx is done.
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

// Findings returns how many findings there were.
func (in *Intake) Findings() int64 { return in.findings.Load() }

// Counts returns how often each finding was made; see judge.Judge.Counts.
func (in *Intake) Counts() []judge.Count { return in.judge.Counts() }

// Seen returns how often a finding was made on its connection until now.
func (in *Intake) Seen(finding *record.Record) int64 {
	for _, n := range in.judge.Counts() {
		if n.Code == finding.Type && n.Target == finding.Target && n.ClientID == finding.ClientID && n.Conn == finding.Conn {
			return n.N
		}
	}
	return 1 // so long ago that it is no longer counted
}
