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
	bodyBeginning = 1 << 10         // bytes of an unexpected body that are recorded
	bodyPatience  = 2 * time.Second // longest wait for them
	bufferSize    = 128 << 10       // of the buffer that chunks share
	leastRead     = 32 << 10        // smallest buffer given to a read
)

// connection is one HTTP request of a subscription and its response. It emits
// their records for every engine. Its methods run in the subscription's goroutine.
type connection struct {
	sub    *Subscription
	next   http.RoundTripper
	ctx    context.Context         // of the request and the reading of its body
	abort  context.CancelCauseFunc // its cause is nil, errDropped or errSilent
	sent   time.Time
	opened time.Time     // zero until the response was accepted
	before Status        // of the subscription when the response was accepted
	chunk  record.Record // the latest one
	item   record.Record // reused by itemRecord
	marked bool          // the end marker has arrived

	decoded bool // the response is compressed

	elsewhere bool   // it goes where redirects led the one before
	origin    string // the Origin header, "" for none
}

// connect returns the next connection, whose request next makes. The caller calls
// abort when it has ended.
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

// get makes the request; header has what the engine adds to it.
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

// jar returns the cookies for a request: nil if Options.Origin is another origin,
// since the EventSource of such a page sends no credentials.
func (c *connection) jar(request *http.Request) http.CookieJar {
	if page := c.sub.options.Origin; page != "" && page != originOf(request.URL) {
		return nil
	}
	return c.sub.call.Jar
}

// checkRedirect follows redirects. From one foreign origin to another, Origin
// becomes null (Fetch, section 4.4, HTTP-redirect fetch).
func (c *connection) checkRedirect(req *http.Request, via []*http.Request) error {
	r := c.sub.newRecord(record.Redirect, time.Time{})
	r.Call = record.Subscribe
	if from := originOf(via[len(via)-1].URL); c.origin != "" && from != c.origin && from != originOf(req.URL) {
		c.origin = "null"
	}
	return c.sub.client.hop(r, c.sub.call, req, via)
}

// RoundTrip emits the record of the request and makes it. A request after a
// redirect already has a Redirect record.
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
		c.recordRequest(r)
	}
	response, err := roundTrip(next, asTyped(r, next))
	if err == nil {
		c.decoded = decode(response, c.gzipEnded)
	}
	return response, err
}

// gzipEnded emits the notice that the rest of the body is ignored.
func (c *connection) gzipEnded() {
	notice := c.sub.newRecord(record.Notice, time.Now())
	notice.Type = string(record.NoticeGzipEnded)
	c.sub.client.Record(notice)
}

// codings returns the Accept-Encoding of a request, "" for none.
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

// longestEvent returns the longest event that is read, in bytes; 0 means no limit.
// It is lower for a compressed stream, which may be a thousand times larger decoded
// than on the wire.
func (c *connection) longestEvent() int {
	longest := max(cmp.Or(c.sub.client.MaxEvent, defaultMaxEvent), 0)
	if c.decoded && c.sub.client.MaxEvent == 0 {
		longest = maxDecodedEvent
	}
	return longest
}

// recordRequest emits the Subscribe record of the connection; r is nil if no
// request could be built.
func (c *connection) recordRequest(r *http.Request) {
	subscribe := c.sub.newRecord(record.Subscribe, c.sent)
	subscribe.Engine = c.sub.engine
	call := c.sub.call
	subscribe.Method, subscribe.URL = call.mask(call.Request.Verb()), call.mask(call.Request.URL)
	if r == nil || r.Body != nil {
		subscribe.Body = call.body()
	}
	if r != nil {
		subscribe.Method = call.mask(r.Method)
		if c.elsewhere {
			subscribe.URL = call.mask(r.URL.String())
		}
		subscribe.ID, subscribe.Header = r.Header.Get("Last-Event-ID"), call.Masker.Header(sentHeader(r, c.next))
	}
	c.sub.client.Record(subscribe)
}

// unanswered returns the last record of a connection whose request failed with err.
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

// refused returns the Fail record of a response that the engine does not read.
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

// open emits the Open record of a response that the engine reads.
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

// read reads body until it ends or fails, take fails or ctx is done. It returns the
// error, nil if ctx is done. take gets each chunk after its record is emitted.
func (c *connection) read(ctx context.Context, body io.Reader, take func(chunk []byte) error) error {
	heard, stop := c.watch()
	defer stop()
	var buffer []byte // never reused: the chunks' records own its parts
	for ctx.Err() == nil {
		if len(buffer) < leastRead {
			buffer = make([]byte, bufferSize)
		}
		n, err := body.Read(buffer)
		if n > 0 {
			heard()
			c.recordChunk(buffer[:n:n])
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

// end returns the last record of an open connection that ended with err, or because
// ctx is done.
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

// recordChunk emits the Chunk record of the bytes of one read, which then belong to
// the record.
func (c *connection) recordChunk(raw []byte) {
	chunk := c.sub.newRecord(record.Chunk, time.Now())
	chunk.Raw, chunk.Bytes = raw, int64(len(raw))
	chunk.Offset = c.chunk.Offset + c.chunk.Bytes
	chunk.FirstChunk = c.chunk.FirstChunk + 1
	chunk.LastChunk = chunk.FirstChunk
	c.chunk = chunk
	c.sub.update(func(st *Status) { st.Bytes += chunk.Bytes })
	c.sub.client.Record(chunk)
}

// itemRecord returns the record of a decoded item, with Kind 0 if it is Ignored. The
// record is valid until the next call. Its Raw is a slice of the chunk's Raw unless
// the item spans several chunks.
func (c *connection) itemRecord(i *eventstream.Item) *record.Record {
	r := &c.item // reused: at millions a second, creating it would be most of the work
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

// broken returns the End record of a connection that err ended. By is ByPerson if
// ctx is done, ByEngine after an idle timeout, otherwise ByNetwork.
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
