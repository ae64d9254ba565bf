package endpoint

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"sseconsole/client/mask"
)

// Connection says how to reach the host of a target. The zero value does what a
// browser would: it uses the system's proxy and authorities, and HTTP/2 where
// offered. Connections are comparable, so they can be map keys. In JSON,
// durations are strings such as "1.5s" or "2m".
type Connection struct {
	CAFile     string `json:"ca_file,omitempty"`     // PEM: authorities trusted instead of the system's
	CertFile   string `json:"cert_file,omitempty"`   // PEM: the client's certificate, with KeyFile
	KeyFile    string `json:"key_file,omitempty"`    // PEM; may be the same file
	ServerName string `json:"server_name,omitempty"` // name that the certificate must be for; "" means the URL's host
	MinTLS     string `json:"min_tls,omitempty"`     // "1.2" or "1.3"; "" means 1.2
	Insecure   bool   `json:"insecure,omitempty"`    // do not verify the server's certificate

	// Proxy is "" for the system's, NoProxy, or a URL (http, https or socks5), with
	// credentials if needed.
	Proxy string `json:"proxy,omitempty"`
	HTTP  string `json:"http,omitempty"` // HTTP1, HTTP2, or "" to let the server choose

	ConnectTimeout Duration `json:"connect_timeout,omitempty"` // for dialing, for the proxy and for TLS, each; 0 means 10 s
	HeaderTimeout  Duration `json:"header_timeout,omitempty"`  // from the request to the response's header; 0 means none
	IdleTimeout    Duration `json:"idle_timeout,omitempty"`    // a stream silent for this long is closed and reconnects; 0 means never

	// Compression is what a subscription requests: "" for none, CompressionAll,
	// or one of Compressions.
	Compression string `json:"compression,omitempty"`
	Redirects   string `json:"redirects,omitempty"` // "" follows them, ShowRedirects does not
}

// plainTemplates returns the fields besides Proxy that are templates, with
// their names in JSON.
func (c *Connection) plainTemplates() []templateField {
	return []templateField{
		{"ca_file", &c.CAFile}, {"cert_file", &c.CertFile}, {"key_file", &c.KeyFile}, {"server_name", &c.ServerName},
	}
}

type templateField struct {
	name string
	text *string
}

// Values of a Connection's fields.
const (
	NoProxy        = "none"
	HTTP1          = "1.1"
	HTTP2          = "2"
	CompressionAll = "all"
	ShowRedirects  = "show"
)

// Compressions returns the content codings that can be requested.
func Compressions() []string { return []string{"gzip", "deflate", "br", "zstd"} }

// Duration is a time.Duration that is a string such as "1.5s" in JSON.
type Duration time.Duration

// MarshalText returns the duration as time.Duration formats it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText parses what time.ParseDuration does, and "" as 0.
func (d *Duration) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = Duration(parsed)
	return nil
}

// ProblemCode says what is wrong with a field. The window has a sentence for each code.
type ProblemCode string

// What can be wrong with a field of a Connection.
const (
	UnknownValue ProblemCode = "unknown_value"  // not a known value of the field
	BadProxy     ProblemCode = "bad_proxy"      // not the URL of a proxy; Err says why
	KeyMissing   ProblemCode = "key_missing"    // the key of a certificate is missing
	CertMissing  ProblemCode = "cert_missing"   // the certificate of a key is missing
	Negative     ProblemCode = "negative"       // a negative duration or number
	BadName      ProblemCode = "bad_name"       // not a valid host name
	CANotUsed    ProblemCode = "ca_not_used"    // an authority is set, but nothing is verified
	PEMUnread    ProblemCode = "pem_unreadable" // the file cannot be read; Err says why
	PEMNoCert    ProblemCode = "pem_no_cert"    // the file has no certificate
	PEMNoKey     ProblemCode = "pem_no_key"     // the file has no private key
	PEMEncrypted ProblemCode = "pem_encrypted"  // the key is encrypted with a password
	PEMBroken    ProblemCode = "pem_broken"     // the file is malformed; Err says how
	PEMMismatch  ProblemCode = "pem_mismatch"   // the key does not belong to the certificate
)

// Problem is what is wrong with a field. Value and Err contain no secrets.
type Problem struct {
	Field string // the field's name in JSON
	Code  ProblemCode
	Value string // the field's value, secrets masked
	Err   error  // details, or nil
}

func newProblem(field string, code ProblemCode, value string, err error) *Problem {
	return &Problem{field, code, mask.Text(value), mask.Error(err, value)}
}

func (p *Problem) Error() string {
	text := fmt.Sprintf("target: %s: %s %q", p.Field, p.Code, p.Value)
	if p.Err != nil {
		text += ": " + p.Err.Error()
	}
	return text
}

func (p *Problem) Unwrap() error { return p.Err }

// Check returns what is wrong with c, in the order of its fields. It does not
// read the files that c names; LoadTLS does.
func (c Connection) Check() []*Problem {
	var problems []*Problem
	add := func(field string, code ProblemCode, value string, err error) {
		problems = append(problems, newProblem(field, code, value, err))
	}
	oneOf := func(field, value string, known ...string) {
		if value != "" && !slices.Contains(known, value) {
			add(field, UnknownValue, value, nil)
		}
	}
	if c.CAFile != "" && c.Insecure {
		add("ca_file", CANotUsed, c.CAFile, nil)
	}
	if c.CertFile == "" && c.KeyFile != "" {
		add("cert_file", CertMissing, c.KeyFile, nil)
	}
	if c.CertFile != "" && c.KeyFile == "" {
		add("key_file", KeyMissing, c.CertFile, nil)
	}
	if strings.ContainsAny(c.ServerName, " \t\r\n/:@?#[]") && net.ParseIP(c.ServerName) == nil {
		add("server_name", BadName, c.ServerName, nil)
	}
	oneOf("min_tls", c.MinTLS, "1.2", "1.3")
	if _, err := c.ProxyURL(); err != nil {
		add("proxy", BadProxy, Mask(c.Proxy), err)
	}
	oneOf("http", c.HTTP, HTTP1, HTTP2)
	for _, d := range []struct {
		field string
		value Duration
	}{{"connect_timeout", c.ConnectTimeout}, {"header_timeout", c.HeaderTimeout}, {"idle_timeout", c.IdleTimeout}} {
		if d.value < 0 {
			add(d.field, Negative, time.Duration(d.value).String(), nil)
		}
	}
	oneOf("compression", c.Compression, append(Compressions(), CompressionAll)...)
	oneOf("redirects", c.Redirects, ShowRedirects)
	return problems
}

// ProxyURL returns the proxy of c, or nil for the system's or none.
func (c Connection) ProxyURL() (*url.URL, error) {
	if c.Proxy == "" || c.Proxy == NoProxy {
		return nil, nil
	}
	u, err := url.Parse(c.Proxy)
	if err != nil {
		return nil, withoutURL(err)
	}
	switch {
	case !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme):
		return nil, fmt.Errorf("scheme %q is none of http, https, socks5", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("no host")
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("a proxy has no path")
	}
	return u, nil
}
