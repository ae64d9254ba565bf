package console

import (
	"errors"
	"syscall"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/file"
)

// Keeping says how well this run is kept on the disk. Its zero value is all
// well, or that it need not be.
type Keeping struct {
	Err    error  // why it is not written; nil while it is
	Dir    string // where it should be
	Never  bool   // nothing of it was ever written, nor will be
	Unkept int64  // records that are in no file that stays, because of that
	Lost   int64  // records that are kept nowhere any more, however well it is kept now
}

// Full reports whether the disk is full, or the person's part of it.
func (k Keeping) Full() bool {
	return errors.Is(k.Err, syscall.ENOSPC) || errors.Is(k.Err, syscall.EDQUOT)
}

// Removed reports whether the file was removed: all of this run is at stake then.
func (k Keeping) Removed() bool { return errors.Is(k.Err, journal.ErrRemoved) }

// Why is what the system says.
func (k Keeping) Why() string { return file.Cause(k.Err) }

// Keeping returns how well this run is kept now. It does not block.
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

// openJournal begins a run. If that cannot be, a notice says so and the journal
// is in memory.
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
