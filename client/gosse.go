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

// goSSE is the engine that reads with the client of go-sse as it is by default:
// the events, the reconnects and the limits are its own. The bytes are seen on
// their way to it and read as a browser would, too, to say where the readings
// differ. Comments and retry fields, which it does not show, are recorded from
// that second reading.
type goSSE struct {
	sub       *Subscription
	transport http.RoundTripper
	method    string                  // of its requests
	stop      context.CancelCauseFunc // ends all that go-sse does
	last      record.Record           // why the console itself ended it, or the Fail of a response that go-sse does not read
	cacheSaid bool                    // CacheHeader was handed over

	// Of the current connection.
	conn    *connection
	body    io.Reader
	bodyErr error // why body ended
	decoder *eventstream.Decoder
	pending []record.Record // from decoder, in order: what go-sse was not seen to come to. No Kind means Ignored

	retry     record.Record // the latest one of any connection
	retryConn int           // the number of that, 0 without one
}

func newGoSSE(s *Subscription) engine { return &goSSE{sub: s} }

func (g *goSSE) run(ctx context.Context, request *http.Request) record.Record {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	g.stop = stop
	request = request.WithContext(ctx)
	g.method = request.Method
	g.transport = g.sub.route.RoundTripper
	if g.sub.route.own != nil { // with defaults it would ask for gzip and read it
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
	if g.conn == nil { // it was over before the first request
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

// RoundTrip makes a request for go-sse. One that no redirect led to starts a
// connection.
func (g *goSSE) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Response != nil {
		return g.conn.RoundTrip(r)
	}
	if g.conn != nil {
		g.conn.abort(nil)
	}
	g.conn = g.sub.connect(r.Context(), g.transport)
	// It sets the header by what it read alone.
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

// accept decides as go-sse does whether a response is read.
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

// tap is the body of a response on its way to go-sse.
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

// Read is called when go-sse has dispatched all that it was given before.
func (t tap) Read(p []byte) (int, error) {
	if t.engine.conn.marked {
		return 0, errMarker
	}
	t.engine.handPending()
	n, err := t.engine.body.Read(p)
	if n > 0 {
		t.heard()
		t.engine.conn.took(bytes.Clone(p[:n]))
		t.engine.decoder.Write(t.engine.conn.chunk.Raw)
	}
	if err != nil {
		t.engine.bodyErr = err
		t.engine.decoder.End()
	}
	return n, err
}

// found takes an item of a browser's reading.
func (g *goSSE) found(i *eventstream.Item) {
	r := *g.conn.itemRecord(i)
	if r.Kind == record.Retry {
		g.retry, g.retryConn = r, r.Conn
	}
	g.pending = append(g.pending, r)
}

// dispatch takes an event from go-sse: it is of the next block that go-sse
// dispatches at all.
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
		g.hand(next)
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

// dispatches reports whether go-sse makes an event of what a browser's reading
// gave: of every block with a field that it knows.
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

// handPending emits what go-sse has passed by.
func (g *goSSE) handPending() {
	for _, r := range g.pending {
		g.hand(r)
	}
	g.pending = g.pending[:0]
}

// hand emits what go-sse made no event of.
func (g *goSSE) hand(r record.Record) {
	switch r.Kind {
	case record.Event, record.Cursor:
		g.sub.differ(EventMissing, r)
	case record.Comment, record.Retry, record.Discarded:
		g.sub.client.Record(r)
	}
}

// ended returns the record of the current connection's end, which go-sse gives
// err for, and emits what is left of the stream.
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
	g.handPending()
	end := c.end(ctx, cmp.Or(g.bodyErr, err, io.EOF))
	if gaveUp {
		g.sub.differ(EventTooLarge, block)
		end.By, end.Failure = record.ByEngine, record.TooLarge
	}
	return end
}

// again is told when go-sse will reconnect.
func (g *goSSE) again(ctx context.Context, err error, delay time.Duration) {
	if ctx.Err() != nil {
		return // it will not
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

// lastBytes returns the place of the last bytes of the stream.
func (g *goSSE) lastBytes() record.Record {
	last := g.conn.chunk
	from := max(0, len(last.Raw)-64)
	last.Raw, last.Offset = last.Raw[from:], last.Offset+int64(from)
	return last
}
