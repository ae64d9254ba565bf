package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
	"unicode/utf8"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
	"sseconsole/client/target"
)

const (
	bodyBeginning = 1 << 10         // how much of an unexpected body is recorded
	bodyPatience  = 2 * time.Second // how long its beginning is waited for
	bufferSize    = 128 << 10       // of the memory that chunks share
	leastRead     = 32 << 10        // how much a read may bring at least
)

// connection is one HTTP request of a subscription and what comes over it. It
// makes the records of both for whichever engine reads. Its methods run in the
// subscription's goroutine.
type connection struct {
	*Subscription
	next   http.RoundTripper
	ctx    context.Context // of the request and the reading of its body
	abort  context.CancelFunc
	sent   time.Time
	opened time.Time     // zero until the response was accepted
	before Status        // when it was opened
	chunk  record.Record // the latest one
	item   record.Record // for itemRecord
}

// connect starts the next connection, to be made with next. The caller aborts
// it when it is over.
func (s *Subscription) connect(ctx context.Context, next http.RoundTripper) *connection {
	c := &connection{Subscription: s, next: next, sent: time.Now()}
	c.ctx, c.abort = context.WithCancel(ctx)
	s.update(func(st *Status) {
		st.Reconnects = st.Conn
		st.Conn++
		st.RetryAt = time.Time{}
	})
	return c
}

// get makes the request; header is the part of its header that the engine sets.
func (c *connection) get(request *http.Request, header http.Header) (*http.Response, error) {
	client := http.Client{Transport: c, CheckRedirect: checkRedirect}
	request = request.Clone(c.ctx)
	request.Header = header
	return client.Do(request)
}

// RoundTrip hands over the record of the request and makes it. What a redirect
// leads to belongs to the same record.
func (c *connection) RoundTrip(r *http.Request) (*http.Response, error) {
	r = c.options.apply(r.WithContext(c.ctx))
	if r.Response == nil {
		c.asked(r)
	}
	response, err := c.next.RoundTrip(r)
	if err == nil && c.options.Chromium {
		decode(response)
	}
	return response, err
}

// asked hands over the record of the connection's request, nil for an address
// that none can be made for.
func (c *connection) asked(r *http.Request) {
	asked := c.newRecord(record.Subscribe, c.sent)
	asked.Engine = c.engine
	asked.Method, asked.URL = http.MethodGet, target.Mask(c.target.SubscribeURL(c.clientID))
	if r != nil {
		asked.ID, asked.Header = r.Header.Get("Last-Event-ID"), sentHeader(r, c.next)
	}
	c.client.Record(asked)
}

// unanswered returns the record of a request that err left without a response.
func (c *connection) unanswered(ctx context.Context, err error) record.Record {
	failure := Classify(err)
	var last record.Record
	if futile(failure) && ctx.Err() == nil {
		last = c.failRecord(failure)
		last.Detail = cause(err).Error()
	} else {
		last = c.broken(ctx, failure, err)
	}
	last.Took = last.Time.Sub(c.sent)
	return last
}

// refused returns the record of a response that the engine does not read.
func (c *connection) refused(response *http.Response, why record.Failure) record.Record {
	fail := c.failRecord(why)
	fail.Took = fail.Time.Sub(c.sent)
	describe(&fail, response)
	stop := time.AfterFunc(bodyPatience, c.abort)
	defer stop.Stop()
	body, _ := io.ReadAll(io.LimitReader(response.Body, bodyBeginning+utf8.UTFMax))
	fail.Data = beginning(body)
	return fail
}

// open hands over the record of a response that the engine reads.
func (c *connection) open(response *http.Response) {
	open := c.newRecord(record.Open, time.Now())
	describe(&open, response)
	open.Took = open.Time.Sub(c.sent)
	c.opened, c.before = open.Time, c.status
	c.item = c.newRecord(0, open.Time)
	c.update(func(st *Status) {
		st.setState(Open, open.Time)
		st.Last = record.Record{}
	})
	c.settle()
	c.client.Record(open)
}

