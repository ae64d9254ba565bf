package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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
	if s := req.URL.Scheme; s != "http" && s != "https" {
		return &redirectError{scheme: s}
	}
	// It would tell the next host the query of this one, token and all.
	req.Header.Del("Referer")
	return nil
}

// noReplay keeps net/http from sending a request a second time by itself when
// a reused connection breaks: a message must never arrive twice unseen. A body
// that it cannot rewind does that, and an empty one changes nothing on the wire.
type noReplay struct{ http.RoundTripper }

func (n noReplay) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		once := *req
		once.Body = struct{ io.ReadCloser }{http.NoBody}
		req = &once
	}
	return n.RoundTripper.RoundTrip(req)
}

// cause returns what went wrong without the method and URL that net/http puts
// before it: they stand in the request's record, where the URL is masked.
func cause(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
