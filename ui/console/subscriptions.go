package console

import (
	"maps"
	"slices"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
)

// Dismiss takes a closed subscription out of Subscriptions. Its records stay.
func (c *Console) Dismiss(p Pair) {
	l := c.lane(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sub != nil && l.actions.Idle() && l.sub.Status().ReadyState == client.Closed {
		l.hidden = true
		c.life.Changed()
	}
}

// Subscription is what is known of a pair's subscription now.
type Subscription struct {
	Pair    Pair
	Status  client.Status
	Failed  record.Failure // why it is closed for good, or ""
	Running record.Kind    // the action under way on the pair: Subscribe, Send, Close, or 0
	Waiting record.Kind    // the action that waits for it, or 0
	Asked   time.Time      // since when Running is under way
}

// Subscriptions returns those subscriptions that were not dismissed, oldest
// first.
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

// Subscription returns p's, and whether there is one that was not dismissed.
func (c *Console) Subscription(p Pair) (Subscription, bool) {
	c.mu.Lock()
	l := c.lanes[p]
	c.mu.Unlock()
	if l == nil {
		return Subscription{Pair: p}, false
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
		if s.Status.ReadyState == client.Closed {
			s.Failed = s.Status.Last.Failure
		}
		if l.moved {
			s.Failed = record.ServerMoved
		}
	}
	return s, l.sub != nil && !l.hidden
}

// strand fails the subscriptions of an embedded server that is not where it was
// when they began: another program may be listening there now. No lock is held
// while their streams end.
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
