package life

import (
	"sync"
	"time"

	"sseconsole/client/record"
)

// Queue runs actions one after the other, in the order they were added. The zero value
// is ready to use.
type Queue struct {
	mu    sync.Mutex
	list  []Action // the first one is running
	hurry chan struct{}
}

// Action is one action in a Queue. Run gets a channel that is closed once a Subscribe or
// Close is queued behind it: there is no point in waiting any longer.
type Action struct {
	Kind  record.Kind
	Since time.Time
	Run   func(hurry <-chan struct{})
}

// ends reports whether a queued action of this kind makes waiting for an open stream
// pointless.
func (a Action) ends() bool { return a.Kind == record.Subscribe || a.Kind == record.Close }

// Add appends an action and starts the queue if it was idle. done is called after each
// action.
func (q *Queue) Add(of *Life, a Action, done func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = append(q.list, a)
	if len(q.list) == 1 {
		of.Run(func() { q.work(done) })
	} else if a.ends() && q.hurry != nil {
		close(q.hurry)
		q.hurry = nil
	}
}

func (q *Queue) work(done func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.list) > 0 {
		hurry := make(chan struct{})
		q.hurry = hurry
		for _, later := range q.list[1:] {
			if later.ends() {
				close(hurry)
				q.hurry = nil
				break
			}
		}
		run := q.list[0].Run
		q.mu.Unlock()
		run(hurry)
		q.mu.Lock()
		q.hurry = nil
		q.list = q.list[1:]
		done()
	}
	q.list = nil
}

// Drop removes the actions that have not started.
func (q *Queue) Drop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 1 {
		q.list = q.list[:1]
	}
}

// Now returns the running action and the next one, each the zero Action if there is
// none.
func (q *Queue) Now() (running, waiting Action) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 0 {
		running = q.list[0]
	}
	if len(q.list) > 1 {
		waiting = q.list[1]
	}
	return running, waiting
}

// Idle reports whether no action is running or queued.
func (q *Queue) Idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.list) == 0
}
