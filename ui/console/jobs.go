package console

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"
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
	ctx         context.Context // what it does is over with it
	cancel      context.CancelCauseFunc
}

// Progress returns how much is done of how much, in records when saving and
// bytes when opening; total is 0 when it is not known.
func (j *Job) Progress() (done, total int64) { return j.done.Load(), j.total.Load() }

// Cancel ends the job soon; it leaves nothing behind.
func (j *Job) Cancel() { j.cancel(ErrCancelled) }

// jobs are those under way.
type jobs struct {
	mu   sync.Mutex
	list []*Job // oldest first
}

// Jobs returns the jobs under way, the oldest first.
func (c *Console) Jobs() []*Job {
	c.jobs.mu.Lock()
	defer c.jobs.mu.Unlock()
	return slices.Clone(c.jobs.list)
}

// startJob begins a job. Shutdown cancels it and waits for its end. It returns nil
// when the console is closing.
func (c *Console) startJob(kind JobKind, path string, run func(j *Job)) *Job {
	if c.life.isClosing() {
		return nil
	}
	ctx, cancel := context.WithCancelCause(c.life.context)
	j := &Job{Kind: kind, Path: path, ctx: ctx, cancel: cancel}
	c.jobs.mu.Lock()
	c.jobs.list = append(c.jobs.list, j)
	c.jobs.mu.Unlock()
	c.life.changed()
	c.life.run(func() {
		run(j)
		cancel(nil)
		c.jobs.mu.Lock()
		c.jobs.list = slices.DeleteFunc(c.jobs.list, func(other *Job) bool { return other == j })
		c.jobs.mu.Unlock()
		c.life.changed()
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
