package client

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/http1"
	"sseconsole/client/record"
)

const (
	maxBackoff = 30 * time.Second
	minBackoff = 100 * time.Millisecond
)

// eventSource is the engine that works like a browser's EventSource.
type eventSource struct {
	sub              *Subscription
	reconnectionTime time.Duration
	source           record.DelaySource
	delay            time.Duration // of the last reconnect
	failures         int           // network failures since the last open stream
	moved            *http.Request // where redirects led the last stream, nil if there were none
}

func newEventSource(s *Subscription) engine {
	if t := s.options.ReconnectionTime; t > 0 {
		return &eventSource{sub: s, reconnectionTime: t, source: record.FromTarget}
	}
	return &eventSource{sub: s, reconnectionTime: eventstream.DefaultReconnectionTime, source: record.FromDefault}
}

func (e *eventSource) run(ctx context.Context, request *http.Request) record.Record {
	for {
		last := e.connect(ctx, request)
		switch {
		case last.Kind == record.Fail || last.By == record.ByPerson || last.By == record.ByMarker:
			return last
		case e.sub.exhausted(last):
			return e.sub.giveUp(last)
		case e.sub.once(e.next(request).Method):
			return last
		}
		if !e.wait(ctx, last) {
			return e.sub.broken(ctx, "", nil)
		}
	}
}

// wait waits for the reconnection time after a connection that ended with last. It
// returns false if ctx is done.
func (e *eventSource) wait(ctx context.Context, last record.Record) bool {
	again := e.sub.newRecord(record.Reconnect, last.Time)
	again.Delay, again.Source = e.nextDelay(last.By == record.ByNetwork)
	e.applyManual(&again)
	e.sub.reconnecting(last, again)
	timer := time.NewTimer(time.Until(again.Time.Add(again.Delay)))
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return ctx.Err() == nil
		case <-ctx.Done():
			return false
		case <-e.sub.kicked:
			if now := e.sub.newRecord(record.Reconnect, time.Now()); e.applyManual(&now) {
				now.ID = e.sub.status.LastEventID
				e.sub.client.Record(now)
				return ctx.Err() == nil
			}
		}
	}
}

// applyManual marks the reconnect as requested by the user and reports whether it
// was.
func (e *eventSource) applyManual(again *record.Record) bool {
	id, asked := e.sub.takeFrom()
	if asked {
		again.Delay, again.Source = 0, record.FromPerson
		e.sub.update(func(st *Status) { st.LastEventID = id })
	}
	return asked
}

// nextDelay returns the reconnection time, or a longer one from the second network
// failure in a row on.
func (e *eventSource) nextDelay(failed bool) (time.Duration, record.DelaySource) {
	if failed {
		e.failures++
	}
	longest := max(maxBackoff, e.reconnectionTime)
	switch {
	case e.failures <= 1:
		e.delay = e.reconnectionTime
	case e.delay > longest/2:
		e.delay = longest
	default:
		e.delay = max(2*e.delay, minBackoff)
	}
	if e.delay == e.reconnectionTime {
		return e.delay, e.source
	}
	return e.delay, record.FromBackoff
}

// connect makes one connection, reads it to its end and returns its last record.
func (e *eventSource) connect(ctx context.Context, request *http.Request) record.Record {
	c := e.sub.connect(ctx, e.sub.route.RoundTripper)
	defer c.abort(nil)
	request, c.elsewhere = e.next(request), e.moved != nil
	response, err := c.get(request, e.header())
	if err != nil {
		return c.unanswered(ctx, err)
	}
	defer response.Body.Close()
	if failure := refusal(response); failure != "" {
		return c.refused(response, failure)
	}
	e.failures = 0
	c.open(response)
	e.follow(request, response.Request)
	decoder := eventstream.Decoder{
		LastEventID: e.sub.status.LastEventID,
		Limit:       c.longestEvent(),
		Handle:      func(i *eventstream.Item) { e.handle(c, i) },
	}
	err = c.read(ctx, response.Body, func(chunk []byte) error {
		if _, err := decoder.Write(chunk); err != nil {
			return err
		}
		if c.marked {
			return errMarker
		}
		return nil
	})
	if !c.marked {
		decoder.End()
	}
	return c.end(ctx, err)
}

// next returns the request of the next connection.
func (e *eventSource) next(first *http.Request) *http.Request {
	if e.moved != nil {
		return e.moved
	}
	return first
}

// follow makes the next connection go where redirects led, whatever their status, as
// Chromium does. The standard does not say so.
func (e *eventSource) follow(asked, last *http.Request) {
	if last == nil || last.Response == nil { // there was no redirect
		return
	}
	next := asked.Clone(stayAway(asked.Context(), last.Context()))
	u := *last.URL
	u.Opaque = "" // set by asTyped
	next.Method, next.URL, next.Host = last.Method, &u, last.Host
	if last.Body == nil {
		next.Body, next.GetBody, next.ContentLength = nil, nil, 0
	}
	e.moved = next
}

func (e *eventSource) header() http.Header {
	header := http.Header{
		"Accept":        {"text/event-stream"},
		"Cache-Control": {"no-cache"},
		"User-Agent":    {cmp.Or(e.sub.client.UserAgent, userAgent)},
	}
	switch id := e.sub.status.LastEventID; {
	case !sendable(id):
		notice := e.sub.newRecord(record.Notice, time.Now())
		notice.Type, notice.ID = string(record.NoticeLastEventIDNotSent), id
		e.sub.client.Record(notice)
	case id != "":
		header.Set("Last-Event-ID", id)
	}
	return header
}

// sendable reports whether net/http accepts a header value.
func sendable(value string) bool {
	return strings.IndexFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }) < 0
}

// refusal returns why a response is not a stream, "" if it is one.
func refusal(r *http.Response) record.Failure {
	switch {
	case r.StatusCode == http.StatusNoContent:
		return record.NoContent
	case fromProxy(r):
		return record.ProxyAuth
	case location(r) != "":
		return record.Redirected
	case ambiguous(r):
		return record.AuthOrProxyAuth
	case r.StatusCode != http.StatusOK:
		return record.BadStatus
	}
	switch essence, charset := http1.MediaType(r.Header["Content-Type"]); {
	case essence != "text/event-stream":
		return record.NotAStream
	case charset != "" && !strings.EqualFold(charset, "utf-8"):
		return record.BadCharset // as in Chromium; the standard and Firefox read it
	}
	return ""
}

// handle emits the record of an item.
func (e *eventSource) handle(c *connection, i *eventstream.Item) {
	if c.marked {
		return
	}
	switch i.Kind {
	case eventstream.Ignored:
		return
	case eventstream.Retry:
		if e.reconnectionTime, e.source = i.Delay, record.FromRetry; i.Data == "" {
			e.source = record.FromDefault
		}
	}
	r := c.itemRecord(i)
	e.sub.update(func(st *Status) {
		st.LastEventID = i.ID
		if i.Kind == eventstream.Event {
			st.Events++
		}
	})
	c.marked = c.isMarker(i)
	e.sub.client.Record(*r)
}
