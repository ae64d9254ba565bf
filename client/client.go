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
	maxDecodedEvent     = 64 << 20 // of a stream that came compressed
	defaultSendTimeout  = 30 * time.Second
	defaultCloseTimeout = 5 * time.Second

	connectTimeout = 10 * time.Second // for dialling, and again for TLS, where a Connection says nothing
	userAgent      = "SSEConsole/1"
)

// Client makes subscriptions and calls. Set the fields before its first use;
// then any goroutine may use it. It must not be copied. Every field but Record
// may stay zero.
type Client struct {
	// Record gets every record. The records of one subscription come in order,
	// from the subscription's goroutine, which waits for Record to return; those
	// of a call come from the caller's. It must be safe for concurrent calls.
	Record func(record.Record)

	// Transport makes the requests instead of the client's own connections, which
	// are made as each Call's Connection says. As
	// http.RoundTripper demands, it must end a request and the reading of its
	// body when the request's context ends.
	Transport http.RoundTripper

	// Dial makes the connections of the client's own transport instead of the
	// operating system, if it is not nil: a test's, in memory.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	MaxEvent     int           // longest event in bytes; 0 means 256 MiB, or 64 MiB of a compressed stream; less than 0 any
	SendTimeout  time.Duration // 0 means 30 s
	CloseTimeout time.Duration // 0 means 5 s
	UserAgent    string        // "" means SSEConsole/1

	mu     sync.Mutex
	routes routes
	jars   map[string]http.CookieJar // by the name of a target that keeps cookies
}

// jar returns the cookies of a target, nil if it keeps none.
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

// browserJar keeps what browsers keep.
type browserJar struct{ http.CookieJar }

// SetCookies passes over the cookies that are for every site and not secure, which
// Chromium refuses.
func (j browserJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.CookieJar.SetCookies(u, slices.DeleteFunc(slices.Clone(cookies), func(c *http.Cookie) bool {
		return c.SameSite == http.SameSiteNoneMode && !c.Secure
	}))
}

// CloseIdleConnections closes the connections that no request uses. Call it
// when the client is no longer needed.
func (c *Client) CloseIdleConnections() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, made := range c.routes {
		made.CloseIdleConnections()
	}
}