// read reads body until it or ctx ends or take fails, and returns why, nil for
// ctx. Take gets each chunk after its record.
func (c *connection) read(ctx context.Context, body io.Reader, take func(chunk []byte) error) error {
	var buffer []byte // each chunk keeps its part for good, and so is never copied
	for ctx.Err() == nil {
		if len(buffer) < leastRead {
			buffer = make([]byte, bufferSize)
		}
		n, err := body.Read(buffer)
		if n > 0 {
			c.took(buffer[:n:n])
			buffer = buffer[n:]
			if err := take(c.chunk.Raw); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// end returns the record of an open connection's end, which err tells the
// reason of unless ctx is over.
func (c *connection) end(ctx context.Context, err error) record.Record {
	var end record.Record
	var tooLarge *eventstream.TooLargeError
	switch {
	case errors.As(err, &tooLarge):
		end = c.failRecord(record.TooLarge)
		end.Detail = err.Error()
	case err == io.EOF && ctx.Err() == nil:
		end = c.newRecord(record.End, time.Now())
		end.By = record.ByServer
	default:
		end = c.broken(ctx, Classify(err), err)
	}
	end.Took = end.Time.Sub(c.opened)
	end.Events, end.Bytes = c.status.Events-c.before.Events, c.status.Bytes-c.before.Bytes
	return end
}

// took hands over the record of what one read brought, and raw with it.
func (c *connection) took(raw []byte) {
	chunk := c.newRecord(record.Chunk, time.Now())
	chunk.Raw, chunk.Bytes = raw, int64(len(raw))
	chunk.Offset = c.chunk.Offset + c.chunk.Bytes
	chunk.FirstChunk = c.chunk.FirstChunk + 1
	chunk.LastChunk = chunk.FirstChunk
	c.chunk = chunk
	c.update(func(st *Status) { st.Bytes += chunk.Bytes })
	c.client.Record(chunk)
}

// itemRecord turns a decoded item into a record, of no kind if it is Ignored,
// that is the connection's and lasts until the next one. Its Raw is part of the
// chunk's unless it lies in several.
func (c *connection) itemRecord(i *eventstream.Item) *record.Record {
	r := &c.item // not made anew: at millions a second that would be most of the work
	r.Kind, r.Time, r.Type, r.ID = 0, c.chunk.Time, "", ""
	switch i.Kind {
	case eventstream.Event:
		r.Kind, r.Type, r.ID = record.Event, i.Type, i.ID
	case eventstream.Comment:
		r.Kind = record.Comment
	case eventstream.Retry:
		r.Kind = record.Retry
	case eventstream.Cursor:
		r.Kind, r.ID = record.Cursor, i.ID
	case eventstream.Ignored:
		r.ID = i.ID
	case eventstream.Discarded:
		r.Kind, r.Time = record.Discarded, time.Now()
	}
	r.Data, r.Delay, r.Offset, r.FirstChunk, r.LastChunk = i.Data, i.Delay, i.Offset, i.FirstChunk, i.LastChunk
	if i.FirstChunk == c.chunk.FirstChunk {
		from := int(i.Offset - c.chunk.Offset)
		to := from + len(i.Raw)
		r.Raw = c.chunk.Raw[from:to:to]
	} else {
		r.Raw = bytes.Clone(i.Raw)
	}
	return r
}

// broken returns the End of a connection that err ended: by the person if ctx
// is over, else by the network.
func (s *Subscription) broken(ctx context.Context, failure record.Failure, err error) record.Record {
	end := s.newRecord(record.End, time.Now())
	if ctx.Err() != nil {
		end.By, end.Detail = record.ByPerson, detail(ctx)
	} else {
		end.By, end.Failure, end.Detail = record.ByNetwork, failure, cause(err).Error()
	}
	return end
}

func (s *Subscription) failRecord(failure record.Failure) record.Record {
	fail := s.newRecord(record.Fail, time.Now())
	fail.Call, fail.Failure = record.Subscribe, failure
	return fail
}
