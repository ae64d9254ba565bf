package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// Send calls [hub.Hub.Send].
func (s *Server) Send(m message.Message) (reached int, err error) {
	return s.hub.Send(context.Background(), m)
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, p params) {
	m, bad := p.message()
	if bad != nil {
		bad.writeTo(w)
		return
	}
	if err := m.Check(); err != nil {
		failure(http.StatusBadRequest, "%s", strings.TrimPrefix(err.Error(), "server: ")).writeTo(w)
		return
	}
	reached, err := s.hub.Send(r.Context(), m)
	switch {
	case err == hub.ErrMemoryFull:
		memoryFull().writeTo(w)
	case p.toSeveral():
		success(map[string]int{"reached": reached}).writeTo(w)
	case err == nil:
		success(nil).writeTo(w)
	case err == hub.ErrQueueFull:
		failure(http.StatusServiceUnavailable, "User Id %s did not keep up and was cut off", m.To[0]).writeTo(w)
	case err == hub.ErrKeptFull:
		failure(http.StatusServiceUnavailable, "User Id %s has too many messages to poll first", m.To[0]).writeTo(w)
	default:
		failure(http.StatusNotFound, "User Id %s not Found", m.To[0]).writeTo(w)
	}
}

// message returns the message that a send call describes.
func (p params) message() (message.Message, *result) {
	given := len(p["content"]) > 0
	m := message.Message{Data: p.first("content"), NoData: !given, Type: p.first("event"), ID: p.first("id"), Comment: p.first("comment")}
	if !given && m.Comment == "" && p.first("retry") == "" {
		return m, failure(http.StatusBadRequest, "content is missing")
	}
	if text := p.first("retry"); text != "" {
		ms, err := strconv.ParseUint(text, 10, 32)
		m.Retry = time.Duration(ms) * time.Millisecond
		if err != nil || ms == 0 || m.Retry > message.MaxRetry {
			return m, failure(http.StatusBadRequest, "retry must be milliseconds, from 1 to %d", message.MaxRetry.Milliseconds())
		}
	}
	to := p["to"]
	switch {
	case !p.toSeveral():
		m.To = []string{p.first("clientId")}
		return m, p.checkClientID()
	case p.first("clientId") != "":
		return m, failure(http.StatusBadRequest, "clientId and to exclude each other")
	case len(to) == 1 && to[0] == message.Everybody:
		return m, nil
	}
	for _, id := range to {
		if why := message.CheckClientID(id); why != "" {
			return m, failure(http.StatusBadRequest, "to %s", why)
		}
	}
	m.To = to
	return m, nil
}

// toSeveral reports whether a send names its recipients by "to".
func (p params) toSeveral() bool { return len(p["to"]) > 1 || p.first("to") != "" }
