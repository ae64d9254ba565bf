package console

import (
	"errors"
	"syscall"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/file"
)

// Keeping says whether this run is stored on disk. The zero value means that it is, or
// need not be.
type Keeping struct {
	Err    error  // why it is not being written; nil if it is
	Dir    string // where it should be written
	Never  bool   // nothing was or will be written
	Unkept int64  // records that are in no lasting file, because of Err
	Lost   int64  // records that no longer exist anywhere, even if writing works again
}

// Full reports whether the disk, or the user's quota on it, is full.
func (k Keeping) Full() bool {
	return errors.Is(k.Err, syscall.ENOSPC) || errors.Is(k.Err, syscall.EDQUOT)
}

// Removed reports whether the file was deleted. The whole run is lost at the end then.
func (k Keeping) Removed() bool { return errors.Is(k.Err, journal.ErrRemoved) }

// Why returns the system's message.
func (k Keeping) Why() string { return file.Cause(k.Err) }

// Keeping returns whether this run is stored now. It does not block.
func (c *Console) Keeping() Keeping {
	h := c.Journal.Health()
	k := Keeping{Err: h.Err, Dir: c.runs, Unkept: h.Unkept, Lost: h.Lost}
	if c.notKept.Err != nil {
		k.Err, k.Dir, k.Never = c.notKept.Err, c.notKept.Dir, true
	}
	if k.Never || k.Removed() {
		_, last := c.Journal.Bounds()
		k.Unkept = last - h.Lost
	}
	return k
}

// openJournal starts a run. If it cannot be stored, the journal is only in memory and
// a notice says why.
func (c *Console) openJournal(cfg Config) {
	c.Journal = &journal.Journal{Limit: cfg.Limit}
	if cfg.RunsErr != nil {
		c.notKept = Keeping{Err: cfg.RunsErr, Dir: "$XDG_DATA_HOME"}
		c.life.Notice(record.NoticeJournalNotKept, c.notKept.Dir, file.Cause(cfg.RunsErr))
	}
	if cfg.Runs == "" {
		return
	}
	j, err := journal.Create(journal.Config{
		Dir: cfg.Runs, Limit: cfg.Limit, Retention: cfg.Retention,
		Notify: func(n journal.Notice) {
			if n.Err != nil {
				c.life.Notice(record.NoticeJournalStopped, cfg.Runs, file.Cause(n.Err))
				return
			}
			c.life.Record(record.Record{Kind: record.Notice, Type: string(record.NoticeJournalResumed), Subject: cfg.Runs, Events: n.Lost})
		},
	})
	if err != nil {
		c.notKept = Keeping{Err: err, Dir: cfg.Runs}
		c.life.Notice(record.NoticeJournalNotKept, cfg.Runs, file.Cause(err))
		return
	}
	c.Journal, c.runs = j, cfg.Runs
}

// closeJournal writes what is not written yet. It gives up on a hanging disk: the
// process ends soon.
func (c *Console) closeJournal() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = c.Journal.Close() // a notice has reported write errors
	}()
	select {
	case <-closed:
	case <-time.After(shutdownWait):
	}
}
