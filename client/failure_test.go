package client

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"sseconsole/client/record"
)

// firstEnd subscribes and returns the record that ended the first connection.
func firstEnd(t *testing.T, base string, transport http.RoundTripper) record.Record {
	t.Helper()
	ends := make(chan record.Record, 10)
	c := Client{Transport: transport, Record: func(r record.Record) {
		if r.Kind == record.End || r.Kind == record.Fail {
			ends <- r
		}
	}}
	defer c.CloseIdleConnections()
	s := c.Subscribe(t.Context(), place{Base: base}.stream("alice"), Options{})
	end := <-ends
	s.Cancel(nil)
	<-s.Done()
	return end
}

// listen serves each connection by handle until the test ends, and returns the
// address.
func listen(t *testing.T, handle func(*net.TCPConn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			handle(conn.(*net.TCPConn))
			conn.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

func readRequest(conn net.Conn) string {
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return ""
	}
	return r.RequestURI
}

// tlsServer serves with a certificate of its own authority. It returns the URL and a
// transport that trusts the authority.
func tlsServer(t *testing.T, name string, notAfter time.Time, config *tls.Config) (string, *http.Transport) {
	t.Helper()
	caKey, ca := certificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, nil, nil)
	key, leaf := certificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: notAfter, DNSNames: []string{name},
	}, ca, caKey)
	plain := config == nil
	if plain {
		config = &tls.Config{}
	}
	config.Certificates = []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(serveHello))
	server.TLS, server.EnableHTTP2 = config, plain
	server.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	pool.AddCert(ca)
	transport := ownTransport(t)
	transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	t.Cleanup(transport.CloseIdleConnections)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	return "https://localhost:" + port, transport
}

