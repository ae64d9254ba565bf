package client

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
	"sseconsole/client/target"
)

const (
	maxBackoff     = 30 * time.Second
	minBackoff     = 100 * time.Millisecond
	bodyBeginning  = 1 << 10         // how much of an unexpected body is recorded
	bodyPatience   = 2 * time.Second // how long its beginning is waited for
	readBufferSize = 32 << 10
)

// run is the EventSource loop. Each connection is a Subscribe record, an Open
// one if there is a stream, what came over it, and one End or Fail.
func (s *Subscription) run(ctx context.Context) {
	defer close(s.done)
	defer s.cancel(nil)
	for {
		last := s.connect(ctx)
		if last.Kind == record.Fail || last.By == record.ByPerson {
			s.finish(last)
			return
		}
		if !s.wait(ctx, last) {
			s.finish(s.brokenRecord(ctx, "", nil))
			return
		}
	}
}

func (s *Subscription) finish(last record.Record) {
	s.update(func(st *Status) {
		st.setState(Closed, last.Time)
		st.RetryAt, st.Last = time.Time{}, last
	})
	s.settle()
	s.client.Record(last)
}

// wait lets the reconnection time pass after a connection that ended with
// last. It reports whether the next connection may be made.
func (s *Subscription) wait(ctx context.Context, last record.Record) bool {
	again := s.newRecord(record.Reconnect, last.Time)
	again.Delay, again.Source = s.nextDelay(last.By == record.ByNetwork)
	again.ID = s.status.LastEventID
	retryAt := last.Time.Add(again.Delay)
	s.update(func(st *Status) {
		st.setState(Connecting, last.Time)
		st.RetryAt, st.Last = retryAt, last
	})
	s.settle()
	s.client.Record(last)
	s.client.Record(again)
	timer := time.NewTimer(time.Until(retryAt))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// nextDelay returns the reconnection time, or a longer one after a second
// network failure without a stream in between.
func (s *Subscription) nextDelay(failed bool) (time.Duration, record.DelaySource) {
	if failed {
		s.failures++
	}
	longest := max(maxBackoff, s.reconnectionTime)
	switch {
	case s.failures <= 1:
		s.delay = s.reconnectionTime
	case s.delay > longest/2:
		s.delay = longest
	default:
		s.delay = max(2*s.delay, minBackoff)
	}
	if s.delay == s.reconnectionTime {
		return s.delay, s.source
	}
	return s.delay, record.FromBackoff
}

// connect makes one connection and reads it to its end. It hands over all its
// records but the last, the End or Fail that it returns.
func (s *Subscription) connect(ctx context.Context) record.Record {
	sent := time.Now()
	s.update(func(st *Status) {
		st.Reconnects = st.Conn
		st.Conn++
		st.RetryAt = time.Time{}
	})
	requestCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	response, failure, err := s.request(requestCtx, sent)
	now := time.Now()
	switch {
	case err != nil && futile(failure) && ctx.Err() == nil:
		fail := s.failRecord(failure, now)
		fail.Took, fail.Detail = now.Sub(sent), cause(err).Error()
		return fail
	case err != nil:
		end := s.brokenRecord(ctx, failure, err)
		end.Took = now.Sub(sent)
		return end
	}
	defer response.Body.Close()
	if failure := refusal(response); failure != "" {
		fail := s.failRecord(failure, now)
		fail.Took = now.Sub(sent)
		fail.Status, fail.ContentType = response.StatusCode, contentType(response)
		stop := time.AfterFunc(bodyPatience, cancel)
		defer stop.Stop()
		body, _ := io.ReadAll(io.LimitReader(response.Body, bodyBeginning+utf8.UTFMax))
		fail.Data = beginning(body)
		return fail
	}
	open := s.newRecord(record.Open, now)
	open.Proto, open.Status, open.ContentType = response.Proto, response.StatusCode, contentType(response)
	open.Took = now.Sub(sent)
	s.failures = 0
	s.update(func(st *Status) {
		st.setState(Open, now)
		st.Last = record.Record{}
	})
	s.settle()
	s.client.Record(open)
	return s.read(ctx, response.Body, now)
}

// request hands over the record of a connection's request and makes it.
func (s *Subscription) request(ctx context.Context, now time.Time) (*http.Response, record.Failure, error) {
	address := s.target.SubscribeURL(s.clientID)
	header := http.Header{
		"Accept":        {"text/event-stream"},
		"Cache-Control": {"no-cache"},
		"User-Agent":    {cmp.Or(s.client.UserAgent, userAgent)},
	}
	id := s.status.LastEventID
	if !sendable(id) {
		notice := s.newRecord(record.Notice, now)
		notice.Type, notice.ID = NoticeIDNotSent, id
		s.client.Record(notice)
		id = ""
	}
	if id != "" {
		header.Set("Last-Event-ID", id)
	}
	asked := s.newRecord(record.Subscribe, now)
	asked.Method, asked.URL, asked.ID = http.MethodGet, target.Mask(address), id
	s.client.Record(asked)
	return do(ctx, &s.http, http.MethodGet, address, header, nil)
}

// NoticeIDNotSent is the Type of the Notice before a connection that goes
// without Last-Event-ID, because the ID has control characters that HTTP does
// not carry. Its ID holds the ID.
const NoticeIDNotSent = "last_event_id_not_sent"

// sendable reports whether net/http sends a header of this value.
func sendable(value string) bool {
	return strings.IndexFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }) < 0
}

