package client

import (
	"net"
	"net/http"
	"sync"
	"time"

	"sseconsole/client/record"
)

const (
	defaultMaxEvent     = 256 << 20
	defaultSendTimeout  = 30 * time.Second
	defaultCloseTimeout = 5 * time.Second

	connectTimeout = 10 * time.Second // for dialling, and again for TLS
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

	// Transport makes the requests instead of the client's own connections. As
	// http.RoundTripper demands, it must end a request and the reading of its
	// body when the request's context ends.
	Transport http.RoundTripper

	MaxEvent     int           // longest event in bytes; 0 means 256 MiB, less than 0 any
	SendTimeout  time.Duration // 0 means 30 s
	CloseTimeout time.Duration // 0 means 5 s
	UserAgent    string        // "" means SSEConsole/1

	once sync.Once
	own  *http.Transport
}

// CloseIdleConnections closes the connections that no request uses. Call it
// when the client is no longer needed.
func (c *Client) CloseIdleConnections() {
	c.transport() // so that own is set
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

func (c *Client) transport() http.RoundTripper {
	c.once.Do(func() {
		if c.Transport == nil {
			c.own = newTransport()
		}
	})
	if c.own != nil {
		return c.own
	}
	return c.Transport
}

// newTransport returns connections with time limits for connecting and for
// nothing else: a stream may be silent for as long as it likes, also before its
// headers. The number of connections to a host has no limit, so that
// subscriptions never hold up a call.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout: connectTimeout,
		ForceAttemptHTTP2:   true,
		DisableCompression:  true, // a compressed stream arrives late, and not as it was sent
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     90 * time.Second,
	}
}