func certificate(t *testing.T, template, parent *x509.Certificate, parentKey *ecdsa.PrivateKey) (*ecdsa.PrivateKey, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if parent == nil {
		parent, parentKey = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return key, cert
}

func serveHello(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/gone/subscribe" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	io.WriteString(w, "data: hello\n\n")
	if r.URL.Path == "/cut/subscribe" {
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

func TestTLSFailures(t *testing.T) {
	later := time.Now().Add(time.Hour)
	check := func(t *testing.T, base string, transport http.RoundTripper, kind record.Kind, want record.Failure) {
		t.Helper()
		if end := firstEnd(t, base, transport); end.Kind != kind || end.Failure != want || want != "" && end.Detail == "" {
			t.Errorf("got %v %q (%s), want %v %q", end.Kind, end.Failure, end.Detail, kind, want)
		}
	}
	t.Run("a trusted certificate works", func(t *testing.T) {
		base, transport := tlsServer(t, "localhost", later, nil)
		check(t, base, transport, record.End, "")
	})
	t.Run("a cut stream of HTTP/2 is a reset", func(t *testing.T) {
		base, transport := tlsServer(t, "localhost", later, nil)
		check(t, base+"/cut", transport, record.End, record.StreamReset)
		if !strings.Contains(firstEnd(t, base+"/cut", transport).Detail, "stream error") {
			t.Error("it was not HTTP/2")
		}
	})
	t.Run("unknown authority", func(t *testing.T) {
		base, _ := tlsServer(t, "localhost", later, nil)
		check(t, base, nil, record.Fail, record.TLSAuthority)
	})
	t.Run("expired", func(t *testing.T) {
		base, transport := tlsServer(t, "localhost", time.Now().Add(-time.Hour), nil)
		check(t, base, transport, record.Fail, record.TLSExpired)
	})
	t.Run("another name", func(t *testing.T) {
		base, transport := tlsServer(t, "example.com", later, nil)
		check(t, base, transport, record.Fail, record.TLSName)
	})
	t.Run("a client certificate is wanted", func(t *testing.T) {
		base, transport := tlsServer(t, "localhost", later, &tls.Config{ClientAuth: tls.RequireAnyClientCert})
		check(t, base, transport, record.Fail, record.ClientCertRequired)
	})
	t.Run("plain HTTP where https is asked", func(t *testing.T) {
		server := httptest.NewServer(http.HandlerFunc(serveHello))
		defer server.Close()
		check(t, strings.Replace(server.URL, "http:", "https:", 1), nil, record.Fail, record.NotTLS)
	})
	t.Run("no TLS at all where https is asked", func(t *testing.T) {
		address := listen(t, func(c *net.TCPConn) { io.WriteString(c, "220 mail.example ESMTP\r\n") })
		check(t, "https://"+address, nil, record.Fail, record.NotTLS)
	})
	t.Run("https where plain HTTP is asked", func(t *testing.T) {
		base, _ := tlsServer(t, "localhost", later, nil)
		end := firstEnd(t, strings.Replace(base, "https:", "http:", 1), nil)
		if end.Failure != record.BadStatus || end.Status != 400 || !strings.Contains(end.Data, "HTTPS server") {
			t.Errorf("got %+v", end)
		}
	})
}

func TestSocketFailures(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	loop := httptest.NewServer(http.RedirectHandler("/again", http.StatusFound))
	defer loop.Close()
	elsewhere := httptest.NewServer(http.RedirectHandler("ftp://host/", http.StatusFound))
	defer elsewhere.Close()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
	tests := []struct {
		name string
		base string
		kind record.Kind
		want record.Failure
	}{
		{"nothing is listening", "http://" + gone.Addr().String(), record.End, record.Refused},
		{"the server hangs up", "http://" + listen(t, func(c *net.TCPConn) { readRequest(c) }), record.End, record.Reset},
		{"the server resets", "http://" + listen(t, func(c *net.TCPConn) { readRequest(c); c.SetLinger(0) }), record.End, record.Reset},
		{"a chunked stream is cut", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Transfer-Encoding: chunked\r\n\r\n3\r\n:a\n\r\n")
		}), record.End, record.CutChunks},
		{"broken chunks", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Transfer-Encoding: chunked\r\n\r\nzz\r\n")
		}), record.End, record.BadChunk},
		{"a stream without a length ends with its connection", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"\r\ndata: x\n\n")
		}), record.End, ""},
		{"a length is not reached", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Content-Length: 99\r\n\r\ndata: x\n\n")
		}), record.End, record.CutLength},
		{"not gzip", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Content-Encoding: gzip\r\n\r\ndata: x\n\ndata: y\n\n")
		}), record.End, record.BadCoding},
		{"truncated gzip", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Content-Encoding: gzip\r\n\r\n")
			z := gzip.NewWriter(c)
			io.WriteString(z, "data: x\n\n")
			z.Flush()
		}), record.End, record.CutCoding},
		{"two lengths", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, head+"Content-Length: 9\r\nContent-Length: 8\r\n\r\ndata: x\n\n")
		}), record.Fail, record.BadHead},
		{"another protocol", "http://" + listen(t, func(c *net.TCPConn) {
			readRequest(c)
			io.WriteString(c, "SSH-2.0-OpenSSH\r\n")
		}), record.Fail, record.NotHTTP},
		{"no address", "", record.Fail, record.BadAddress},
		{"a broken address", "http://[::1", record.Fail, record.BadAddress},
		{"an invalid port", "http://127.0.0.1:99999", record.Fail, record.BadAddress},
		{"redirects without an end", loop.URL, record.Fail, record.TooManyHops},
		{"a redirect to another scheme", elsewhere.URL, record.Fail, record.RedirectScheme},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if end := firstEnd(t, tt.base, nil); end.Kind != tt.kind || end.Failure != tt.want {
				t.Errorf("got %v %q (%s)", end.Kind, end.Failure, end.Detail)
			}
		})
	}
}

func TestClassifyErrorsThatNeedAnotherMachine(t *testing.T) {
	connect := func(n syscall.Errno) error {
		return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", n)}
	}
	for _, tt := range []struct {
		err  error
		want record.Failure
	}{
		{nil, ""},
		{&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}}, record.NameNotFound},
		{&net.DNSError{Err: "server misbehaving", IsTemporary: true}, record.NameNotFound},
		{&net.DNSError{Err: "i/o timeout", IsTimeout: true}, record.Timeout},
		{connect(syscall.EHOSTUNREACH), record.Unreachable},
		{connect(syscall.ENETUNREACH), record.Unreachable},
		{connect(syscall.ETIMEDOUT), record.Timeout},
		{connect(10061), record.Refused}, // Windows
		{connect(10060), record.Timeout},
		{connect(10054), record.Reset},
		{&net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}, record.ConnectTimeout},
		{&net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}, record.Timeout},
		{&net.OpError{Op: "proxyconnect", Net: "tcp", Err: &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}}, record.ProxyUnreachable},
		{errors.New("http2: timeout awaiting response headers"), record.HeaderTimeout},
		{context.DeadlineExceeded, record.Timeout},
		{os.ErrDeadlineExceeded, record.Timeout},
		{fmt.Errorf("proxyconnect tcp: %w", connect(syscall.ECONNREFUSED)), record.Refused},
		{errors.New("something else"), record.Other},
	} {
		if got := Classify(tt.err); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.err, got, tt.want)
		}
	}
}
