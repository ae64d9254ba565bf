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

// subscribe serves a stream. What happens before and after the stream is in other
// functions, because their variables would remain on the stack of a quiet stream and
// double it (see TestManySubscribersTakeLittleMemory).
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

// maxSubscribeHead bounds the head of a subscribe, which stays in memory while the
// stream lasts. MaxHeaderBytes is for calls that end soon.
const maxSubscribeHead = 64 << 10

// headSize returns the approximate size of the request line and the headers of r.
func headSize(r *http.Request) int {
	size := len(r.URL.Path) + len(r.URL.RawQuery)
	for name, values := range r.Header {
		for _, v := range values {
			size += len(name) + len(v)
		}
	}
	return size
}

// admit returns a registered session, or writes a response and returns nil.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, p params) *hub.Session {
	if headSize(r) > maxSubscribeHead {
		failure(http.StatusRequestHeaderFieldsTooLarge, "URL and headers of a subscribe exceed %d bytes", maxSubscribeHead).writeTo(w)
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
		ClientID:     strings.Clone(p.first("clientId")), // it may be a substring of a large body
		Mode:         mode,
		Remote:       r.RemoteAddr,
		UserAgent:    message.Beginning(s.redactor.text(r.UserAgent())),
		LastEventID:  message.Beginning(s.redactor.text(lastEventID)),
		Faults:       hits,
		FewFiles:     fileLimitOf(r) > 0,
		Size:         headSize(r),
		Response:     w,
		WriteTimeout: s.config.WriteTimeout,
		HTTP2:        r.ProtoMajor == 2,
		Farewell:     readsEvents(r),
	})
	if slices.Contains(sess.FaultKinds(), fault.IgnoreLastEventID) {
		lastEventID = ""
	}
	if i := slices.IndexFunc(hits, (*fault.Active).Refuses); i >= 0 {
		s.observe(about(sess, Faulted))
		s.observeOff(s.faults.Release(hits)) // before anybody sees the response
		refuseByFault(hits[i].Fault, w, r)
		return nil
	}
	// Join before the headers are sent: a client that has received them must be
	// reachable.
	if err := s.hub.Join(sess, lastEventID); err != nil {
		defer func() { s.observeOff(s.faults.Release(hits)) }()
		s.refuse(w, about(sess, ""), err)
		return nil
	}
	return sess
}

// readsEvents reports whether the sender of r seems to parse event streams: it names
// that type in Accept, or has no Accept. Others, such as a page that calls axios, may
// show the stream as text.
func readsEvents(r *http.Request) bool {
	accept := r.Header.Values("Accept")
	return len(accept) == 0 || strings.Contains(strings.ToLower(strings.Join(accept, ", ")), "text/event-stream")
}

// about returns a notice about sess.
func about(sess *hub.Session, k Kind) Notice {
	return Notice{Kind: k, ClientID: sess.ClientID(), Session: sess.Name(), Mode: sess.Mode(), Remote: sess.Remote(), Faults: sess.FaultKinds()}
}

// open sends the response headers.
func (s *Server) open(w http.ResponseWriter, r *http.Request, sess *hub.Session) {
	s.observe(about(sess, Subscribed))
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no") // nginx must not buffer the stream
	sess.WriteHeader(r.Context())
	s.players.Subscribed(sess.ClientID())
}

// over unregisters a session that has ended, reports why, and aborts the response if it
// must not seem complete.
func (s *Server) over(sess *hub.Session, why hub.End, err error) {
	n := about(sess, Kind(why))
	n.Err = err
	n.LostIDs = s.hub.Leave(sess)
	s.observe(n)
	s.players.Unsubscribed(sess.ClientID())
	if why == hub.CutOff || why == hub.Dropped || why == hub.Faulted && err != nil {
		panic(http.ErrAbortHandler)
	}
}

// expired reports that the next poll of a clientId did not come in time.
func (s *Server) expired(sess *hub.Session, lost []string) {
	s.observe(Notice{Kind: Expired, ClientID: sess.ClientID(), Session: sess.Name(), Mode: sess.Mode(), Remote: sess.Remote(), LostIDs: lost})
	s.players.Unsubscribed(sess.ClientID())
}

// modeOf returns the mode of a subscribe.
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

// refuse writes the response to a subscribe that failed to join with err, and completes
// and reports n.
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
		failure(http.StatusConflict, "User Id %s is already subscribed", n.ClientID).writeTo(w)
	case hub.ErrFull, hub.ErrFullAddress, hub.ErrFullFiles, hub.ErrMemoryFull:
		n.Kind, n.Err = RefusedLimit, err
		s.observe(n)
		w.Header().Set("Retry-After", "10")
		switch err {
		case hub.ErrFull:
			failure(http.StatusServiceUnavailable, "the server has reached its limit of %d sessions", s.config.MaxSessions).writeTo(w)
		case hub.ErrFullAddress:
			failure(http.StatusTooManyRequests, "your address has reached its limit of %d sessions", s.config.MaxPerAddress).writeTo(w)
		case hub.ErrMemoryFull:
			memoryFull().writeTo(w)
		default:
			w.Header().Set("Connection", "close") // frees the file
			failure(http.StatusServiceUnavailable, "%s", fullFiles(openFileLimit())).writeTo(w)
		}
	default:
		// The server is stopping. An EventSource reconnects after a broken connection,
		// perhaps to the restarted server, but not after an error status.
		panic(http.ErrAbortHandler)
	}
}
