package client

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// route is how the requests of a Call are made.
type route struct {
	http.RoundTripper
	own        *http.Transport // nil for a Client's Transport
	connection endpoint.Connection
}

// routes are the transports in use, one for each way to connect.
type routes map[endpoint.Connection]madeOf

// madeOf is a transport and the state of the PEM files it was made of.
type madeOf struct {
	*http.Transport
	files [3]fileState
}

// fileState shows by comparison whether a file has changed.
type fileState struct {
	changed time.Time
	size    int64
}

// route returns the route for a connection's settings. Its errors are
// *endpoint.Problem.
func (c *Client) route(connection endpoint.Connection) (route, error) {
	r := route{connection: connection}
	if c.Transport != nil {
		r.RoundTripper = c.Transport
		return r, nil
	}
	key := connection // without what a transport does not depend on
	key.Compression, key.Redirects, key.IdleTimeout = "", "", 0
	files := [3]fileState{stateOf(key.CAFile), stateOf(key.CertFile), stateOf(key.KeyFile)}

	c.mu.Lock()
	defer c.mu.Unlock()
	made := c.routes[key]
	if made.Transport == nil || made.files != files {
		transport, err := newTransport(connection, c.Dial)
		if err != nil {
			return r, err
		}
		if made.Transport != nil {
			made.CloseIdleConnections()
		}
		if c.routes == nil {
			c.routes = routes{}
		}
		made = madeOf{transport, files}
		c.routes[key] = made
	}
	r.RoundTripper, r.own = made.Transport, made.Transport
	return r, nil
}

func stateOf(file string) fileState {
	if file == "" {
		return fileState{}
	}
	info, err := os.Stat(file)
	if err != nil {
		return fileState{size: -1}
	}
	return fileState{info.ModTime(), info.Size()}
}

// newTransport returns a transport with a time limit for connecting and, unless the
// connection sets one, for nothing else: a stream may be silent for any time, even
// before its headers. Connections per host are not limited, so subscriptions never
// delay a call. dial, if not nil, makes the connections.
func newTransport(connection endpoint.Connection, dial func(ctx context.Context, network, address string) (net.Conn, error)) (*http.Transport, error) {
	if problems := connection.Check(); len(problems) > 0 {
		return nil, problems[0]
	}
	config, err := connection.LoadTLS()
	if err != nil {
		return nil, err
	}
	timeout := cmp.Or(time.Duration(connection.ConnectTimeout), connectTimeout)
	if dial == nil {
		dial = dialer(timeout)
	}
	t := &http.Transport{
		DialContext:            dial,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    timeout,
		ResponseHeaderTimeout:  time.Duration(connection.HeaderTimeout),
		DisableCompression:     true, // a compressed stream arrives late, and its bytes are not those of the server
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        90 * time.Second,
		OnProxyConnectResponse: tunnelled,
	}
	if len(config.Certificates) == 0 {
		config.GetClientCertificate = noCertificate
	}
	proxy, err := connection.ProxyURL()
	if err != nil {
		return nil, err
	}
	switch {
	case connection.Proxy == "":
		t.Proxy = through(http.ProxyFromEnvironment)
	case proxy != nil:
		t.Proxy = through(http.ProxyURL(proxy))
	}
	t.Protocols = &http.Protocols{}
	t.Protocols.SetHTTP1(connection.HTTP != endpoint.HTTP2)
	t.Protocols.SetHTTP2(connection.HTTP != endpoint.HTTP1)
	if connection.HTTP == endpoint.HTTP2 {
		t.Protocols.SetUnencryptedHTTP2(true)
		if proxy == nil || proxy.Scheme != "https" { // VerifyConnection would also see the connection to the proxy
			config.VerifyConnection = wantHTTP2
		}
		return t, nil
	}
	readsHTTP1(t)
	return t, nil
}

// failureError is an error that carries its code.
type failureError struct {
	failure record.Failure
	text    string
}

func (e *failureError) Error() string { return e.text }

// certWanted is the key of an *atomic.Bool in a request's context, set when the
// server requests a client certificate.
type certWanted struct{}

// noCertificate is the GetClientCertificate of a client without one. It notes the
// request.
func noCertificate(info *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	if wanted, ok := info.Context().Value(certWanted{}).(*atomic.Bool); ok {
		wanted.Store(true)
	}
	return &tls.Certificate{}, nil
}

// roundTrip makes a request. A TLS 1.2 server that misses a client certificate
// often says only that the handshake failed; its request for one shows why.
func roundTrip(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	wanted := new(atomic.Bool)
	ctx := context.WithValue(r.Context(), certWanted{}, wanted)
	way := &passage{}
	ctx, answered := answering(context.WithValue(ctx, passageKey{}, way), way)
	response, err := next.RoundTrip(r.WithContext(ctx))
	if err == nil {
		answered(response)
	}
	if err != nil && wanted.Load() && strings.Contains(err.Error(), "remote error: tls: handshake failure") {
		err = &failureError{record.ClientCertRequired, err.Error()}
	}
	return response, err
}

func wantHTTP2(state tls.ConnectionState) error {
	if state.NegotiatedProtocol == "h2" {
		return nil
	}
	return &failureError{record.NoHTTP2, fmt.Sprintf("the server chose %q by ALPN, not h2", state.NegotiatedProtocol)}
}

// tunnelled returns an error if a proxy refuses CONNECT.
func tunnelled(ctx context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	if p := passageOf(ctx); p != nil {
		p.answered()
	}
	switch response.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired, http.StatusUnauthorized: // tinyproxy's answer to a wrong password
		return &failureError{record.ProxyAuth, response.Status}
	}
	return &failureError{record.ProxyRefused, response.Status}
}

// failure is Classify for an error of a request made over r.
func (r route) failure(err error) record.Failure {
	failure := Classify(err)
	switch {
	case r.connection.HTTP == endpoint.HTTP2 && (failure == record.NotHTTP || noPreface(err)):
		return record.NoHTTP2
	case failure == record.ClientCertRefused && r.connection.CertFile == "":
		return record.ClientCertRequired
	}
	return failure
}

// problemFailure returns the code and the technical text of an error of
// Client.route.
func problemFailure(err error) (record.Failure, string) {
	var p *endpoint.Problem
	if !errors.As(err, &p) {
		return record.BadConnection, err.Error()
	}
	file := p.Value
	if p.Err != nil {
		file += ": " + p.Err.Error()
	}
	switch p.Code {
	case endpoint.PEMUnread:
		return record.PEMUnreadable, p.Err.Error() // it names the file
	case endpoint.PEMNoCert:
		return record.PEMNoCert, file
	case endpoint.PEMNoKey:
		return record.PEMNoKey, file
	case endpoint.PEMEncrypted:
		return record.PEMEncrypted, file
	case endpoint.PEMBroken:
		return record.PEMBroken, file
	case endpoint.PEMMismatch:
		return record.PEMMismatch, p.Value
	}
	return record.BadConnection, p.Error()
}
