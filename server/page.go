package server

import (
	"crypto/sha256"
	_ "embed" // the page
	"encoding/base64"
	"net/http"
	"strings"
)

//go:embed page.html
var pageHTML string

// page serves a page with the demo's form on EventSource and on fetch. It loads nothing
// else, and its content security policy allows its own script only.
func (s *Server) page(w http.ResponseWriter, _ *http.Request, _ params) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "+
		"script-src "+hashOf("script")+"; style-src "+hashOf("style"))
	// The URL may contain the token, so other origins must not see it. This server needs it: see guard.foreign.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	w.Write([]byte(pageHTML)) // an error means that the reader has gone
}

// hashOf returns the source expression (CSP 3, 2.3.1) for the page's only element of
// this name.
func hashOf(element string) string {
	_, rest, _ := strings.Cut(pageHTML, "<"+element+">")
	text, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
