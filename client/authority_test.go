package client

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	stdlog "log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// authority is a private certificate authority.
type authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string // PEM of cert
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{dir: t.TempDir()}
	a.key, a.cert = certificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, nil, nil)
	a.file = a.write(t, "ca.pem", "CERTIFICATE", a.cert.Raw)
	return a
}

func (a *authority) write(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	file := filepath.Join(a.dir, name)
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// issue returns a certificate for a name and its PEM files.
func (a *authority) issue(t *testing.T, name string, notBefore, notAfter time.Duration) (pair tls.Certificate, certFile, keyFile string) {
	t.Helper()
	key, leaf := certificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(notBefore), NotAfter: time.Now().Add(notAfter), DNSNames: []string{name},
	}, a.cert, a.key)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pair = tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}
	return pair, a.write(t, name+".pem", "CERTIFICATE", leaf.Raw), a.write(t, name+".key", "PRIVATE KEY", der)
}

// serveTLS serves one event with a configuration, and returns the URL.
func serveTLS(t *testing.T, config *tls.Config, http2 bool, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.TLS, server.EnableHTTP2 = config, http2
	server.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	return "https://localhost:" + port
}

// first subscribes and returns the records of the first connection.
func first(t *testing.T, e Call, o Options) (opened, ended record.Record, all []record.Record) {
	t.Helper()
	c, log := newClient(t)
	o.MaxReconnects = -1
	s := c.Subscribe(t.Context(), as("alice", e), o)
	select {
	case <-s.Done():
	case <-time.After(20 * time.Second):
		s.Cancel(nil)
		<-s.Done()
	}
	c.CloseIdleConnections()
	all = log.all()
	for _, r := range all {
		switch {
		case r.Kind == record.Open:
			opened = r
		case r.Kind == record.End || r.Kind == record.Fail && r.Failure != record.TooManyReconnects:
			ended = r
		}
	}
	return opened, ended, all
}

func at(url string, connection endpoint.Connection) Call {
	return Call{Request: endpoint.Request{URL: url}, Connection: connection}
}
