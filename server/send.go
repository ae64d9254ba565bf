package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tmaxmax/go-sse"
)

var (
	// ErrUnknown: nobody is subscribed with this clientId.
	ErrUnknown = errors.New("server: no such clientId")
	// ErrQueueFull: the subscriber did not keep up and was cut off.
	ErrQueueFull = errors.New("server: queue full")
	// ErrKeptFull: the subscriber polls too rarely; nothing more can be kept for
	// it until it does.
	ErrKeptFull = errors.New("server: too much waits for the next poll")
)

// maxRetry is the longest reconnection time that can be sent.
const maxRetry = 24 * time.Hour

// Message is something to send: one event, or with NoData a block that no
// EventSource dispatches.
type Message struct {
	// To are the clientIds it goes to; empty: all that are known.
	To []string
	// Data is the event's data. Its line ends arrive as line feeds.
	Data   string
	NoData bool
	// Type is the event's type; empty: "message". It has no line end.
	Type string
	// ID is an id to use instead of the server's own. It has no line end and no
	// NUL. A subscriber that comes back with it is not known as the one that it
	// was, but goes on behind this message while that is kept.
	ID string
	// Retry is the reconnection time, in whole milliseconds; 0: none is sent.
	Retry time.Duration
	// Comment goes before the data; empty: none.
	Comment string
}

// payload is the wire form of a message, the same for every subscriber that it
// goes to; the line of its id is not.
type payload struct {
	body []byte
	id   string // the message's own; empty: "<session>-<n>"
	raw  bool   // body is bytes of the stream, and no message: it has no id and no number, and is not kept

	lists atomic.Int32 // that it is in, see memory
}

// Write makes p what go-sse writes a message into: to have a buffer for that
// would be one more allocation.
func (p *payload) Write(b []byte) (int, error) {
	p.body = append(p.body, b...)
	return len(b), nil
}

// payload returns the wire form of m, or why it has none.
func (m Message) payload() (*payload, error) {
	var out sse.Message
	switch {
	case m.Retry < 0 || m.Retry > maxRetry || m.Retry%time.Millisecond != 0:
		return nil, errors.New("server: the reconnection time must be whole milliseconds, a day at most")
	case strings.ContainsAny(m.ID, "\r\n\x00"):
		return nil, errors.New("server: an id has no line end and no NUL")
	}
	if m.Type != "" {
		t, err := sse.NewType(m.Type)
		if err != nil {
			return nil, errors.New("server: an event type has no line end")
		}
		out.Type = t
	}
	out.Retry = m.Retry
	out.AppendComment(m.Comment)
	if !m.NoData {
		appendData(&out, m.Data)
	}
	// As large as it will mostly be, which growing would cost two more allocations.
	p := &payload{body: make([]byte, 0, len(m.Data)+len(m.Type)+len(m.Comment)+64)}
	p.id = strings.Clone(m.ID) // it may be a part of a large body
	out.WriteTo(p)             // into memory: cannot fail
	if len(p.body) == 0 {
		p.body = []byte("\n") // the id alone
	}
	return p, nil
}

// appendData adds content exactly. AppendData takes a line end at its end away,
// and nothing adds nothing, so these get one more; it must not make CRLF of a CR.
func appendData(m *sse.Message, content string) {
	switch {
	case strings.HasSuffix(content, "\r"):
		content += "\r"
	case content == "" || strings.HasSuffix(content, "\n"):
		content += "\n"
	}
	m.AppendData(content)
}

// encode is the wire form of m. Its error is always nil.
func encode(m *sse.Message) []byte {
	p, _ := m.MarshalText()
	return p
}

// Send queues m for those it goes to and returns how many sessions it reached;
// a clientId that polls, and is between two polls, counts as one. It does not
// block. An error says that m is none, that there is no room for it
// ([ErrMemoryFull]), or, if m goes to one clientId only, why it reached nobody:
// [ErrUnknown], [ErrQueueFull] or [ErrKeptFull].
func (s *Server) Send(m Message) (reached int, err error) {
	p, err := m.payload()
	if err != nil {
		return 0, err
	}
	return s.sendTo(context.Background(), m.To, p)
}

func (s *Server) sendTo(ctx context.Context, to []string, p *payload) (reached int, err error) {
	switch len(to) {
	case 0:
		return s.hub.broadcast(p)
	case 1:
		return s.hub.send(to[0], p)
	}
	to = slices.Clone(to)
	slices.Sort(to)
	return s.hub.sendEach(ctx, slices.Compact(to), p)
}

// everybody is what "to" of the send call says for a broadcast.
const everybody = "*"

func (s *Server) send(w http.ResponseWriter, r *http.Request, p params) {
	m, bad := p.message()
	if bad != nil {
		bad.writeTo(w)
		return
	}
	body, err := m.payload()
	if err != nil {
		failure(http.StatusBadRequest, "%s", strings.TrimPrefix(err.Error(), "server: ")).writeTo(w)
		return
	}
	reached, err := s.sendTo(r.Context(), m.To, body)
	switch {
	case err == ErrMemoryFull:
		memoryFull().writeTo(w)
	case p.toSeveral():
		success(map[string]int{"reached": reached}).writeTo(w)
	case err == nil:
		success(nil).writeTo(w)
	case err == ErrQueueFull:
		failure(http.StatusServiceUnavailable, "User Id %s did not keep up and was cut off", m.To[0]).writeTo(w)
	case err == ErrKeptFull:
		failure(http.StatusServiceUnavailable, "User Id %s does not poll, and no more is kept for it", m.To[0]).writeTo(w)
	default:
		failure(http.StatusNotFound, "User Id %s not Found", m.To[0]).writeTo(w)
	}
}

// message is what a send call asks for.
func (p params) message() (Message, *result) {
	given := len(p["content"]) > 0
	m := Message{Data: p.first("content"), NoData: !given, Type: p.first("event"), ID: p.first("id"), Comment: p.first("comment")}
	if !given && m.Comment == "" && p.first("retry") == "" {
		return m, failure(http.StatusBadRequest, "content is missing")
	}
	if text := p.first("retry"); text != "" {
		ms, err := strconv.ParseUint(text, 10, 32)
		m.Retry = time.Duration(ms) * time.Millisecond
		if err != nil || ms == 0 || m.Retry > maxRetry {
			return m, failure(http.StatusBadRequest, "retry must be milliseconds, from 1 to %d", maxRetry.Milliseconds())
		}
	}
	to := p["to"]
	switch {
	case !p.toSeveral():
		m.To = []string{p.first("clientId")}
		return m, p.checkClientID()
	case p.first("clientId") != "":
		return m, failure(http.StatusBadRequest, "clientId and to exclude each other")
	case len(to) == 1 && to[0] == everybody:
		return m, nil
	}
	for _, id := range to {
		if why := checkClientID(id); why != "" {
			return m, failure(http.StatusBadRequest, "to %s", why)
		}
	}
	m.To = to
	return m, nil
}

// toSeveral reports whether a send names whom it goes to by "to".
func (p params) toSeveral() bool { return len(p["to"]) > 1 || p.first("to") != "" }
