package client

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/tmaxmax/go-sse"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// GoSSEVersion is the version of go-sse that the engine GoSSE reads with.
const GoSSEVersion = "0.12.0"

// goSSE is the engine that reads with go-sse's client and its defaults: events,
// reconnects and limits are those of go-sse. The engine also decodes the bytes like
// a browser, to report where the two differ, and to record the comments and retry
// fields that go-sse does not show.
type goSSE struct {
	sub       *Subscription
	transport http.RoundTripper
	method    string                  // of its requests
	stop      context.CancelCauseFunc // ends go-sse's client
	last      record.Record           // returned by run if its Kind is set: the console ended the subscription, or go-sse refused the response
	cacheSaid bool                    // CacheHeader has been emitted

	// The current connection.
	conn    *connection
	body    io.Reader
	bodyErr error // of the last read of body
	decoder *eventstream.Decoder
	pending []record.Record // items from decoder that go-sse has not dispatched yet, in order; Kind 0 means Ignored

	retry     record.Record // the latest one of any connection
	retryConn int           // the number of its connection, 0 if there is none
}

func newGoSSE(s *Subscription) engine { return &goSSE{sub: s} }

func (g *goSSE) run(ctx context.Context, request *http.Request) record.Record {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	g.stop = stop
	request = request.WithContext(ctx)
	g.method = request.Method
	g.transport = g.sub.route.RoundTripper
	if g.sub.route.own != nil { // go-sse's default client asks for gzip and decodes it
		own := g.sub.route.own.Clone()
		own.DisableCompression = false
		defer own.CloseIdleConnections()
		g.transport = own
	}
	if agent := g.sub.client.UserAgent; agent != "" && request.Header.Get("User-Agent") == "" {
		request.Header.Set("User-Agent", agent)
	}
	client := sse.Client{
		HTTPClient: &http.Client{Transport: g, Jar: g.sub.call.Jar, CheckRedirect: func(r *http.Request, via []*http.Request) error {
			return g.conn.checkRedirect(r, via)
		}},
		Backoff:           sse.Backoff{InitialInterval: g.sub.options.ReconnectionTime},
		ResponseValidator: g.accept,
		OnRetry:           func(err error, delay time.Duration) { g.again(ctx, err, delay) },
	}
	stream := client.NewConnection(request)
	stream.SubscribeToAll(g.dispatch)
	err := stream.Connect()
	if g.conn == nil { // it ended before the first request
		return g.sub.broken(ctx, "", nil)
	}
	g.conn.abort(nil)
	switch {
	case g.last.Kind != 0:
		return g.last
	case !g.sub.status.RetryAt.IsZero(): // it was waiting
		return g.sub.broken(ctx, "", nil)
	}
	end := g.ended(ctx, err)
	if err == nil {
		g.sub.differ(SilentStop, g.lastBytes())
	}
	return end
}

// RoundTrip makes a request for go-sse. Unless a redirect led to it, it starts a
// connection.
func (g *goSSE) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Response != nil {
		return g.conn.RoundTrip(r)
	}
	if g.conn != nil {
		g.conn.abort(nil)
	}
	g.conn = g.sub.connect(r.Context(), g.transport)
	// go-sse sets the header only from what it has read.
	id, asked := g.sub.takeFrom()
	if g.sub.status.Conn == 1 && !asked {
		id, asked = g.sub.options.LastEventID, g.sub.options.LastEventID != ""
	}
	if asked {
		r = r.Clone(r.Context())
		r.Header.Del("Last-Event-ID")
		if id != "" {
			r.Header.Set("Last-Event-ID", id)
		}
		g.sub.update(func(st *Status) { st.LastEventID = id })
	}
	return g.conn.RoundTrip(r)
}

// accept returns an error if go-sse does not read a response.
func (g *goSSE) accept(response *http.Response) error {
	browser := refusal(response)
	if err := sse.DefaultValidator(response); err != nil {
		if browser == "" {
			g.sub.differ(ContentTypeRefused, record.Record{Data: contentType(response)})
		}
		g.last = g.conn.refused(response, cmp.Or(browser, record.NotAStream))
		return err
	}
	g.conn.open(response)
	if !g.cacheSaid {
		g.cacheSaid = true
		g.sub.differ(CacheHeader, record.Record{})
	}
	if browser != "" {
		g.sub.differ(ContentTypeAccepted, record.Record{Data: contentType(response)})
	}
	g.decoder = &eventstream.Decoder{LastEventID: g.sub.status.LastEventID, Handle: g.found}
	g.body, g.bodyErr = response.Body, nil
	heard, stop := g.conn.watch()
	response.Body = tap{g, response.Body, heard, stop}
	return nil
}

// tap is the response body that go-sse reads. It records what passes.
type tap struct {
	engine *goSSE
	closer io.Closer // of the body
	heard  func()
	stop   func()
}

func (t tap) Close() error {
	t.stop()
	return t.closer.Close()
}

// Read is called when go-sse has dispatched everything it read before.
func (t tap) Read(p []byte) (int, error) {
	if t.engine.conn.marked {
		return 0, errMarker
	}
	t.engine.emitPending()
	n, err := t.engine.body.Read(p)
	if n > 0 {
		t.heard()
		t.engine.conn.recordChunk(bytes.Clone(p[:n]))
		t.engine.decoder.Write(t.engine.conn.chunk.Raw)
	}
	if err != nil {
		t.engine.bodyErr = err
		t.engine.decoder.End()
	}
	return n, err
}

// found handles an item of the decoder.
func (g *goSSE) found(i *eventstream.Item) {
	r := *g.conn.itemRecord(i)
	if r.Kind == record.Retry {
		g.retry, g.retryConn = r, r.Conn
	}
	g.pending = append(g.pending, r)
}

