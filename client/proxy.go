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

// passage is what is known of a request's way through a proxy between the
// moments at which net/http asks which one it is and at which it is through.
// net/http itself waits a minute for the answer to CONNECT, and for SOCKS without
// an end.
type passage struct {
	mu      sync.Mutex
	socks   *url.URL        // the proxy, if it is one of SOCKS
	tunnel  bool            // it is to open a tunnel by CONNECT
	plain   bool            // it reads the request, and may answer by itself
	waiting []*waitingProxy // connections whose CONNECT has no answer yet
	odd     string          // of the head of the response
}

// passageKey is the key of a request's *passage in its context.
type passageKey struct{}

func passageOf(ctx context.Context) *passage {
	p, _ := ctx.Value(passageKey{}).(*passage)
	return p
}

// throughProxy reports whether the connection that is made is one to a proxy of
// HTTP.
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

// through wraps what tells the proxy of a request. One of SOCKS it keeps for
// dial, which goes through it within a time limit; net/http sees none then.
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

// dialer connects within a time limit that holds for a proxy's part, too.
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

// waitingProxy is a connection to a proxy that has so much time until it has
// answered CONNECT.
type waitingProxy struct {
	net.Conn
	timeout time.Duration
}

func (p *passage) wait(conn net.Conn, timeout time.Duration) net.Conn {
	w := &waitingProxy{conn, timeout}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = append(p.waiting, w)
	conn.SetReadDeadline(time.Now().Add(timeout)) // if it fails, so does the first read
	return w
}

// Read names the cause if the time is over.
func (w *waitingProxy) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = &failureError{record.ProxyTimeout, fmt.Sprintf("no answer to CONNECT within %v", w.timeout)}
	}
	return n, err
}

// ambiguous reports whether a response refuses credentials, and it cannot be
// known whose: some proxies (tinyproxy) say 401, as servers do, of a wrong
// password.
func ambiguous(r *http.Response) bool {
	if r.StatusCode != http.StatusUnauthorized || r.Request == nil {
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

// answered lifts the limit once a proxy has answered. A request nearly always
// has one connection that waits; if it should have more, all go on without.
func (p *passage) answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.waiting {
		w.SetReadDeadline(time.Time{})
	}
	p.waiting = nil
}
