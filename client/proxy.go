package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"golang.org/x/net/proxy"

	"sseconsole/client/record"
)

// passage is the state of a request's way through a proxy, from the moment
// net/http looks for one until it is connected. It serves the time limits: net/http
// alone waits a minute for the answer to CONNECT, and without limit for SOCKS.
type passage struct {
	mu      sync.Mutex
	socks   *url.URL        // the proxy, if it speaks SOCKS
	tunnel  bool            // an HTTP proxy opens a tunnel with CONNECT
	plain   bool            // an HTTP proxy reads the request, and may answer it
	waiting []*waitingProxy // connections whose CONNECT has no answer yet
	odd     string          // for oddHead
}

// passageKey is the key of a request's *passage in its context.
type passageKey struct{}

func passageOf(ctx context.Context) *passage {
	p, _ := ctx.Value(passageKey{}).(*passage)
	return p
}

// throughProxy reports whether the request goes through an HTTP proxy.
func (p *passage) throughProxy() bool {
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tunnel || p.plain
}

// oddHead says what is odd about the head of a response, "" if nothing is.
func oddHead(response *http.Response) string {
	if response.Request == nil {
		return ""
	}
	p := passageOf(response.Request.Context())
	if p == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.odd
}

// through wraps a Transport.Proxy function. It hides a SOCKS proxy from net/http
// and leaves it to dialer, which has a time limit.
func through(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		u, err := proxy(r)
		p := passageOf(r.Context())
		if err != nil || u == nil || p == nil {
			return u, err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		switch u.Scheme {
		case "socks5", "socks5h":
			p.socks = u
			return nil, nil
		}
		p.tunnel = r.URL.Scheme == "https"
		p.plain = !p.tunnel
		return u, nil
	}
}

// dialer returns a DialContext whose time limit includes the proxy's part.
func dialer(timeout time.Duration) func(ctx context.Context, network, address string) (net.Conn, error) {
	direct := &net.Dialer{Timeout: timeout}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		p := passageOf(ctx)
		if p == nil {
			return direct.DialContext(ctx, network, address)
		}
		p.mu.Lock()
		socks, tunnel := p.socks, p.tunnel
		p.mu.Unlock()
		if socks != nil {
			ctx, cancel := context.WithTimeout(ctx, timeout)
			defer cancel()
			return dialSOCKS(ctx, direct, socks, network, address)
		}
		conn, err := direct.DialContext(ctx, network, address)
		if err != nil || !tunnel {
			return conn, err
		}
		return p.wait(conn, timeout), nil
	}
}

func dialSOCKS(ctx context.Context, direct *net.Dialer, u *url.URL, network, address string) (net.Conn, error) {
	var auth *proxy.Auth
	if u.User != nil {
		password, _ := u.User.Password()
		auth = &proxy.Auth{User: u.User.Username(), Password: password}
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "1080") // as net/http does
	}
	socks, err := proxy.SOCKS5(network, host, auth, direct)
	if err != nil {
		return nil, err
	}
	return socks.(proxy.ContextDialer).DialContext(ctx, network, address)
}

// waitingProxy is a connection to a proxy that must answer CONNECT within timeout.
type waitingProxy struct {
	net.Conn
	timeout time.Duration
}

func (p *passage) wait(conn net.Conn, timeout time.Duration) net.Conn {
	w := &waitingProxy{conn, timeout}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = append(p.waiting, w)
	conn.SetReadDeadline(time.Now().Add(timeout)) // if this fails, so does the first read
	return w
}

// Read returns ProxyTimeout when the time is up.
func (w *waitingProxy) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = &failureError{record.ProxyTimeout, fmt.Sprintf("no answer to CONNECT within %v", w.timeout)}
	}
	return n, err
}

// ambiguous reports whether a 401 may come from a proxy or from the server: some
// proxies (tinyproxy) answer a wrong password with 401 instead of 407.
func ambiguous(r *http.Response) bool {
	return r.StatusCode == http.StatusUnauthorized && proxied(r)
}

// fromProxy reports whether a proxy wants credentials. A server that says so
// itself has no say in it.
func fromProxy(r *http.Response) bool {
	return r.StatusCode == http.StatusProxyAuthRequired && proxied(r)
}

// proxied reports whether a response came through a proxy of plain HTTP, which may
// have made it.
func proxied(r *http.Response) bool {
	if r.Request == nil {
		return false
	}
	p := passageOf(r.Request.Context())
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plain
}

// answered removes the limit once a proxy has answered. Usually one connection of a
// request is waiting; if there are more, all lose their limit.
func (p *passage) answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.waiting {
		w.SetReadDeadline(time.Time{})
	}
	p.waiting = nil
}
