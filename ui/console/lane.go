package console

import (
	"sync"

	"sseconsole/client"
	"sseconsole/ui/console/life"
)

// lane has the subscription of a pair and the queued actions on it.
type lane struct {
	actions life.Queue

	mu     sync.Mutex
	sub    *client.Subscription // the latest; nil before the first
	moved  bool                 // sub failed because the embedded server moved
	hidden bool                 // sub is closed and was dismissed
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
