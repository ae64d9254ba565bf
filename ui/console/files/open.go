package files

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

// OpenedPrefix begins the names of the directories with the content of opened files.
const OpenedPrefix = ".opened-"

// Opened has the records of an opened file. They are on disk, not in memory. All methods
// but Close may be called from any goroutine.
type Opened struct {
	*journal.Reader
	Path string // of the file
	export.Imported
	dir string
}

// Close closes the reader and removes the temporary directory.
func (o *Opened) Close() error {
	err := o.Reader.Close()
	if removeErr := os.RemoveAll(o.dir); err == nil {
		err = removeErr
	}
	return err
}

// Open reads a bundle, an NDJSON file or a raw stream, as a job. done is called in the
// job's goroutine, with the result, which the caller must close, or with ErrCancelled or
// an error of export.Import.
func (f *Files) Open(path string, done func(*Opened, error)) *Job {
	return f.startJob(Opening, path, func(j *Job) {
		opened, err := f.open(j.Ctx, path, j)
		if err != nil {
			err = cancelled(j.Ctx, err)
		}
		done(opened, err)
	})
}

func (f *Files) open(ctx context.Context, path string, j *Job) (*Opened, error) {
	file, err := regularfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, err := f.openedDir()
	if err != nil {
		return nil, err
	}
	o, err := readInto(ctx, dir, file, j)
	if err != nil {
		_ = os.RemoveAll(dir) // the first error matters
		return nil, err
	}
	o.Path = path
	// Where the system allows it, nothing is left behind even if the program is killed.
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
	imported, err := export.Import(ctx, f, func(r record.Record) error {
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
	return &Opened{Reader: reader, Imported: imported, dir: dir}, nil
}

// openedDir creates a directory next to the runs, where there is room for large files.
// It removes directories that a crash left there more than a day ago.
func (f *Files) openedDir() (string, error) {
	if f.Runs == "" {
		return os.MkdirTemp("", "sse-console-*")
	}
	entries, err := os.ReadDir(f.Runs)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.IsDir() && strings.HasPrefix(e.Name(), OpenedPrefix) && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(filepath.Join(f.Runs, e.Name())) // retried next time
		}
	}
	return os.MkdirTemp(f.Runs, OpenedPrefix+"*")
}

// Kept returns the stored runs including this one, newest first. It blocks.
func (f *Files) Kept() ([]journal.Run, error) {
	if f.Runs == "" {
		return nil, nil
	}
	return journal.Runs(f.Runs)
}

// Remove deletes a stored run. It returns journal.ErrInUse for a run in use, such as this
// one. It blocks.
func (f *Files) Remove(run journal.Run) error { return journal.Remove(run.Path) }
