package client

import (
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

	"sseconsole/client/record"
)

// Classify returns the code of a request's or a body's error, Other for one
// that it does not know.
func Classify(err error) record.Failure {
	if err == nil {
		return ""
	}
	err = cause(err)
	for _, classify := range []func(error) record.Failure{redirectFailure, tlsFailure, addressFailure, socketFailure} {
		if f := classify(err); f != "" {
			return f
		}
	}
	return record.Other
}

// futile reports whether another attempt would fail in the same way. All else
// is a network error, after which an EventSource reconnects.
func futile(f record.Failure) bool {
	switch f {
	case record.Refused, record.NameNotFound, record.Unreachable, record.Timeout, record.Reset, record.Other:
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
	return record.BadAddress
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
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return record.TLSExpired
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &header):
		return record.NotTLS
	case errors.As(err, &certificate), errors.As(err, &invalid),
		strings.Contains(err.Error(), "tls: "): // alerts and the rest have no type of their own
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

// socketFailure knows the errors of sockets, on Windows by their numbers, for
// which package syscall has no portable name.
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
	)
	text := err.Error()
	switch {
	case is(syscall.ECONNREFUSED, 10061):
		return record.Refused
	case is(syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN,
		syscall.EACCES, syscall.EPERM, 10065, 10051, 10064, 10050, 10013):
		return record.Unreachable
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
