package client

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"sync"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

const (
	defaultMaxEvent     = 256 << 20
	maxDecodedEvent     = 64 << 20 // in a compressed stream
	defaultSendTimeout  = 30 * time.Second
	defaultCloseTimeout = 5 * time.Second

	connectTimeout = 10 * time.Second // for dialling, and again for TLS, unless the Connection sets one
	userAgent      = "SSEConsole/1"
)

// Client makes subscriptions and calls. Set the fields before the first use; from
// then on its methods are safe for concurrent use. It must not be copied. Only
// Record is required.
type Client struct {
	// Record receives every record. Those of a subscription arrive in order, from
	// the subscription's goroutine, which waits for Record to return; those of a
	// call arrive from the caller's goroutine. It must be safe for concurrent calls.
	Record func(record.Record)

	// Transport, if not nil, makes the requests. Otherwise the client connects as
	// each Call's Connection says. When a request's context ends, Transport must end
	// the request and the reading of its body, as http.RoundTripper requires.
	Transport http.RoundTripper

	// Dial, if not nil, makes the connections of the client's own transport, for
	// example in memory in a test.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	MaxEvent     int           // longest event in bytes; 0 means 256 MiB, or 64 MiB in a compressed stream; negative means no limit
	SendTimeout  time.Duration // 0 means 30 s
	CloseTimeout time.Duration // 0 means 5 s
	UserAgent    string        // "" means SSEConsole/1

	mu     sync.Mutex
	routes routes
	jars   map[string]http.CookieJar // by the name of the target
}

// jar returns the cookie jar of a target, nil if it does not store cookies.
func (c *Client) jar(spec *endpoint.Spec) http.CookieJar {
	if !spec.Cookies {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.jars == nil {
		c.jars = map[string]http.CookieJar{}
	}
	if c.jars[spec.Name] == nil {
		jar, _ := cookiejar.New(nil) // its error is always nil
		c.jars[spec.Name] = browserJar{jar}
	}
	return c.jars[spec.Name]
}

// browserJar accepts the cookies that browsers accept.
type browserJar struct{ http.CookieJar }

// SetCookies ignores cookies with SameSite=None but without Secure, as Chromium
// does.
func (j browserJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.CookieJar.SetCookies(u, slices.DeleteFunc(slices.Clone(cookies), func(c *http.Cookie) bool {
		return c.SameSite == http.SameSiteNoneMode && !c.Secure
	}))
}

// CloseIdleConnections closes the connections that no request is using. Call it
// when the client is no longer needed.
func (c *Client) CloseIdleConnections() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, made := range c.routes {
		made.CloseIdleConnections()
	}
}
