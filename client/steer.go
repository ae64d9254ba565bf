package client

import (
	"context"
	"errors"
	"net/http"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// The causes for which the console itself ends a connection. errMarker ends the
// subscription too.
var (
	errDropped = errors.New("client: dropped")
	errSilent  = errors.New("client: silent for too long")
	errMarker  = errors.New("client: end marker")
)

// Drop breaks the connection like a network failure: the engine continues as after
// one. It does nothing while there is no connection.
func (s *Subscription) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drop != nil {
		s.drop(errDropped)
	}
}

// ReconnectFrom drops the connection, or ends the wait for the next one, which
// sends id as its Last-Event-ID ("" sends none). The reconnect is immediate, except
// with engine GoSSE, which waits as it always does. It does nothing and returns
// false if the engine does not reconnect.
func (s *Subscription) ReconnectFrom(id string) bool {
	if s.engine == Stream {
		return false
	}
	s.mu.Lock()
	s.from = &id
	s.mu.Unlock()
	select {
	case s.kicked <- struct{}{}:
	default: // an earlier call is still pending
	}
	s.Drop()
	return true
}

// takeFrom takes the ID of ReconnectFrom and reports whether there was one.
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

// exhausted reports whether MaxReconnects forbids a reconnect after a connection
// that ended with last.
func (s *Subscription) exhausted(last record.Record) bool {
	limit := s.options.MaxReconnects
	return limit < 0 || limit > 0 && last.Events == 0 && s.reconnects >= limit
}

// once reports whether a request of this method is made only once: it may have
// effects, MaxReconnects does not allow repeats, and the user has not asked for one
// with ReconnectFrom.
func (s *Subscription) once(method string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return method != http.MethodGet && method != http.MethodHead && s.options.MaxReconnects == 0 && s.from == nil
}

// giveUp emits the last record of the last connection and returns the Fail record
// of the subscription.
func (s *Subscription) giveUp(last record.Record) record.Record {
	s.client.Record(last)
	return s.failRecord(record.TooManyReconnects)
}

// watch aborts the connection if nothing arrives for its IdleTimeout. Call heard
// after every read of data, and stop at the end.
func (c *connection) watch() (heard func(), stop func()) {
	limit := time.Duration(c.sub.call.Connection.IdleTimeout)
	if limit <= 0 {
		return func() {}, func() {}
	}
	timer := time.AfterFunc(limit, func() { c.abort(errSilent) })
	return func() { timer.Reset(limit) }, func() { timer.Stop() }
}

// failure returns the code of err, which the console itself may have caused.
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
