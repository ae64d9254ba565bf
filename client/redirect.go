package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
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

// hop decides on a redirect, for http.Client. It emits the record that
// completes r.
func (c *Client) hop(r record.Record, call Call, req *http.Request, via []*http.Request) error {
	if call.Connection.Redirects == endpoint.ShowRedirects {
		return http.ErrUseLastResponse
	}
	if req.URL.RawPath == "" {
		req.URL.RawPath = req.URL.EscapedPath()
	}
	endpoint.EscapeUnsafe(req.URL)
	left := leaveCredentials(req, via)
	if away(req, via) {
		*req = *req.WithContext(context.WithValue(req.Context(), awayFrom{}, call.Connection))
	}
	// It would tell the next host the query of this one, token and all.
	req.Header.Del("Referer")
	r.Kind, r.Time = record.Redirect, time.Now()
	r.Method, r.URL, r.Data = req.Method, call.mask(req.URL.String()), strings.Join(left, ", ")
	call.describe(&r, req.Response)
	c.Record(r)
	if len(via) > maxHops {
		return &redirectError{tooMany: true}
	}
	if !isHTTP(req.URL.Scheme) {
		return &redirectError{scheme: req.URL.Scheme}
	}
	return nil
}

// leaveCredentials takes from a request that a redirect leads to another origin
// whatever might be a credential, and returns the names of that. It goes on
// doing so when the way leads back: who sent it back could have chosen the
// path. Net/http knows some headers by their names and takes them for the same
// host on any port.
func leaveCredentials(req *http.Request, via []*http.Request) (left []string) {
	if !away(req, via) {
		return nil
	}
	for name := range via[0].Header {
		if !harmless(name) {
			left = append(left, name)
			req.Header.Del(name)
		}
	}
	slices.Sort(left)
	return left
}

// away reports whether a request leaves the origin of the first one, or comes
// from outside of it.
func away(req *http.Request, via []*http.Request) bool {
	for _, r := range append(via[1:len(via):len(via)], req) {
		if !sameOrigin(via[0].URL, r.URL) {
			return true
		}
	}
	return false
}

// awayFrom is the key of the Connection of a request's target, in the context
// of a request that is away from there.
type awayFrom struct{}

// isAway reports whether a request is away from where its credentials belong.
func isAway(r *http.Request) bool {
	_, away := r.Context().Value(awayFrom{}).(endpoint.Connection)
	return away
}

// stayAway returns ctx for a request that is as far away as one with the context
// from.
func stayAway(ctx, from context.Context) context.Context {
	if connection, away := from.Value(awayFrom{}).(endpoint.Connection); away {
		return context.WithValue(ctx, awayFrom{}, connection)
	}
	return ctx
}

// routeOf returns what a request is made with: next, unless it is away and what
// belongs to the target's host alone would go with it.
func (c *Client) routeOf(r *http.Request, next http.RoundTripper) (http.RoundTripper, error) {
	connection, isAway := r.Context().Value(awayFrom{}).(endpoint.Connection)
	if !isAway || connection.CertFile == "" && connection.ServerName == "" {
		return next, nil
	}
	connection.CertFile, connection.KeyFile, connection.ServerName = "", "", ""
	elsewhere, err := c.route(connection)
	return elsewhere.RoundTripper, err
}

// harmless reports whether a header holds no credential, whatever its value.
func harmless(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept", "cache-control", "pragma", "content-type", "content-language", "user-agent",
		"last-event-id", "origin", "cache", "connection":
		return true
	}
	return strings.HasPrefix(name, "accept-") || strings.HasPrefix(name, "sec-ch-") || strings.HasPrefix(name, "sec-fetch-")
}

// originOf returns the origin of a URL of HTTP as browsers write it.
func originOf(u *url.URL) string {
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	if port := u.Port(); port != "" && port == endpoint.Port(&url.URL{Scheme: u.Scheme, Host: u.Hostname()}) {
		origin = strings.TrimSuffix(origin, ":"+port)
	}
	return origin
}

// sameOrigin reports whether what was meant for from may go to to: the same
// host and port, over TLS if it was before. From port 80 to TLS on port 443 it
// may, too.
func sameOrigin(from, to *url.URL) bool {
	if !strings.EqualFold(from.Hostname(), to.Hostname()) {
		return false
	}
	if from.Scheme == to.Scheme {
		return endpoint.Port(from) == endpoint.Port(to)
	}
	return from.Scheme == "http" && endpoint.Port(from) == "80" && to.Scheme == "https" && endpoint.Port(to) == "443"
}

// location returns where a response redirects to, "" if it does not.
func location(response *http.Response) string {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return response.Header.Get("Location")
	}
	return ""
}
