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
	scheme  string // neither http nor https
}

func (e *redirectError) Error() string {
	if e.tooMany {
		return fmt.Sprintf("stopped after %d redirects", maxHops)
	}
	return fmt.Sprintf("redirect to a URL of scheme %q", e.scheme)
}

// hop decides on a redirect, as CheckRedirect of http.Client. It completes r and
// emits it.
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
	// Referer would reveal the query of this URL, tokens included, to the next host.
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

// leaveCredentials removes the headers that may hold credentials from a request
// that a redirect led to another origin, and returns their names. It also does so
// when redirects lead back, since the other origin chose the path. net/http removes
// only some headers, and treats any port of a host as the same.
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

// away reports whether req or any request between it and the first has another
// origin than the first.
func away(req *http.Request, via []*http.Request) bool {
	for _, r := range append(via[1:len(via):len(via)], req) {
		if !sameOrigin(via[0].URL, r.URL) {
			return true
		}
	}
	return false
}

// awayFrom is the context key of the target's Connection. It is set in requests
// that are away from the target.
type awayFrom struct{}

// isAway reports whether a request is away from its target.
func isAway(r *http.Request) bool {
	_, away := r.Context().Value(awayFrom{}).(endpoint.Connection)
	return away
}

// stayAway returns ctx, marked as away if from is.
func stayAway(ctx, from context.Context) context.Context {
	if connection, away := from.Value(awayFrom{}).(endpoint.Connection); away {
		return context.WithValue(ctx, awayFrom{}, connection)
	}
	return ctx
}

// routeOf returns the RoundTripper for a request: next, unless the request is away
// and next would use the client certificate or server name of the target.
func (c *Client) routeOf(r *http.Request, next http.RoundTripper) (http.RoundTripper, error) {
	connection, isAway := r.Context().Value(awayFrom{}).(endpoint.Connection)
	if !isAway || connection.CertFile == "" && connection.ServerName == "" {
		return next, nil
	}
	connection.CertFile, connection.KeyFile, connection.ServerName = "", "", ""
	elsewhere, err := c.route(connection)
	return elsewhere.RoundTripper, err
}

// harmless reports whether a header never holds a credential.
func harmless(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept", "cache-control", "pragma", "content-type", "content-language", "user-agent",
		"last-event-id", "origin", "cache", "connection":
		return true
	}
	return strings.HasPrefix(name, "accept-") || strings.HasPrefix(name, "sec-ch-") || strings.HasPrefix(name, "sec-fetch-")
}

// originOf returns the origin of an HTTP URL as browsers write it.
func originOf(u *url.URL) string {
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	if port := u.Port(); port != "" && port == endpoint.Port(&url.URL{Scheme: u.Scheme, Host: u.Hostname()}) {
		origin = strings.TrimSuffix(origin, ":"+port)
	}
	return origin
}

// sameOrigin reports whether credentials for from may go to to: the same scheme,
// host and port, or from HTTP on port 80 to TLS on port 443 of the same host.
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
