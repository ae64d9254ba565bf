package console

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/client/regularfile"
)

// openedPrefix begins the names of directories with what was read from files.
const openedPrefix = ".opened-"

// Opened is what was read from a file. It is on the disk, not in memory. All
// methods but Close may be called from any goroutine.
type Opened struct {
	*journal.Reader
	Path   string // of the file
	Format export.Format
	dir    string
}

// Close lets go of it and removes what is on the disk.
func (o *Opened) Close() error {
	err := o.Reader.Close()
	if removeErr := os.RemoveAll(o.dir); err == nil {
		err = removeErr
	}
	return err
}

// OpenFile reads a bundle, an NDJSON file or a raw stream, as a job. done is
// called from the job's goroutine, with what was read, which the caller must
// close, or with why it cannot be read: ErrCancelled, or an error of export.Import.
func (c *Console) OpenFile(path string, done func(*Opened, error)) *Job {
	return c.startJob(Opening, path, func(j *Job) {
		opened, err := c.open(j.ctx, path, j)
		if err != nil {
			err = cancelled(j.ctx, err)
		}
		done(opened, err)
	})
}

func (c *Console) open(ctx context.Context, path string, j *Job) (*Opened, error) {
	f, err := regularfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dir, err := c.openedDir()
	if err != nil {
		return nil, err
	}
	o, err := readInto(ctx, dir, f, j)
	if err != nil {
		_ = os.RemoveAll(dir) // the first error is told
		return nil, err
	}
	o.Path = path
	// Where the system allows it nothing is left even if the program is killed.
	_ = os.RemoveAll(dir)
	return o, nil
}

// readInto reads f into a journal in dir.
func readInto(ctx context.Context, dir string, f *os.File, j *Job) (*Opened, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var broken atomic.Pointer[error]
	kept, err := journal.Create(journal.Config{Dir: dir, Retention: journal.Retention{Age: -1, Bytes: -1}, Notify: func(n journal.Notice) {
		if n.Err != nil {
			broken.CompareAndSwap(nil, &n.Err)
			stop(n.Err)
		}
	}})
	if err != nil {
		return nil, err
	}
	format, err := export.Import(ctx, f, func(r record.Record) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		kept.Append(r)
		return nil
	}, func(done, total int64) {
		j.done.Store(done)
		j.total.Store(total)
	})
	if closeErr := kept.Close(); err == nil {
		err = closeErr
	}
	if e := broken.Load(); e != nil {
		err = *e
	}
	if err != nil {
		return nil, err
	}
	runs, err := journal.Runs(dir)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, export.ErrNoRecords
	}
	reader, err := journal.OpenRun(runs[0].Path)
	if err != nil {
		return nil, err
	}
	return &Opened{Reader: reader, Format: format, dir: dir}, nil
}

// openedDir makes a directory beside the runs, where there is room for large
// files, and removes those that a crash left a day ago or before.
func (c *Console) openedDir() (string, error) {
	if c.runs == "" {
		return os.MkdirTemp("", "sse-console-*")
	}
	entries, err := os.ReadDir(c.runs)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.IsDir() && strings.HasPrefix(e.Name(), openedPrefix) && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(filepath.Join(c.runs, e.Name())) // another day, if not now
		}
	}
	return os.MkdirTemp(c.runs, openedPrefix+"*")
}
