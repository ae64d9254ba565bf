package client

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// textStream is the engine that works like a page whose axios call reads the
// response text as it arrives: one request, and the text is not parsed.
type textStream struct {
	sub      *Subscription
	offset   int64  // of the text that has not been emitted
	cut      []byte // its beginning: an incomplete character
	cutChunk int    // the number of the chunk in which cut begins
}

func newTextStream(s *Subscription) engine { return &textStream{sub: s} }

func (t *textStream) run(ctx context.Context, request *http.Request) record.Record {
	c := t.sub.connect(ctx, t.sub.route.RoundTripper)
	defer c.abort(nil)
	header := http.Header{
		"Accept":     {"application/json, text/plain, */*"},
		"User-Agent": {cmp.Or(t.sub.client.UserAgent, userAgent)},
	}
	if id := t.sub.options.LastEventID; id != "" {
		header.Set("Last-Event-ID", id)
	}
	response, err := c.get(request, header)
	if err != nil {
		return c.unanswered(ctx, err)
	}
	defer response.Body.Close()
	if failure := refusal(response); response.StatusCode < 200 || response.StatusCode > 299 {
		return c.refused(response, failure)
	}
	c.open(response)
	// A page with such a call would look for the marker in the text itself.
	decoder := eventstream.Decoder{Limit: c.longestEvent(), Handle: func(i *eventstream.Item) { c.marked = c.marked || c.isMarker(i) }}
	err = c.read(ctx, response.Body, func(chunk []byte) error {
		t.take(c, chunk)
		if c.sub.options.EndMarker != "" {
			decoder.Write(chunk)
		}
		if c.marked {
			return errMarker
		}
		return nil
	})
	t.emit(c, t.cut, t.cutChunk)
	return c.end(ctx, err)
}

// take emits the text that is complete with chunk.
func (t *textStream) take(c *connection, chunk []byte) {
	raw, first := chunk, c.chunk.FirstChunk
	if len(t.cut) > 0 {
		raw, first = append(slices.Clip(t.cut), chunk...), t.cutChunk
	}
	n := len(raw) - eventstream.CutCharacter(raw)
	t.emit(c, raw[:n:n], first)
	if t.cut, t.cutChunk = raw[n:], c.chunk.FirstChunk; n == 0 {
		t.cutChunk = first
	}
}

// emit emits the Text record of raw, which continues the text emitted before and
// begins in the chunk number first.
func (t *textStream) emit(c *connection, raw []byte, first int) {
	if len(raw) == 0 {
		return
	}
	r := c.sub.newRecord(record.Text, c.chunk.Time)
	r.Raw, r.Offset, r.FirstChunk, r.LastChunk = raw, t.offset, first, c.chunk.LastChunk
	r.Data = eventstream.Text(raw)
	if t.offset == 0 {
		r.Data = strings.TrimPrefix(r.Data, "\uFEFF") // as every decoder of a response text does
	}
	t.offset += int64(len(raw))
	c.sub.client.Record(r)
}
