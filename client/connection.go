package client

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"sseconsole/client/endpoint"
	"sseconsole/client/eventstream"
	"sseconsole/client/record"
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
	sub    *Subscription
	next   http.RoundTripper
	ctx    context.Context         // of the request and the reading of its body
	abort  context.CancelCauseFunc // its cause is nil or one of those below
	sent   time.Time
	opened time.Time     // zero until the response was accepted
	before Status        // when it was opened
	chunk  record.Record // the latest one
	item   record.Record // for itemRecord
	marked bool          // the end marker came

	decoded bool // the response came compressed

	elsewhere bool   // it goes where redirects led the one before
	origin    string // in whose name it is asked for, "" for none
}

// connect starts the next connection, to be made with next. The caller aborts
// it when it is over.
func (s *Subscription) connect(ctx context.Context, next http.RoundTripper) *connection {
	c := &connection{sub: s, next: next, sent: time.Now(), origin: s.options.Origin}
	c.ctx, c.abort = context.WithCancelCause(ctx)
	s.update(func(st *Status) {
		s.drop = c.abort
		st.Reconnects = st.Conn
		st.Conn++
		st.RetryAt = time.Time{}
	})
	return c
}

// get makes the request; header is the part of its header that the engine sets.
func (c *connection) get(request *http.Request, header http.Header) (*http.Response, error) {
	client := http.Client{Transport: c, CheckRedirect: c.checkRedirect, Jar: c.jar(request)}
	request = request.Clone(stayAway(c.ctx, request.Context()))
	if request.GetBody != nil {
		body, err := request.GetBody()
		if err != nil {
			return nil, err
		}
		request.Body = body
	}
	request.Header = c.sub.call.header(header)
	if isAway(request) {
		maps.DeleteFunc(request.Header, func(name string, _ []string) bool { return !harmless(name) })
	}
	if id, ok := header["Last-Event-Id"]; ok {
		request.Header["Last-Event-Id"] = id
	}
	return client.Do(request)
}

// jar returns the cookies that go with a request: none in the name of a page of
// another origin, whose EventSource has no credentials.
func (c *connection) jar(request *http.Request) http.CookieJar {
	if page := c.sub.options.Origin; page != "" && page != originOf(request.URL) {
		return nil
	}
	return c.sub.call.Jar
}

// checkRedirect follows redirects. From one foreign origin to another they go in the
// name of no page (Fetch, section 4.4, HTTP-redirect fetch).
func (c *connection) checkRedirect(req *http.Request, via []*http.Request) error {
	r := c.sub.newRecord(record.Redirect, time.Time{})
	r.Call = record.Subscribe
	if from := originOf(via[len(via)-1].URL); c.origin != "" && from != c.origin && from != originOf(req.URL) {
		c.origin = "null"
	}
	return c.sub.client.hop(r, c.sub.call, req, via)
}

// RoundTrip emits the record of the request and makes it. A request that a
// redirect led to has a record of its own already.
func (c *connection) RoundTrip(r *http.Request) (*http.Response, error) {
	next, err := c.sub.client.routeOf(r, c.next)
	if err != nil {
		return nil, err
	}
	r = c.sub.options.apply(r.WithContext(stayAway(c.ctx, r.Context())), c.origin)
	if codings := c.sub.codings(r.URL); codings != "" && r.Header.Get("Accept-Encoding") == "" {
		r = r.Clone(r.Context())
		r.Header.Set("Accept-Encoding", codings)
	}
	if r.Response == nil {
		c.asked(r)
	}
	response, err := roundTrip(next, asTyped(r, next))
	if err == nil {
		c.decoded = decode(response, c.gzipEnded)
	}
	return response, err
}

// gzipEnded says that the rest of the body is not read.
func (c *connection) gzipEnded() {
	notice := c.sub.newRecord(record.Notice, time.Now())
	notice.Type = string(record.NoticeGzipEnded)
	c.sub.client.Record(notice)
}

// codings returns the compressions that a request asks for, "" for none.
func (s *Subscription) codings(u *url.URL) string {
	switch codings := s.call.Connection.Compression; {
	case s.options.Chromium, codings == "" && s.options.Compressed:
		return chromiumCodings(u)
	case codings == endpoint.CompressionAll:
		return strings.Join(endpoint.Compressions(), ", ")
	default:
		return codings
	}
}

// longestEvent returns the longest event that is read, in bytes; 0 is any. What
// came compressed may be a thousandth of that over the wire.
func (c *connection) longestEvent() int {
	longest := max(cmp.Or(c.sub.client.MaxEvent, defaultMaxEvent), 0)
	if c.decoded && c.sub.client.MaxEvent == 0 {
		longest = maxDecodedEvent
	}
	return longest
}

