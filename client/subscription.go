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
	Closed                       // ended by the person, or failed for good
)

// String returns the state in lower case.
func (r ReadyState) String() string {
	return [...]string{"connecting", "open", "closed"}[r]
}

// Status is a subscription at one moment.
type Status struct {
	ReadyState ReadyState
	Since      time.Time // when ReadyState became what it is
	RetryAt    time.Time // when the next connection will be made; zero unless waiting for it

	Conn        int // number of the connection, from 1
	Reconnects  int // connections made after the first
	Events      int64
	Bytes       int64 // of the bodies of all connections
	LastEventID string

	// Last is the End or Fail record of the latest connection, which says why
	// the subscription is Closed or connects again. It is zero before that and
	// while Open.
	Last record.Record
}

// Subscription is one subscribe over all its reconnects. Any goroutine may use
// it. It runs until Cancel, until its context ends, or until its engine is
// through: the default one when it failed for good.
type Subscription struct {
	client  *Client
	engine  string
	options Options
	call    Call
	name    string // of the target, as records have it
	route   route  // set by run
	cancel  context.CancelCauseFunc
	kicked  chan struct{} // holds one when a wait for the next connection should end
	done    chan struct{}
	settled chan struct{}
	settle  func() // closes settled, once

	reconnects int // in a row, without an event between them; of the subscription's goroutine

	mu     sync.Mutex
	status Status                  // written by the subscription's goroutine alone
	drop   context.CancelCauseFunc // of the current connection, nil before the first
	from   *string                 // the ID that ReconnectFrom asked for, until it is used
}

// Options say how a subscription reads its stream. The zero value reads it as
// a browser.
type Options struct {
	Engine   string // one of Engines; any other name means the first of them
	Chromium bool   // send the headers that Chromium sends, and undo the compression it asks for
	Origin   string // the origin of a page to ask in the name of; "" sends none

	// Compressed asks for the compression that Chromium asks for, unless the target's
	// Connection asks for another one. Whatever comes compressed is read in any case.
	Compressed bool

	LastEventID string // that the first connection carries; "" is none

	// ReconnectionTime is waited before a reconnect until the server sets one; 0
	// means the engine's own.
	ReconnectionTime time.Duration

	// MaxReconnects is how many reconnects may follow each other without an event
	// between them; then the subscription fails. 0 means any number, less than 0 none.
	// With 0, a request that is neither GET nor HEAD, which may cost something each
	// time, is made once: its subscription ends with its stream.
	MaxReconnects int

	// EndMarker is the data of the event that ends the subscription, for example
	// [DONE]. What comes behind it is not read. "" is none.
	EndMarker string
}

// With returns o with what a target says of its subscriptions.
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

// Subscribe starts a subscription and returns at once. The end of ctx counts as
// Cancel with the context's cause. Method, headers and body of the request go out
// with each connection, also with each reconnect, which the standard knows for GET
// alone; Last-Event-ID, and Accept and Cache-Control unless the request has them,
// are added as the engine does it.
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
		c.asked(nil)
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

// reconnecting emits the end of a connection and when the next one will be
// made.
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

// Engine returns the name of the engine that reads it.
func (s *Subscription) Engine() string { return s.engine }

// ClientID returns the clientId that it subscribed with.
func (s *Subscription) ClientID() string { return s.call.ClientID }

// Status returns how the subscription stands. It is cheap and never waits for
// the network or for Record.
func (s *Subscription) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Cancel ends the subscription as the person's wish, whatever its state, and
// returns at once: Done tells when its last record was handed over. The cause
// is the detail of its End record; nil is none. Only the first Cancel counts.
func (s *Subscription) Cancel(cause error) { s.cancel(cause) }

// Done is closed after the subscription's last record was handed over. Nothing
// of it runs then.
func (s *Subscription) Done() <-chan struct{} { return s.done }

// Settled is closed when the first connection is open, or has ended otherwise:
// from then on a message that is sent finds the subscriber, if there is one.
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

// detail words why a context ended, and nothing when no cause was given.
func detail(ctx context.Context) string {
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err.Error()
	}
	return ""
}
