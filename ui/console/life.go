package console

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"sseconsole/client/record"
)

// life is what the parts of the controller share: the context that ends them, the
// goroutines that its end waits for, the count of what changed, and the way to the
// log. Make one with newLife. All methods may be called from any goroutine.
type life struct {
	context context.Context // ends subscriptions, calls and jobs
	cancel  context.CancelFunc
	add     func(record.Record)

	work    sync.WaitGroup
	changes atomic.Int64
	closing atomic.Bool
}

// newLife returns a life that adds its records by add.
func newLife(add func(record.Record)) *life {
	l := &life{add: add}
	l.context, l.cancel = context.WithCancel(context.Background())
	return l
}

// run runs f on a goroutine that wait waits for.
func (l *life) run(f func()) { l.work.Go(f) }

// changed says that there is something new to be seen.
func (l *life) changed() { l.changes.Add(1) }

// isClosing reports whether the end has begun: then nothing new begins.
func (l *life) isClosing() bool { return l.closing.Load() }

// end begins the end, and reports whether it had not begun before.
func (l *life) end() bool { return !l.closing.Swap(true) }

// wait waits for everything that run began.
func (l *life) wait() { l.work.Wait() }

// record adds a record that the console itself makes.
func (l *life) record(r record.Record) {
	r.Time = time.Now()
	l.add(r)
}

// notice adds a Notice with its code, and what it is about.
func (l *life) notice(code, about, detail string) {
	l.record(record.Record{Kind: record.Notice, Type: code, URL: about, Detail: detail})
}
