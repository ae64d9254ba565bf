package console

import (
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// openJournal begins a run. If that cannot be, a notice says so and the journal
// is in memory.
func (c *Console) openJournal(cfg Config) {
	c.Journal = &journal.Journal{Limit: cfg.Limit}
	if cfg.Runs == "" {
		return
	}
	j, err := journal.Create(journal.Config{
		Dir: cfg.Runs, Limit: cfg.Limit, Retention: cfg.Retention,
		Notify: func(n journal.Notice) {
			if n.Err != nil {
				c.notice("journal_stopped", cfg.Runs, plain(n.Err))
				return
			}
			c.append(record.Record{Kind: record.Notice, Type: "journal_resumed", URL: cfg.Runs, Events: n.Lost})
		},
	})
	if err != nil {
		c.notice("journal_not_kept", cfg.Runs, plain(err))
		return
	}
	c.Journal, c.runs = j, cfg.Runs
}

// Runs returns the runs that are kept, the newest first; this one is among
// them. It blocks.
func (c *Console) Runs() ([]journal.Run, error) {
	if c.runs == "" {
		return nil, nil
	}
	return journal.Runs(c.runs)
}

// closeJournal writes what is not written yet. It does not wait for a disk
// that hangs: that ends with the process.
func (c *Console) closeJournal() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = c.Journal.Close() // a notice has said why, if the file could not be written
	}()
	select {
	case <-closed:
	case <-time.After(shutdownWait):
	}
}
