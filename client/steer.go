package client

import (
	"context"
	"errors"
	"net/http"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// Why the console itself ends a connection but not the subscription.
var (
	errDropped = errors.New("client: dropped")
	errSilent  = errors.New("client: silent for too long")
	errMarker  = errors.New("client: end marker")
)

// Drop breaks the connection, as a network does that fails: the engine goes on
// as it does then. It does nothing while there is no connection.
func (s *Subscription) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drop != nil {
		s.drop(errDropped)
	}
}

// ReconnectFrom drops the connection, or ends the wait for the next one, and
// lets the next one carry id as its Last-Event-ID, "" for none. It is made at
// once, by engine GoSSE when that wants to. It reports whether the engine
// reconnects at all; else nothing happens.
func (s *Subscription) ReconnectFrom(id string) bool {
	if s.engine == Stream {
		return false
	}
	s.mu.Lock()
	s.from = &id
	s.mu.Unlock()
	select {
	case s.kicked <- struct{}{}:
	default: // it is on its way
	}
	s.Drop()
	return true
}

// takeFrom returns the ID that the next connection was asked to carry, and
// whether it was.
func (s *Subscription) takeFrom() (id string, asked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.from == nil {
		return "", false
	}
	id, s.from = *s.from, nil
	select {
	case <-s.kicked:
	default:
	}
	return id, true
}

// exhausted reports whether no reconnect is allowed after a connection that
// ended with last.
func (s *Subscription) exhausted(last record.Record) bool {
	limit := s.options.MaxReconnects
	return limit < 0 || limit > 0 && last.Events == 0 && s.reconnects >= limit
}

// once reports whether a request of a method is not made again: nobody said how
// often it may be. What a person asks for is another matter.
func (s *Subscription) once(method string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return method != http.MethodGet && method != http.MethodHead && s.options.MaxReconnects == 0 && s.from == nil
}

// giveUp emits the last connection's end and returns the record that says
// that there will be no other.
func (s *Subscription) giveUp(last record.Record) record.Record {
	s.client.Record(last)
	return s.failRecord(record.TooManyReconnects)
}

// watch ends the connection when nothing comes for as long as its endpoint
// allows: call heard at every read that brought something, and stop in the end.
func (c *connection) watch() (heard func(), stop func()) {
	limit := time.Duration(c.sub.call.Connection.IdleTimeout)
	if limit <= 0 {
		return func() {}, func() {}
	}
	timer := time.AfterFunc(limit, func() { c.abort(errSilent) })
	return func() { timer.Reset(limit) }, func() { timer.Stop() }
}

// failure is the cause of err, which may be the console itself.
func (c *connection) failure(err error) record.Failure {
	switch context.Cause(c.ctx) {
	case errDropped:
		return record.Dropped
	case errSilent:
		return record.IdleTimeout
	}
	return c.sub.route.failure(err)
}

// isMarker reports whether an item is the event that ends the subscription.
func (c *connection) isMarker(i *eventstream.Item) bool {
	marker := c.sub.options.EndMarker
	return marker != "" && i.Kind == eventstream.Event && i.Data == marker
}
