package client

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"strings"
	"syscall"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/http1"
	"sseconsole/client/record"
)

// Classify returns the code of an error of a request or of reading a body, Other if
// it does not know the error, "" if err is nil.
func Classify(err error) record.Failure {
	if err == nil {
		return ""
	}
	err = cause(err)
	for _, classify := range []func(error) record.Failure{
		knownFailure, bodyFailure, redirectFailure, proxyFailure, clientCertFailure, tlsFailure, addressFailure, socketFailure,
	} {
		if f := classify(err); f != "" {
			return f
		}
	}
	return record.Other
}

// futile reports whether another attempt would fail in the same way. Other failures
// are network errors, after which an EventSource reconnects.
func futile(f record.Failure) bool {
	switch f {
	case record.Refused, record.NameNotFound, record.Unreachable, record.Timeout, record.Reset, record.Other,
		record.ConnectTimeout, record.HeaderTimeout, record.IdleTimeout, record.Dropped,
		record.ProxyUnreachable, record.ProxyTimeout, record.ProxyRefused, record.StreamReset, record.GoAway,
		record.CutChunks, record.BadChunk, record.CutLength, record.CutCoding, record.BadCoding:
		return false
	}
	return true
}

func redirectFailure(err error) record.Failure {
	var e *redirectError
	switch {
	case !errors.As(err, &e):
		return ""
	case e.tooMany:
		return record.TooManyHops
	}
	return record.RedirectScheme
}

// knownFailure knows the errors that carry their code.
func knownFailure(err error) record.Failure {
	var e *failureError
	if errors.As(err, &e) {
		return e.failure
	}
	return ""
}

// bodyFailure knows how responses break. net/http exports no types for its HTTP/2
// errors.
func bodyFailure(err error) record.Failure {
	var (
		broken *http1.Break
		head   *http1.HeadError
		flated flate.CorruptInputError
	)
	text := err.Error()
	switch {
	case errors.As(err, &broken) && broken.Why == http1.NoLastChunk:
		return record.CutChunks
	case errors.As(err, &broken) && broken.Why == http1.BadChunk:
		return record.BadChunk
	case errors.As(err, &broken):
		return record.CutLength
	case errors.As(err, &head):
		return record.BadHead
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &flated):
		return record.BadCoding
	case strings.Contains(text, "GOAWAY"):
		return record.GoAway
	case strings.Contains(text, "stream error: stream ID"):
		return record.StreamReset
	}
	return ""
}

// proxyFailure knows the errors of proxies.
func proxyFailure(err error) record.Failure {
	var e *net.OpError
	if !errors.As(err, &e) {
		return ""
	}
	text := e.Err.Error()
	var dial *net.OpError
	switch {
	case e.Op == "proxyconnect" && strings.Contains(text, "TLS handshake timeout"):
		return record.ProxyTimeout
	case e.Op == "proxyconnect" && tlsFailure(e.Err) == "":
		return record.ProxyUnreachable
	case e.Op != "socks connect":
		return ""
	case strings.Contains(text, "authentication"), strings.Contains(text, "username/password"):
		return record.ProxyAuth
	case errors.As(e.Err, &dial) && dial.Op == "dial":
		return record.ProxyUnreachable
	case e.Timeout():
		return record.ProxyTimeout
	case strings.Contains(text, "unknown error"): // the proxy's own answer follows
		return record.ProxyRefused
	}
	return record.ProxyUnreachable
}

// clientCertFailure knows the TLS alerts about the client's certificate and
// protocols. They share one type, so their texts decide.
func clientCertFailure(err error) record.Failure {
	text := err.Error()
	if !strings.Contains(text, "remote error: tls: ") {
		return ""
	}
	_, alert, _ := strings.Cut(text, "remote error: tls: ")
	switch alert {
	case "certificate required":
		return record.ClientCertRequired
	case "bad certificate", "unsupported certificate", "revoked certificate", "expired certificate",
		"unknown certificate", "unknown certificate authority", "access denied":
		return record.ClientCertRefused
	case "protocol version not supported", "insufficient security level":
		return record.TLSVersion
	case "no application protocol":
		return record.NoHTTP2
	}
	return ""
}

// noPreface reports whether err is net/http's for a server that answers the HTTP/2
// preface with something else.
func noPreface(err error) bool {
	text := err.Error()
	return strings.Contains(text, "frame too large") || strings.Contains(text, "looked like an HTTP/1.1 header") ||
		strings.Contains(text, "client conn could not be established")
}

func isProblem(err error) bool {
	var p *endpoint.Problem
	return errors.As(err, &p)
}

func tlsFailure(err error) record.Failure {
	var (
		authority   x509.UnknownAuthorityError
		invalid     x509.CertificateInvalidError
		name        x509.HostnameError
		certificate *tls.CertificateVerificationError
		header      tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &authority):
		return record.TLSAuthority
	case errors.As(err, &name):
		return record.TLSName
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore):
		return record.TLSNotYet
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return record.TLSExpired
	case strings.Contains(err.Error(), "tls: server selected unsupported protocol version"),
		strings.Contains(err.Error(), "tls: no supported versions"):
		return record.TLSVersion
	case strings.Contains(err.Error(), "TLS handshake timeout"):
		return record.ConnectTimeout
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &header):
		return record.NotTLS
	case errors.As(err, &certificate), errors.As(err, &invalid),
		strings.Contains(err.Error(), "tls: "): // alerts and the rest have no types
		return record.TLSOther
	}
	return ""
}

func addressFailure(err error) record.Failure {
	var (
		dns     *net.DNSError
		address *net.AddrError
	)
	switch {
	case errors.As(err, &dns) && dns.IsTimeout:
		return record.Timeout
	case errors.As(err, &dns):
		return record.NameNotFound
	case errors.As(err, &address):
		return record.BadAddress
	}
	return ""
}

// socketFailure knows the errors of sockets, on Windows by number, since package
// syscall has no portable names for them.
func socketFailure(err error) record.Failure {
	is := func(numbers ...syscall.Errno) bool {
		var number syscall.Errno
		if !errors.As(err, &number) {
			return false
		}
		for _, n := range numbers {
			if n == number {
				return true
			}
		}
		return false
	}
	var (
		timeout  interface{ Timeout() bool }
		protocol textproto.ProtocolError
		dial     *net.OpError
	)
	text := err.Error()
	switch {
	case is(syscall.ECONNREFUSED, 10061):
		return record.Refused
	case is(syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN,
		syscall.EACCES, syscall.EPERM, 10065, 10051, 10064, 10050, 10013):
		return record.Unreachable
	case strings.Contains(text, "timeout awaiting response headers"):
		return record.HeaderTimeout
	case errors.As(err, &dial) && dial.Op == "dial" && dial.Timeout() && !is(syscall.ETIMEDOUT, 10060):
		return record.ConnectTimeout
	case is(10060), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return record.Timeout
	case is(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, 10054, 10053),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		strings.Contains(text, "http2: "), strings.Contains(text, "stream error: "),
		strings.Contains(text, "server closed idle connection"):
		return record.Reset
	case errors.As(err, &protocol), strings.Contains(text, "malformed HTTP"):
		return record.NotHTTP
	}
	return ""
}
