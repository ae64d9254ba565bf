package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// newRequest returns a request, or an error if no URL of HTTP is asked for.
func newRequest(ctx context.Context, verb, address string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, verb, address, body)
	if err != nil {
		return nil, err
	}
	if u := request.URL; !isHTTP(u.Scheme) || u.Host == "" {
		return nil, fmt.Errorf("scheme %q and host %q are no address", u.Scheme, u.Host)
	}
	return request, nil
}

func isHTTP(scheme string) bool { return scheme == "http" || scheme == "https" }

// noReplay keeps net/http from sending a request a second time by itself when
// a reused connection breaks: a message must never arrive twice unseen. A body
// that it cannot rewind does that, and an empty one changes nothing on the wire.
type noReplay struct{ http.RoundTripper }

func (n noReplay) RoundTrip(req *http.Request) (*http.Response, error) {
	once := *req
	once.GetBody = nil
	if req.Body == nil {
		once.Body = struct{ io.ReadCloser }{http.NoBody}
	}
	return n.RoundTripper.RoundTrip(&once)
}

// cause returns what went wrong without the method and URL that net/http puts
// before it: they stand in the request's record, where the URL is masked. It may
// name other URLs: see Call.why.
func cause(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