// dispatch handles an event from go-sse. It belongs to the next pending block that
// go-sse dispatches.
func (g *goSSE) dispatch(e sse.Event) {
	if g.conn.marked {
		return
	}
	block := g.sub.newRecord(0, time.Now())
	for len(g.pending) > 0 {
		next := g.pending[0]
		g.pending = g.pending[1:]
		if dispatches(next) {
			block = next
			break
		}
		g.emit(next)
	}
	event := block
	event.Kind = record.Event
	event.Type, event.ID, event.Data = cmp.Or(e.Type, "message"), e.LastEventID, e.Data
	g.sub.update(func(st *Status) {
		st.LastEventID = e.LastEventID
		st.Events++
	})
	g.sub.client.Record(event)
	if marker := g.sub.options.EndMarker; marker != "" && event.Data == marker {
		g.conn.marked = true
		g.last = g.conn.end(g.conn.ctx, errMarker)
		g.stop(errMarker)
	}
	switch {
	case block.Kind != record.Event:
		g.sub.differ(EmptyEvent, block)
	case !utf8.ValidString(e.Type), !utf8.ValidString(e.LastEventID), !utf8.ValidString(e.Data):
		g.sub.differ(InvalidUTF8, block)
	case event.Type != block.Type || event.ID != block.ID || event.Data != block.Data:
		g.sub.differ(OtherEvent, block)
	}
}

// dispatches reports whether go-sse dispatches an event for an item of the decoder:
// it does so for every block with a field that it knows.
func dispatches(r record.Record) bool {
	switch r.Kind {
	case record.Event, record.Cursor:
		return true
	case record.Comment, record.Retry, record.Discarded:
		return false
	}
	for _, line := range bytes.FieldsFunc(r.Raw, func(c rune) bool { return c == '\n' || c == '\r' }) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		ms, err := strconv.ParseInt(string(bytes.TrimPrefix(value, []byte(" "))), 10, 64)
		if string(name) == "event" || string(name) == "retry" && err == nil && ms >= 0 {
			return true
		}
	}
	return false
}

// emitPending emits the items that go-sse has passed over.
func (g *goSSE) emitPending() {
	for _, r := range g.pending {
		g.emit(r)
	}
	g.pending = g.pending[:0]
}

// emit emits an item that go-sse did not dispatch.
func (g *goSSE) emit(r record.Record) {
	switch r.Kind {
	case record.Event, record.Cursor:
		g.sub.differ(EventMissing, r)
	case record.Comment, record.Retry, record.Discarded:
		g.sub.client.Record(r)
	}
}

// ended emits what is left of the stream and returns the last record of the current
// connection, which ended with go-sse's err.
func (g *goSSE) ended(ctx context.Context, err error) record.Record {
	var failure *sse.ConnectionError
	if errors.As(err, &failure) {
		err = failure.Err
	}
	c := g.conn
	if c.opened.IsZero() {
		end := c.sub.broken(ctx, c.failure(err), err)
		end.Took = end.Time.Sub(c.sent)
		return end
	}
	g.decoder.End()
	gaveUp := g.bodyErr == nil && errors.Is(err, bufio.ErrTooLong) && ctx.Err() == nil
	block := g.lastBytes()
	if n := len(g.pending); gaveUp && n > 0 && g.pending[n-1].Kind == record.Discarded {
		block, g.pending = g.pending[n-1], g.pending[:n-1]
	}
	g.emitPending()
	end := c.end(ctx, cmp.Or(g.bodyErr, err, io.EOF))
	if gaveUp {
		g.sub.differ(EventTooLarge, block)
		end.By, end.Failure = record.ByEngine, record.TooLarge
	}
	return end
}

// again is called before go-sse waits to reconnect.
func (g *goSSE) again(ctx context.Context, err error, delay time.Duration) {
	if ctx.Err() != nil {
		return // it will not reconnect
	}
	end := g.ended(ctx, err)
	if g.sub.exhausted(end) {
		g.last = g.sub.giveUp(end)
		g.stop(nil)
		return
	}
	if g.sub.once(g.method) {
		g.last = end
		g.stop(nil)
		return
	}
	opened := !g.conn.opened.IsZero()
	announced, off := g.retry.Delay, (delay - g.retry.Delay).Abs()
	heeded := opened && g.retryConn == g.sub.status.Conn && off <= announced/2+1
	again := g.sub.newRecord(record.Reconnect, end.Time)
	again.Delay, again.Source = delay, record.FromDefault
	if g.sub.options.ReconnectionTime > 0 {
		again.Source = record.FromTarget
	}
	switch {
	case heeded:
		again.Source = record.FromRetry
	case !opened && g.sub.status.Conn > 1:
		again.Source = record.FromBackoff
	}
	g.sub.reconnecting(end, again)
	switch {
	case !opened && futile(end.Failure):
		g.sub.differ(FutileRetry, record.Record{})
	case !opened:
	case heeded && off > 0:
		g.sub.differ(RetryJitter, g.retry)
	case !heeded && g.retryConn > 0:
		g.sub.differ(RetryIgnored, g.retry)
	}
	if opened && g.decoder.LastEventID != g.sub.status.LastEventID {
		g.sub.differ(OtherLastEventID, record.Record{ID: g.decoder.LastEventID, Data: g.sub.status.LastEventID})
	}
}

// lastBytes returns a record with the last bytes of the stream, up to 64.
func (g *goSSE) lastBytes() record.Record {
	last := g.conn.chunk
	from := max(0, len(last.Raw)-64)
	last.Raw, last.Offset = last.Raw[from:], last.Offset+int64(from)
	return last
}
