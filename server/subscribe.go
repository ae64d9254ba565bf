package server

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// subscribe serves a stream. While that is quiet, as most are most of the time,
// its stack holds this and no more, which is why the parts before and after are
// functions of their own: it makes the stack half as large (see
// TestManySubscribersTakeLittleMemory).
func (s *Server) subscribe(w http.ResponseWriter, r *http.Request, p params) {
	sess := s.admit(w, r, p)
	if sess == nil {
		return
	}
	defer func() { s.observeOff(s.faults.Release(sess.Faults())) }()
	defer s.hub.Forget(sess)
	s.open(w, r, sess)
	var keepAlive <-chan time.Time
	if s.config.KeepAlive > 0 {
		ticker := time.NewTicker(s.config.KeepAlive)
		defer ticker.Stop()
		keepAlive = ticker.C
	}
	why, err := sess.Serve(r.Context(), keepAlive)
	s.over(sess, why, err)
}

// maxSubscribeHead bounds what a request holds in memory as long as its stream
// lasts. The server's other bound is for calls that are soon over.
const maxSubscribeHead = 64 << 10

// headSize is how long the request line and the headers of r are.
func headSize(r *http.Request) int {
	size := len(r.URL.Path) + len(r.URL.RawQuery)
	for name, values := range r.Header {
		for _, v := range values {
			size += len(name) + len(v)
		}
	}
	return size
}

// admit registers a session, or answers why not and returns nil.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, p params) *hub.Session {
	if headSize(r) > maxSubscribeHead {
		failure(http.StatusRequestHeaderFieldsTooLarge, "the address and the headers of a subscribe exceed %d bytes", maxSubscribeHead).writeTo(w)
		return nil
	}
	if bad := p.checkClientID(); bad != nil {
		bad.writeTo(w)
		return nil
	}
	mode, bad := s.modeOf(p)
	if bad != nil {
		bad.writeTo(w)
		return nil
	}
	lastEventID := r.Header.Get("Last-Event-ID")
	hits := s.faults.Hit(p.first("clientId"))
	sess := hub.NewSession(hub.Subscribe{
		ClientID:     strings.Clone(p.first("clientId")), // it may be a part of a large body
		Mode:         mode,
		Remote:       r.RemoteAddr,
		UserAgent:    message.Beginning(s.discreet.text(r.UserAgent())),
		LastEventID:  message.Beginning(s.discreet.text(lastEventID)),
		Faults:       hits,
		Crowded:      crowdedBy(r) > 0,
		Size:         headSize(r),
		Response:     w,
		WriteTimeout: s.config.WriteTimeout,
		HTTP2:        r.ProtoMajor == 2,
		Farewell:     readsEvents(r),
	})
	if slices.Contains(sess.Met(), fault.IgnoreLastEventID) {
		lastEventID = ""
	}
	if i := slices.IndexFunc(hits, (*fault.Active).Refuses); i >= 0 {
		s.observe(about(sess, Faulted))
		s.observeOff(s.faults.Release(hits)) // before somebody sees the answer
		refuseByFault(hits[i].Fault, w, r)
		return nil
	}
	// It joins before the headers go out, so that whoever has seen them can be
	// sent to.
	if err := s.hub.Join(sess, lastEventID); err != nil {
		defer func() { s.observeOff(s.faults.Release(hits)) }()
		s.refuse(w, about(sess, ""), err)
		return nil
	}
	return sess
}

// readsEvents reports whether the sender of r may read the response as an event
// stream: it accepts that type by name, or names no type. Others, such as a page
// that calls axios or fetch, may show the text of the stream.
func readsEvents(r *http.Request) bool {
	accept := r.Header.Values("Accept")
	return len(accept) == 0 || strings.Contains(strings.ToLower(strings.Join(accept, ", ")), "text/event-stream")
}

// about returns a notice about sess.
func about(sess *hub.Session, k Kind) Notice {
	return Notice{Kind: k, ClientID: sess.ClientID(), Session: sess.Name(), Mode: sess.Mode(), Remote: sess.Remote(), Faults: sess.Met()}
}

// open begins the answer.
func (s *Server) open(w http.ResponseWriter, r *http.Request, sess *hub.Session) {
	s.observe(about(sess, Subscribed))
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no") // nginx passes the stream on as it comes
	sess.WriteHeader(r.Context())
	s.players.Welcome(sess.ClientID())
}

// over reports how a session ended, and leaves it.
func (s *Server) over(sess *hub.Session, why hub.End, err error) {
	n := about(sess, Kind(why))
	n.Err = err
	n.LostIDs = s.hub.Leave(sess)
	s.observe(n)
	s.players.Leave(sess.ClientID())
	if why == hub.CutOff || why == hub.Dropped || why == hub.Faulted && err != nil {
		panic(http.ErrAbortHandler)
	}
}

// expired reports that a clientId which polled did not come back.
func (s *Server) expired(sess *hub.Session, lost []string) {
	s.observe(Notice{Kind: Expired, ClientID: sess.ClientID(), Session: sess.Name(), Mode: sess.Mode(), Remote: sess.Remote(), LostIDs: lost})
	s.players.Leave(sess.ClientID())
}

// modeOf is how a subscribe is to be answered.
func (s *Server) modeOf(p params) (hub.Mode, *result) {
	mode := hub.Mode(p.first("mode"))
	switch {
	case mode == "":
		return s.hub.Mode(), nil
	case !slices.Contains(hub.Modes(), mode):
		return "", failure(http.StatusBadRequest, "mode must be one of %v", hub.Modes())
	}
	return mode, nil
}

// refuse answers a subscribe that could not join, n, because of err.
func (s *Server) refuse(w http.ResponseWriter, n Notice, err error) {
	switch err {
	case hub.ErrReplaced:
		n.Kind = RefusedReconnect
		s.observe(n)
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	case hub.ErrTaken:
		n.Kind = RefusedSecond
		s.observe(n)
		failure(http.StatusConflict, "User Id %s is subscribed already", n.ClientID).writeTo(w)
	case hub.ErrFull, hub.ErrFullAddress, hub.ErrFullFiles, hub.ErrMemoryFull:
		n.Kind, n.Err = RefusedLimit, err
		s.observe(n)
		w.Header().Set("Retry-After", "10")
		switch err {
		case hub.ErrFull:
			failure(http.StatusServiceUnavailable, "the server has all the %d sessions that it may have", s.config.MaxSessions).writeTo(w)
		case hub.ErrFullAddress:
			failure(http.StatusTooManyRequests, "your address has all the %d sessions that it may have", s.config.MaxPerAddress).writeTo(w)
		case hub.ErrMemoryFull:
			memoryFull().writeTo(w)
		default:
			w.Header().Set("Connection", "close") // the next may take a file that is free by then
			failure(http.StatusServiceUnavailable, "%s", fullFiles(openFileLimit())).writeTo(w)
		}
	default:
		// An EventSource comes back after a broken connection, as it should to a
		// server that starts again, but never after a status.
		panic(http.ErrAbortHandler)
	}
}
