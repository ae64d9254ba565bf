package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"sseconsole/client/record"
)

// do makes a request and follows redirects. With an error comes its code.
func do(ctx context.Context, c *http.Client, verb, address string, header http.Header, body io.Reader) (*http.Response, record.Failure, error) {
	request, err := newRequest(ctx, verb, address, body)
	if err != nil {
		return nil, record.BadAddress, err
	}
	request.Header = header
	response, err := c.Do(request)
	if err != nil {
		return nil, Classify(err), err
	}
	return response, "", nil
}

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
