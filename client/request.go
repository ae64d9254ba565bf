package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"sseconsole/client/endpoint"
)

// newRequest returns a request, or an error if address is not an HTTP URL.
func newRequest(ctx context.Context, verb, address string, body io.Reader) (*http.Request, error) {
	u, err := endpoint.ParseURL(address)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, verb, "http://"+u.Host, body)
	if err != nil {
		return nil, err
	}
	request.URL = u
	return request, nil
}

// asTyped returns r changed so that next sends its RawPath unchanged: net/http
// escapes it again if it is not valid.
func asTyped(r *http.Request, next http.RoundTripper) *http.Request {
	path := r.URL.RawPath
	if path == "" || path == r.URL.EscapedPath() {
		return r
	}
	if t, ok := next.(*http.Transport); ok && t.Proxy != nil && r.URL.Scheme == "http" {
		if proxy, err := t.Proxy(r); err == nil && proxy != nil && isHTTP(proxy.Scheme) {
			path = "//" + r.URL.Host + path
		} else if strings.HasPrefix(path, "//") { // net/http would take it for a host
			return r
		}
	}
	u := *r.URL
	u.Opaque = path
	r = r.WithContext(r.Context())
	r.URL = &u
	return r
}

func isHTTP(scheme string) bool { return scheme == "http" || scheme == "https" }

// noReplay prevents net/http from repeating a request when a reused connection
// breaks: no message may arrive twice unnoticed. A body that net/http cannot
// rewind prevents it, and an empty one changes nothing on the wire.
type noReplay struct{ http.RoundTripper }

func (n noReplay) RoundTrip(req *http.Request) (*http.Response, error) {
	once := *req
	once.GetBody = nil
	if req.Body == nil {
		once.Body = struct{ io.ReadCloser }{http.NoBody}
	}
	return n.RoundTripper.RoundTrip(&once)
}

// cause removes the method and URL that net/http puts before an error: the
// request's record has them, with the URL masked. The text may contain other URLs:
// see Call.why.
func cause(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
