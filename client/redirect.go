package client

import (
	"fmt"
	"net/http"
)

const maxHops = 20 // as the Fetch standard allows

// redirectError says why a redirect was not followed.
type redirectError struct {
	tooMany bool
	scheme  string // one that is no HTTP
}

func (e *redirectError) Error() string {
	if e.tooMany {
		return fmt.Sprintf("stopped after %d redirects", maxHops)
	}
	return fmt.Sprintf("redirect to a URL of scheme %q", e.scheme)
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxHops {
		return &redirectError{tooMany: true}
	}
	if !isHTTP(req.URL.Scheme) {
		return &redirectError{scheme: req.URL.Scheme}
	}
	// It would tell the next host the query of this one, token and all.
	req.Header.Del("Referer")
	return nil
}