// refusal says why a response is no stream, "" if it is one.
func refusal(r *http.Response) record.Failure {
	switch {
	case r.StatusCode == http.StatusNoContent:
		return record.NoContent
	case r.StatusCode != http.StatusOK:
		return record.BadStatus
	case !isEventStream(r.Header["Content-Type"]):
		return record.NotAStream
	}
	return ""
}

// read decodes an open stream to its end.
func (s *Subscription) read(ctx context.Context, body io.Reader, opened time.Time) record.Record {
	before := s.status
	now := opened
	decoder := eventstream.Decoder{
		LastEventID: before.LastEventID,
		Limit:       max(cmp.Or(s.client.MaxEvent, defaultMaxEvent), 0),
		Handle:      func(i eventstream.Item) { s.handle(i, now) },
	}
	buffer := make([]byte, readBufferSize)
	var err, tooLarge error
	for err == nil && tooLarge == nil && ctx.Err() == nil {
		var n int
		n, err = body.Read(buffer)
		now = time.Now()
		s.update(func(st *Status) { st.Bytes += int64(n) })
		_, tooLarge = decoder.Write(buffer[:n])
	}
	decoder.End()
	var end record.Record
	switch {
	case tooLarge != nil:
		end = s.failRecord(record.TooLarge, now)
		end.Detail = tooLarge.Error()
	case err == io.EOF && ctx.Err() == nil:
		end = s.newRecord(record.End, now)
		end.By = record.ByServer
	default:
		end = s.brokenRecord(ctx, Classify(err), err)
	}
	end.Took = end.Time.Sub(opened)
	end.Events, end.Bytes = s.status.Events-before.Events, s.status.Bytes-before.Bytes
	return end
}

// handle turns an item into a record.
func (s *Subscription) handle(i eventstream.Item, now time.Time) {
	r := s.newRecord(0, now)
	r.Data, r.Raw = i.Data, bytes.Clone(i.Raw)
	switch i.Kind {
	case eventstream.Event:
		r.Kind, r.Type, r.ID = record.Event, i.Type, i.ID
	case eventstream.Comment:
		r.Kind = record.Comment
	case eventstream.Retry:
		r.Kind, r.Delay = record.Retry, i.Delay
		s.reconnectionTime, s.source = i.Delay, record.FromRetry
	case eventstream.Cursor:
		r.Kind, r.ID = record.Cursor, i.ID
	case eventstream.Discarded:
		r.Kind = record.Discarded
	}
	s.update(func(st *Status) {
		st.LastEventID = i.ID
		if i.Kind == eventstream.Event {
			st.Events++
		}
	})
	s.client.Record(r)
}

// brokenRecord returns the End of a connection that err ended: by the person
// if ctx is over, else by the network.
func (s *Subscription) brokenRecord(ctx context.Context, failure record.Failure, err error) record.Record {
	end := s.newRecord(record.End, time.Now())
	if ctx.Err() != nil {
		end.By, end.Detail = record.ByPerson, detail(ctx)
	} else {
		end.By, end.Failure, end.Detail = record.ByNetwork, failure, cause(err).Error()
	}
	return end
}

func (s *Subscription) failRecord(failure record.Failure, now time.Time) record.Record {
	fail := s.newRecord(record.Fail, now)
	fail.Call, fail.Failure = record.Subscribe, failure
	return fail
}
