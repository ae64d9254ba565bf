// Package files saves records to files and opens saved files, as background jobs.
package files

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"sseconsole/ui/console/life"
)

// JobKind is the kind of a job.
type JobKind string

// The kinds of jobs.
const (
	Saving  JobKind = "saving"
	Opening JobKind = "opening"
)

// ErrCancelled means that the user, or the end of the console, cancelled a job.
var ErrCancelled = errors.New("console: cancelled")

// Job is background work on a file. All methods may be called from any goroutine.
type Job struct {
	Kind JobKind
	Path string // of the file

	done, total atomic.Int64
	Ctx         context.Context // ends the work
	cancel      context.CancelCauseFunc
}

// Progress returns how much is done, in records when saving and in bytes when opening.
// total is 0 if it is unknown.
func (j *Job) Progress() (done, total int64) { return j.done.Load(), j.total.Load() }

// Cancel makes the job end soon. The job leaves no file behind.
func (j *Job) Cancel() { j.cancel(ErrCancelled) }

// Files runs jobs on files.
type Files struct {
	Life *life.Life
	Runs string // the directory of the runs, or ""

	mu   sync.Mutex
	list []*Job // oldest first
}

// Jobs returns the jobs in progress, oldest first.
func (f *Files) Jobs() []*Job {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.list)
}

// startJob starts a job, which Shutdown cancels and waits for. It returns nil if the
// console is closing.
func (f *Files) startJob(kind JobKind, path string, run func(j *Job)) *Job {
	if f.Life.IsClosing() {
		return nil
	}
	ctx, cancel := context.WithCancelCause(f.Life.Context)
	j := &Job{Kind: kind, Path: path, Ctx: ctx, cancel: cancel}
	f.mu.Lock()
	f.list = append(f.list, j)
	f.mu.Unlock()
	f.Life.Changed()
	f.Life.Run(func() {
		run(j)
		cancel(nil)
		f.mu.Lock()
		f.list = slices.DeleteFunc(f.list, func(other *Job) bool { return other == j })
		f.mu.Unlock()
		f.Life.Changed()
	})
	return j
}

// cancelled returns ErrCancelled if ctx has ended, otherwise err.
func cancelled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ErrCancelled
	}
	return err
}

// whileWanted is a writer that fails once ctx has ended.
type whileWanted struct {
	ctx context.Context
	w   io.Writer
}

func (w whileWanted) Write(p []byte) (int, error) {
	if w.ctx.Err() != nil {
		return 0, ErrCancelled
	}
	return w.w.Write(p)
}
