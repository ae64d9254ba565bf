package console

import (
	"sync"
	"time"

	"sseconsole/client/record"
)

// queue runs actions one after the other in the order they were asked for. The
// zero value is ready.
type queue struct {
	mu    sync.Mutex
	list  []action // the first one is running
	hurry chan struct{}
}

// action is one step of a queue. Its run gets a channel that is closed as soon
// as a later Subscribe or Close waits behind it: then waiting on has no point.
type action struct {
	kind  record.Kind
	since time.Time
	run   func(hurry <-chan struct{})
}

// ends tells whether a later action of this kind makes waiting for an open
// stream pointless.
func (a action) ends() bool { return a.kind == record.Subscribe || a.kind == record.Close }

// add puts an action at the end and starts the queue if it was idle. done is
// called after each action.
func (q *queue) add(of *life, a action, done func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = append(q.list, a)
	if len(q.list) == 1 {
		of.run(func() { q.work(done) })
	} else if a.ends() && q.hurry != nil {
		close(q.hurry)
		q.hurry = nil
	}
}

func (q *queue) work(done func()) {
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
		run := q.list[0].run
		q.mu.Unlock()
		run(hurry)
		q.mu.Lock()
		q.hurry = nil
		q.list = q.list[1:]
		done()
	}
	q.list = nil
}

// drop forgets the actions that have not begun.
func (q *queue) drop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 1 {
		q.list = q.list[:1]
	}
}

// now returns the action that is running and the one that waits for it; their
// kinds are 0 if there is none.
func (q *queue) now() (running, waiting action) {
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

// idle reports whether nothing is running.
func (q *queue) idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.list) == 0
}
