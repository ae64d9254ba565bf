package server

import "net/http"

func (s *Server) sessions(w http.ResponseWriter, _ *http.Request, _ params) {
	success(s.hub.List()).writeTo(w)
}
