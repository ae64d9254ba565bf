package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"sseconsole/client/http1"
	"sseconsole/client/record"
)

// readsHTTP1 makes t read HTTP/1 responses as Chromium does. Responses through a
// proxy's tunnel are read by net/http alone, since it opens the tunnel.
func readsHTTP1(t *http.Transport) {
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if _, tunnel := conn.(*waitingProxy); err != nil || tunnel {
			return conn, err
		}
		return http1.NewConn(conn), nil
	}
	t.DialTLSContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		config := t.TLSClientConfig.Clone()
		toProxy := passageOf(ctx).throughProxy()
		if config.NextProtos = nil; !toProxy {
			config.NextProtos = protocols(t.Protocols)
		}
		if config.ServerName == "" {
			config.ServerName, _, _ = net.SplitHostPort(address)
		}
		secured := tls.Client(conn, config)
		late := record.ConnectTimeout
		if toProxy {
			late = record.ProxyTimeout
		}
		if err := shakeHands(ctx, secured, t.TLSHandshakeTimeout, late); err != nil {
			conn.Close()
			return nil, err
		}
		switch _, tunnel := conn.(*waitingProxy); {
		case tunnel, secured.ConnectionState().NegotiatedProtocol == "h2":
			return secured, nil
		case toProxy:
			return http1.NewConn(secured), nil
		}
		return &tlsConn{http1.NewConn(secured), secured.ConnectionState()}, nil
	}
}

// protocols returns the names that ALPN offers.
func protocols(p *http.Protocols) (names []string) {
	if p.HTTP2() {
		names = append(names, "h2")
	}
	if p.HTTP1() {
		names = append(names, "http/1.1")
	}
	return names
}

// shakeHands makes the TLS handshake. It fails with late if that takes longer than
// timeout.
func shakeHands(ctx context.Context, conn *tls.Conn, timeout time.Duration, late record.Failure) error {
	text := fmt.Sprintf("TLS handshake timeout after %v", timeout)
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, &failureError{late, text})
	defer cancel()
	err := conn.HandshakeContext(ctx)
	if cause, ok := context.Cause(ctx).(*failureError); ok && err != nil {
		return cause
	}
	return err
}

// tlsConn is a TLS connection whose state net/http cannot see.
type tlsConn struct {
	*http1.Conn
	state tls.ConnectionState
}

// answering returns a context for a request. Calling done with its response adds to
// the response, and to p, what only the connection knows.
func answering(ctx context.Context, p *passage) (traced context.Context, done func(*http.Response)) {
	var conn net.Conn
	traced = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { conn = i.Conn }})
	return traced, func(response *http.Response) {
		var reader *http1.Conn
		switch c := conn.(type) {
		case *http1.Conn:
			reader = c
		case *tlsConn:
			reader = c.Conn
			response.TLS = &c.state
		default:
			return
		}
		head := reader.Head()
		response.TransferEncoding = head.TransferEncoding
		p.mu.Lock()
		defer p.mu.Unlock()
		p.odd = strings.Join(head.Odd, "; ")
	}
}
