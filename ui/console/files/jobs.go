// Package files saves records and opens what was saved, as jobs in the background.
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

// JobKind says what a job does.
type JobKind string

// The kinds of jobs.
const (
	Saving  JobKind = "saving"
	Opening JobKind = "opening"
)

// ErrCancelled is the cause of a job that the person cancelled, or that the
// end of the console did.
var ErrCancelled = errors.New("console: cancelled")

// Job is work on a file in the background. All methods may be called from any
// goroutine.
type Job struct {
	Kind JobKind
	Path string // of the file

	done, total atomic.Int64
	Ctx         context.Context // what it does is over with it
	cancel      context.CancelCauseFunc
}

// Progress returns how much is done of how much, in records when saving and
// bytes when opening; total is 0 when it is not known.
func (j *Job) Progress() (done, total int64) { return j.done.Load(), j.total.Load() }

// Cancel ends the job soon; it leaves nothing behind.
func (j *Job) Cancel() { j.cancel(ErrCancelled) }

// Files saves records and opens what was saved, as jobs.
type Files struct {
	Life *life.Life
	Runs string // the directory of the runs, "" if there is none

	mu   sync.Mutex
	list []*Job // oldest first
}

// Jobs returns the jobs under way, the oldest first.
func (f *Files) Jobs() []*Job {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.list)
}

// startJob begins a job. Shutdown cancels it and waits for its end. It returns nil
// when the console is closing.
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

// cancelled is an error of a job's context in the words of this package.
func cancelled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ErrCancelled
	}
	return err
}

// whileWanted is a writer that fails once its context is over.
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
