package console

import (
	"maps"
	"slices"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
)

// Dismiss removes a closed subscription on which no action is in progress from
// Subscriptions, and reports whether it did. Its records remain.
func (c *Console) Dismiss(p Pair) bool {
	l := c.lane(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sub == nil || !l.actions.Idle() || l.sub.Status().ReadyState != client.Closed {
		return false
	}
	l.hidden = true
	c.life.Changed()
	return true
}

// Subscription is the state of a pair's subscription.
type Subscription struct {
	Pair    Pair
	Status  client.Status
	Failed  record.Failure // why it failed, or "", also for a 204: that is how a server ends one
	Running record.Kind    // the action in progress: Subscribe, Send, Close, or 0
	Waiting record.Kind    // the action waiting for it, or 0
	Asked   time.Time      // when Running was requested
}

// Subscriptions returns the subscriptions that were not dismissed, oldest first.
func (c *Console) Subscriptions() []Subscription {
	c.mu.Lock()
	pairs := slices.Clone(c.order)
	lanes := maps.Clone(c.lanes)
	c.mu.Unlock()
	var subs []Subscription
	for _, p := range pairs {
		if s, shown := lanes[p].view(p); shown {
			subs = append(subs, s)
		}
	}
	return subs
}

// Subscription returns the state of p, and whether there is a subscription that was
// not dismissed.
func (c *Console) Subscription(p Pair) (Subscription, bool) {
	c.mu.Lock()
	l := c.lanes[p]
	c.mu.Unlock()
	if l == nil {
		return Subscription{Pair: p, Status: client.Status{ReadyState: client.Closed}}, false
	}
	return l.view(p)
}

func (l *lane) view(p Pair) (Subscription, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := Subscription{Pair: p, Status: client.Status{ReadyState: client.Closed}}
	running, waiting := l.actions.Now()
	s.Running, s.Asked, s.Waiting = running.Kind, running.Since, waiting.Kind
	if l.sub != nil {
		s.Status = l.sub.Status()
		if last := s.Status.Last.Failure; s.Status.ReadyState == client.Closed && last != record.NoContent {
			s.Failed = last
		}
		if l.moved {
			s.Failed = record.ServerMoved
		}
	}
	return s, l.sub != nil && !l.hidden
}

// strand fails the subscriptions to the embedded server's previous address: another
// program may be listening there now. It holds no lock while their streams end.
func (c *Console) strand() {
	c.mu.Lock()
	lanes := maps.Clone(c.lanes)
	c.mu.Unlock()
	for p, l := range lanes {
		sub := l.current()
		if !p.Embedded() || sub == nil || sub.Status().ReadyState == client.Closed {
			continue
		}
		end(sub)
		l.mu.Lock()
		l.moved = true
		l.mu.Unlock()
		c.fail(p, record.Subscribe, record.ServerMoved, nil)
	}
}
