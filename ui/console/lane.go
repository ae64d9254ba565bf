package console

import (
	"sync"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
)

// lane runs the actions on one thing, a pair or the embedded server, one after
// the other in the order they were asked for.
type lane struct {
	mu     sync.Mutex
	queue  []action // the first one is running
	hurry  chan struct{}
	sub    *client.Subscription // of a pair: the latest, nil before the first
	moved  bool                 // sub failed because the embedded server moved
	hidden bool                 // a closed sub that was dismissed
}

// action is one step of a lane. Its run gets a channel that is closed as soon
// as a later Subscribe or Close waits behind it: then waiting on has no point.
type action struct {
	kind  record.Kind
	since time.Time
	run   func(hurry <-chan struct{})
}

// ends tells whether a later action of this kind makes waiting for an open
// stream pointless.
func (a action) ends() bool { return a.kind == record.Subscribe || a.kind == record.Close }

// add puts an action at the end and starts the lane if it was idle. done is
// called after each action.
func (l *lane) add(of *life, a action, done func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = append(l.queue, a)
	if len(l.queue) == 1 {
		of.run(func() { l.work(done) })
	} else if a.ends() && l.hurry != nil {
		close(l.hurry)
		l.hurry = nil
	}
}

func (l *lane) work(done func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.queue) > 0 {
		hurry := make(chan struct{})
		l.hurry = hurry
		for _, later := range l.queue[1:] {
			if later.ends() {
				close(hurry)
				l.hurry = nil
				break
			}
		}
		run := l.queue[0].run
		l.mu.Unlock()
		run(hurry)
		l.mu.Lock()
		l.hurry = nil
		l.queue = l.queue[1:]
		done()
	}
	l.queue = nil
}

// drop forgets the actions that have not begun.
func (l *lane) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) > 1 {
		l.queue = l.queue[:1]
	}
}

// current returns the lane's subscription, nil before the first.
func (l *lane) current() *client.Subscription {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sub
}

func (l *lane) setCurrent(s *client.Subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sub, l.moved, l.hidden = s, false, false
}
