package client

import (
	"context"
	"errors"
	"sync"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// ReadyState is the state of a subscription, as EventSource numbers it.
type ReadyState uint8

// The states.
const (
	Connecting ReadyState = iota // waiting for a response, or for the next attempt
	Open                         // a stream is being read
	Closed                       // ended by the user, by its end marker or engine, or failed for good
)

// String returns the state in lower case.
func (r ReadyState) String() string {
	return [...]string{"connecting", "open", "closed"}[r]
}

// Status is the state of a subscription at one moment.
type Status struct {
	ReadyState ReadyState
	Since      time.Time // of the last change of ReadyState
	RetryAt    time.Time // when the next connection will be made; zero unless waiting for it

	Conn        int // number of the connection, from 1
	Reconnects  int // connections made after the first
	Events      int64
	Bytes       int64 // of the bodies of all connections
	LastEventID string

	// Last is the End or Fail record of the latest connection, which says why the
	// subscription is Closed or reconnecting. It is zero before the first one ends
	// and while Open.
	Last record.Record
}

// Subscription is one subscribe over all its reconnects. Its methods are safe for
// concurrent use. It runs until Cancel, until its context ends, or until its engine
// returns: the default one does when the stream fails for good or its end marker
// arrives.
type Subscription struct {
	client  *Client
	engine  string
	options Options
	call    Call
	name    string // of the target, for records
	route   route  // set by run
	cancel  context.CancelCauseFunc
	kicked  chan struct{} // receives when the wait for the next connection should end
	done    chan struct{}
	settled chan struct{}
	settle  func() // closes settled, once

	reconnects int // in a row, without an event between them; used by the subscription's goroutine only

	mu     sync.Mutex
	status Status                  // written by the subscription's goroutine only, which reads it without mu
	drop   context.CancelCauseFunc // of the current connection, nil before the first
	from   *string                 // the ID of ReconnectFrom until a connection uses it
}

// Options say how a subscription reads its stream. The zero value reads it like a
// browser.
type Options struct {
	Engine   string // one of Engines; any other name means the first of them
	Chromium bool   // send the headers that Chromium sends, Accept-Encoding included
	Origin   string // the Origin header, as from a page there; "" sends none

	// Compressed sends Chromium's Accept-Encoding, unless the target's Connection sets
	// another one. Compressed responses are decoded in any case.
	Compressed bool

	LastEventID string // sent with the first connection; "" means none

	// ReconnectionTime is the wait before a reconnect until the server sets one; 0
	// means the engine's default.
	ReconnectionTime time.Duration

	// MaxReconnects is the number of reconnects in a row without an event between
	// them after which the subscription fails. 0 means no limit, negative means no
	// reconnect. With 0, a request that is neither GET nor HEAD is made once, since
	// each one may cost something: the subscription ends with its stream.
	MaxReconnects int

	// EndMarker is the data of the event that ends the subscription, for example
	// [DONE]. What follows it is not read. "" means none.
	EndMarker string
}

// With returns o with the options that a target sets for its subscriptions.
func (o Options) With(spec *endpoint.Spec) Options {
	o.LastEventID, o.EndMarker = spec.LastEventID, spec.EndMarker
	o.ReconnectionTime = time.Duration(spec.ReconnectionTime)
	if spec.MaxReconnects != nil {
		if o.MaxReconnects = *spec.MaxReconnects; o.MaxReconnects == 0 {
			o.MaxReconnects = -1 // none
		}
	}
	return o
}

// Subscribe starts a subscription and returns immediately. The end of ctx counts as
// Cancel with the context's cause. Each connection, reconnects included, sends the
// method, headers and body of the request, although the standard knows only GET.
// The engine adds Last-Event-ID, and Accept and Cache-Control unless the request
// has them.
func (c *Client) Subscribe(ctx context.Context, call Call, o Options) *Subscription {
	ctx, cancel := context.WithCancelCause(ctx)
	engine := engineNamed(o.Engine)
	s := &Subscription{
		client: c, engine: engine.name, options: o, call: call, name: call.name(), cancel: cancel,
		done: make(chan struct{}), settled: make(chan struct{}), kicked: make(chan struct{}, 1),
		status: Status{Since: time.Now(), LastEventID: o.LastEventID},
	}
	s.settle = sync.OnceFunc(func() { close(s.settled) })
	go s.run(ctx, engine.new(s))
	return s
}

func (s *Subscription) run(ctx context.Context, e engine) {
	defer close(s.done)
	defer s.cancel(nil)
	var failure record.Failure
	var detail string
	request, err := s.call.request(ctx)
	if err != nil {
		failure, detail = badRequest(err), cause(err).Error()
	} else if s.route, err = s.client.route(s.call.Connection); err != nil {
		failure, detail = problemFailure(err)
	}
	if err != nil {
		c := s.connect(ctx, nil)
		defer c.abort(nil)
		c.recordRequest(nil)
		fail := s.failRecord(failure)
		fail.Detail = s.call.Masker.Message(detail)
		s.finish(fail)
		return
	}
	s.finish(e.run(ctx, request))
}

// finish emits the last record.
func (s *Subscription) finish(last record.Record) {
	s.update(func(st *Status) {
		st.setState(Closed, last.Time)
		st.RetryAt, st.Last = time.Time{}, last
	})
	s.settle()
	s.client.Record(last)
}

// reconnecting emits the last record of a connection and the Reconnect record.
func (s *Subscription) reconnecting(last, again record.Record) {
	if last.Events > 0 {
		s.reconnects = 0
	}
	s.reconnects++
	again.ID = s.status.LastEventID
	s.update(func(st *Status) {
		st.setState(Connecting, last.Time)
		st.RetryAt, st.Last = again.Time.Add(again.Delay), last
	})
	s.settle()
	s.client.Record(last)
	s.client.Record(again)
}

// Engine returns the name of the subscription's engine.
func (s *Subscription) Engine() string { return s.engine }

// ClientID returns the clientId of the subscription.
func (s *Subscription) ClientID() string { return s.call.ClientID }

// Status returns the current status. It is cheap and never waits for the network or
// for Record.
func (s *Subscription) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Cancel ends the subscription on the user's behalf, in any state, and returns
// immediately: Done is closed after the last record. The text of cause becomes the
// Detail of the End record; nil means none. Only the first call counts.
func (s *Subscription) Cancel(cause error) { s.cancel(cause) }

// Done is closed after Record has returned from the last record and the
// subscription's goroutine has finished its work.
func (s *Subscription) Done() <-chan struct{} { return s.done }

// Settled is closed when the first connection is open or has failed: a message sent
// after that finds the subscriber, if there is one.
func (s *Subscription) Settled() <-chan struct{} { return s.settled }

func (s *Subscription) update(change func(*Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.status)
}

// setState must be called within update.
func (st *Status) setState(state ReadyState, now time.Time) {
	if st.ReadyState != state {
		st.ReadyState, st.Since = state, now
	}
}

// newRecord returns a record of the current connection.
func (s *Subscription) newRecord(kind record.Kind, now time.Time) record.Record {
	return record.Record{
		Kind: kind, Time: now, Target: s.name, ClientID: s.call.ClientID, Conn: s.status.Conn,
	}
}

// detail returns the text of a context's cause, "" if it has none.
func detail(ctx context.Context) string {
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err.Error()
	}
	return ""
}
