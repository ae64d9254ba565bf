// Package life is what the parts of the controller share: what ends them, what their
// end waits for, and the order of actions.
package life

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"sseconsole/client/record"
)

// Life is what the parts of the controller share: the context that ends them, the
// goroutines that its end waits for, the count of what changed, and the way to the
// log. Make one with newLife. All methods may be called from any goroutine.
type Life struct {
	Context context.Context // ends subscriptions, calls and jobs
	Cancel  context.CancelFunc
	Add     func(record.Record)

	work    sync.WaitGroup
	Changes atomic.Int64
	closing atomic.Bool
}

// New returns a life that adds its records by add.
func New(add func(record.Record)) *Life {
	l := &Life{Add: add}
	l.Context, l.Cancel = context.WithCancel(context.Background())
	return l
}

// Run runs f on a goroutine that wait waits for.
func (l *Life) Run(f func()) { l.work.Go(f) }

// Changed says that there is something new to be seen.
func (l *Life) Changed() { l.Changes.Add(1) }

// IsClosing reports whether the end has begun: then nothing new begins.
func (l *Life) IsClosing() bool { return l.closing.Load() }

// End begins the end.
func (l *Life) End() { l.closing.Store(true) }

// Wait waits for everything that run began.
func (l *Life) Wait() { l.work.Wait() }

// Record adds a record that the console itself makes.
func (l *Life) Record(r record.Record) {
	r.Time = time.Now()
	l.Add(r)
}

// Notice adds a Notice with its code, and what it is about.
func (l *Life) Notice(code record.NoticeCode, about, detail string) {
	l.Record(record.NewNotice(code, about, detail))
}
