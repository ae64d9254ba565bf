// Package life has what the parts of the controller share: the context that ends them, the
// goroutines to wait for at the end, and queues of actions.
package life

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"sseconsole/client/record"
)

// Life is shared by the parts of the controller. It has the context that ends them, the
// goroutines to wait for at the end, a counter of changes, and the way to the journal.
// Create one with New. All methods may be called from any goroutine.
type Life struct {
	Context context.Context // ends subscriptions, calls and jobs
	Cancel  context.CancelFunc
	Add     func(record.Record)

	work    sync.WaitGroup
	Changes atomic.Int64
	closing atomic.Bool
}

// New returns a Life that passes its records to add.
func New(add func(record.Record)) *Life {
	l := &Life{Add: add}
	l.Context, l.Cancel = context.WithCancel(context.Background())
	return l
}

// Run runs f in a goroutine that Wait waits for.
func (l *Life) Run(f func()) { l.work.Go(f) }

// Changed counts a change of what the window shows.
func (l *Life) Changed() { l.Changes.Add(1) }

// IsClosing reports whether End was called. Nothing new may start then.
func (l *Life) IsClosing() bool { return l.closing.Load() }

// End marks the console as closing.
func (l *Life) End() { l.closing.Store(true) }

// Wait waits for the goroutines started with Run.
func (l *Life) Wait() { l.work.Wait() }

// Record adds a record of the console itself, with the current time.
func (l *Life) Record(r record.Record) {
	r.Time = time.Now()
	l.Add(r)
}

// Notice adds a Notice about a subject.
func (l *Life) Notice(code record.NoticeCode, about, detail string) {
	l.Record(record.NewNotice(code, about, detail))
}
