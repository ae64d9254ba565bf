package server

import (
	"fmt"
	"net/http"

	"sseconsole/server/fault"
)

// SetFault turns f on for later connections and returns its ID. The error says what is
// unknown or out of range in f.
func (s *Server) SetFault(f fault.Fault) (id int, err error) {
	f, err = s.faults.Set(f)
	if err != nil {
		return 0, err
	}
	s.observe(Notice{Kind: FaultOn, ClientID: f.ClientID, Fault: f.String()})
	return f.ID, nil
}

// Faults returns the faults that are on, in the order in which they were set. A fault
// that has hit its last connection stays on until that connection ends.
func (s *Server) Faults() []fault.Fault { return s.faults.List() }

// ClearFault turns a fault off, also for connections that it has hit, except for
// compression. It reports whether the fault was on.
func (s *Server) ClearFault(id int) bool {
	cleared := s.faults.Clear(func(f fault.Fault) bool { return f.ID == id })
	s.observeOff(cleared)
	return len(cleared) > 0
}

// ClearFaults turns all faults off.
func (s *Server) ClearFaults() { s.observeOff(s.faults.Clear(func(fault.Fault) bool { return true })) }

func (s *Server) observeOff(list []fault.Fault) {
	for _, f := range list {
		s.observe(Notice{Kind: FaultOff, ClientID: f.ClientID, Fault: f.String()})
	}
}

// refuseByFault writes the response that f has in place of a stream.
func refuseByFault(f fault.Fault, w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	switch {
	case f.Kind == fault.HTMLPage:
		h.Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>\n")
	case f.Status == http.StatusNoContent:
		w.WriteHeader(f.Status)
	default:
		switch f.Status {
		case http.StatusMovedPermanently:
			h.Set("Location", r.URL.RequestURI())
		case http.StatusUnauthorized:
			h.Set("WWW-Authenticate", "Bearer")
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			if f.RetryAfter > 0 {
				h.Set("Retry-After", fmt.Sprint(int(f.RetryAfter.Seconds())))
			}
		}
		failure(f.Status, "a fault that is turned on caused this").writeTo(w)
	}
}

// faultsPage serves the call faults.
func (s *Server) faultsPage(w http.ResponseWriter, _ *http.Request, _ params) {
	type line struct {
		ID    int    `json:"id"`
		Fault string `json:"fault"`
		Hits  int    `json:"hits"`
	}
	list := []line{}
	for _, f := range s.Faults() {
		list = append(list, line{f.ID, f.String(), f.Hits})
	}
	success(list).writeTo(w)
}