// asked emits the record of the connection's request, nil for an address
// that none can be made for.
func (c *connection) asked(r *http.Request) {
	asked := c.sub.newRecord(record.Subscribe, c.sent)
	asked.Engine = c.sub.engine
	e := c.sub.call
	asked.Method, asked.URL = e.mask(e.Request.Verb()), e.mask(e.Request.URL)
	if r == nil || r.Body != nil {
		asked.Body = e.body()
	}
	if r != nil {
		asked.Method = e.mask(r.Method)
		if c.elsewhere {
			asked.URL = e.mask(r.URL.String())
		}
		asked.ID, asked.Header = r.Header.Get("Last-Event-ID"), e.Masker.Header(sentHeader(r, c.next))
	}
	c.sub.client.Record(asked)
}

// unanswered returns the record of a request that err left without a response.
func (c *connection) unanswered(ctx context.Context, err error) record.Record {
	failure := c.failure(err)
	var last record.Record
	if futile(failure) && ctx.Err() == nil {
		last = c.sub.failRecord(failure)
		last.Detail = c.sub.call.why(err)
	} else {
		last = c.sub.broken(ctx, failure, err)
	}
	last.Took = last.Time.Sub(c.sent)
	return last
}

// refused returns the record of a response that the engine does not read.
func (c *connection) refused(response *http.Response, why record.Failure) record.Record {
	fail := c.sub.failRecord(why)
	fail.Took = fail.Time.Sub(c.sent)
	c.sub.call.describe(&fail, response)
	if why == record.Redirected {
		fail.Detail = c.sub.call.mask(location(response))
	}
	stop := time.AfterFunc(bodyPatience, func() { c.abort(nil) })
	defer stop.Stop()
	body, _ := io.ReadAll(io.LimitReader(response.Body, bodyBeginning+utf8.UTFMax))
	fail.Data = c.sub.call.answer(response, body)
	return fail
}

// open emits the record of a response that the engine reads.
func (c *connection) open(response *http.Response) {
	open := c.sub.newRecord(record.Open, time.Now())
	c.sub.call.describe(&open, response)
	open.Took = open.Time.Sub(c.sent)
	c.opened, c.before = open.Time, c.sub.status
	c.item = c.sub.newRecord(0, open.Time)
	c.sub.update(func(st *Status) {
		st.setState(Open, open.Time)
		st.Last = record.Record{}
	})
	c.sub.settle()
	c.sub.client.Record(open)
}

// read reads body until it or ctx ends or take fails, and returns why, nil for
// ctx. Take gets each chunk after its record.
func (c *connection) read(ctx context.Context, body io.Reader, take func(chunk []byte) error) error {
	heard, stop := c.watch()
	defer stop()
	var buffer []byte // each chunk keeps its part for good, and so is never copied
	for ctx.Err() == nil {
		if len(buffer) < leastRead {
			buffer = make([]byte, bufferSize)
		}
		n, err := body.Read(buffer)
		if n > 0 {
			heard()
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
		end = c.sub.failRecord(record.TooLarge)
		end.Detail = err.Error()
	case err == io.EOF && ctx.Err() == nil:
		end = c.sub.newRecord(record.End, time.Now())
		end.By = record.ByServer
	case err == errMarker && ctx.Err() == nil:
		end = c.sub.newRecord(record.End, time.Now())
		end.By, end.Data = record.ByMarker, c.sub.options.EndMarker
	default:
		end = c.sub.broken(ctx, c.failure(err), err)
	}
	end.Took = end.Time.Sub(c.opened)
	end.Silent = end.Time.Sub(c.opened)
	if c.chunk.FirstChunk > 0 {
		end.Silent = end.Time.Sub(c.chunk.Time)
	}
	end.Events, end.Bytes = c.sub.status.Events-c.before.Events, c.sub.status.Bytes-c.before.Bytes
	return end
}

// took emits the record of what one read brought, and raw with it.
func (c *connection) took(raw []byte) {
	chunk := c.sub.newRecord(record.Chunk, time.Now())
	chunk.Raw, chunk.Bytes = raw, int64(len(raw))
	chunk.Offset = c.chunk.Offset + c.chunk.Bytes
	chunk.FirstChunk = c.chunk.FirstChunk + 1
	chunk.LastChunk = chunk.FirstChunk
	c.chunk = chunk
	c.sub.update(func(st *Status) { st.Bytes += chunk.Bytes })
	c.sub.client.Record(chunk)
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
	switch {
	case ctx.Err() != nil:
		end.By, end.Detail = record.ByPerson, s.call.Masker.Message(detail(ctx))
	case failure == record.IdleTimeout:
		end.By, end.Failure = record.ByEngine, failure
	case failure == record.Dropped:
		end.By, end.Failure = record.ByNetwork, failure
	default:
		end.By, end.Failure, end.Detail = record.ByNetwork, failure, s.call.why(err)
	}
	return end
}

func (s *Subscription) failRecord(failure record.Failure) record.Record {
	fail := s.newRecord(record.Fail, time.Now())
	fail.Call, fail.Failure = record.Subscribe, failure
	return fail
}
