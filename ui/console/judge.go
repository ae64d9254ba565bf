package console

import (
	"time"

	"sseconsole/client/record"
)

// Problems returns how many findings about streams there were.
func (c *Console) Problems() int64 { return c.problems.Load() }

// found adds the judge's findings to the journal.
func (c *Console) found(problems []record.Record) {
	for _, p := range problems {
		c.Journal.Append(p)
		c.stats.add(&p)
		c.problems.Add(1)
		c.changed()
	}
}

// Seen returns how often the finding of a Problem record was made on its
// connection until now.
func (c *Console) Seen(problem *record.Record) int64 {
	for _, n := range c.judge.Counts() {
		if n.Code == problem.Type && n.Target == problem.Target && n.ClientID == problem.ClientID && n.Conn == problem.Conn {
			return n.N
		}
	}
	return 1 // so long ago that it is no longer counted
}

// watch lets the judge see the time pass, in which a stream may be silent.
func (c *Console) watch() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			c.found(c.judge.Tick(now))
		case <-c.ctx.Done():
			return
		}
	}
}
