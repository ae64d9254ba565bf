package server

import (
	"net/http"
	"slices"
	"time"
)

func (s *Server) subscribe(w http.ResponseWriter, r *http.Request, p params) {
	if bad := p.checkClientID(); bad != nil {
		bad.writeTo(w)
		return
	}
	mode, bad := s.modeOf(p)
	if bad != nil {
		bad.writeTo(w)
		return
	}
	sess := &session{
		clientID:     p["clientId"],
		mode:         mode,
		remote:       r.RemoteAddr,
		userAgent:    beginning(r.UserAgent()),
		lastEventID:  beginning(r.Header.Get("Last-Event-ID")),
		since:        time.Now(),
		w:            w,
		rc:           http.NewResponseController(w),
		writeTimeout: s.config.WriteTimeout,
		wake:         make(chan struct{}, 1),
	}
	notice := Notice{Kind: Subscribed, ClientID: sess.clientID, Mode: mode, Remote: r.RemoteAddr}
	lastEventID := r.Header.Get("Last-Event-ID")
	hits := s.faults.hit(sess.clientID)
	notice.Faults, sess.faults = kindsOf(hits), hits
	if slices.Contains(notice.Faults, IgnoreLastEventID) {
		lastEventID = ""
	}
	if i := slices.IndexFunc(hits, (*fault).refuses); i >= 0 {
		notice.Kind = Faulted
		s.observe(notice)
		s.observeOff(s.faults.release(hits)) // before somebody sees the answer
		hits[i].refuse(w, r)
		return
	}
	defer func() { s.observeOff(s.faults.release(hits)) }()
	// It joins before the headers go out, so that whoever has seen them can be
	// sent to.
	if err := s.hub.join(sess, lastEventID); err != nil {
		s.refuse(w, notice, err)
		return
	}
	defer s.hub.forget(sess)
	notice.Session = sess.name
	s.observe(notice)

	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Accel-Buffering", "no") // nginx passes the stream on as it comes
	if hits != nil {
		sess.bent = newBent(r.Context(), sess, hits)
	}
	w.WriteHeader(http.StatusOK)
	var keepAlive <-chan time.Time
	if s.config.KeepAlive > 0 {
		ticker := time.NewTicker(s.config.KeepAlive)
		defer ticker.Stop()
		keepAlive = ticker.C
	}
	s.welcomePlayers(sess.clientID)
	notice.Kind, notice.Err = sess.serve(r.Context(), keepAlive)
	notice.LostIDs = s.hub.leave(sess)
	s.observe(notice)
	if notice.Kind == CutOff || notice.Kind == Dropped || notice.Kind == Faulted && notice.Err != nil {
		panic(http.ErrAbortHandler)
	}
}

// modeOf is how a subscribe is to be answered.
func (s *Server) modeOf(p params) (Mode, *result) {
	mode := Mode(p["mode"])
	switch {
	case mode == "":
		return s.Mode(), nil
	case !slices.Contains(Modes(), mode):
		return "", failure(http.StatusBadRequest, "mode must be one of %v", Modes())
	}
	return mode, nil
}

// refuse answers a subscribe that could not join, n, because of err.
func (s *Server) refuse(w http.ResponseWriter, n Notice, err error) {
	switch err {
	case errReplaced:
		n.Kind = RefusedReconnect
		s.observe(n)
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	case errTaken:
		n.Kind = RefusedSecond
		s.observe(n)
		failure(http.StatusConflict, "User Id %s is subscribed already", n.ClientID).writeTo(w)
	case errFull, errFullAddress:
		n.Kind = RefusedLimit
		s.observe(n)
		w.Header().Set("Retry-After", "10")
		if err == errFull {
			failure(http.StatusServiceUnavailable, "the server has all the %d sessions that it may have", s.config.MaxSessions).writeTo(w)
		} else {
			failure(http.StatusTooManyRequests, "your address has all the %d sessions that it may have", s.config.MaxPerAddress).writeTo(w)
		}
	default:
		// An EventSource comes back after a broken connection, as it should to a
		// server that starts again, but never after a status.
		panic(http.ErrAbortHandler)
	}
}
