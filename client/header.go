package client

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"net/http"
	"net/textproto"
	"regexp"
	"strings"

	"sseconsole/client/record"
	"sseconsole/client/target"
)

const masked = "•••"

// sentHeader returns the header that transport sends with r over HTTP/1.1, with
// what net/http adds, secrets masked. It lets net/http write the request, since
// that tells no one what it adds where HTTP/2 is spoken, and only after the
// connection came about.
func sentHeader(r *http.Request, transport http.RoundTripper) http.Header {
	var wire bytes.Buffer
	unread := *r
	if r.GetBody != nil {
		unread.Body, _ = r.GetBody() // what is written here is read
	}
	unread.Write(&wire) // a value that cannot be sent fails the request later
	reader := textproto.NewReader(bufio.NewReader(&wire))
	reader.ReadLine()
	header, _ := reader.ReadMIMEHeader()
	if t, ok := transport.(*http.Transport); ok && !t.DisableCompression && r.Header.Get("Accept-Encoding") == "" {
		header.Set("Accept-Encoding", "gzip")
	}
	return maskHeader(http.Header(header))
}

// describe fills in what a response says of itself and of its connection.
func (e Endpoint) describe(r *record.Record, response *http.Response) {
	r.Proto, r.Status, r.ContentType = response.Proto, response.StatusCode, contentType(response)
	header := e.maskHeader(response.Header)
	if te := response.TransferEncoding; te != nil { // which net/http takes out
		header["Transfer-Encoding"] = te
	}
	if response.Uncompressed { // as it takes this
		header.Set("Content-Encoding", "gzip")
	}
	r.Header = header
	if state := response.TLS; state != nil {
		r.TLS = tls.VersionName(state.Version)
		if e.Connection.Insecure {
			r.TLS += record.NotVerified
		}
		if len(state.PeerCertificates) > 0 {
			r.CertExpiry = state.PeerCertificates[0].NotAfter
		}
	}
}

// maskHeader returns a copy of a header with ••• in place of its secrets.
func maskHeader(header http.Header) http.Header {
	out := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			out[name] = append(out[name], maskValue(name, value))
		}
	}
	return out
}

func maskValue(name, value string) string {
	name = strings.ToLower(name)
	switch name {
	case "authorization", "proxy-authorization":
		if scheme, _, ok := strings.Cut(value, " "); ok {
			return scheme + " " + masked
		}
		return masked
	case "set-cookie":
		cookie, _, _ := strings.Cut(value, ";")
		if name, _, ok := strings.Cut(cookie, "="); ok {
			return name + "=" + masked + value[len(cookie):]
		}
		return masked
	case "cookie":
		return masked
	}
	switch name[strings.LastIndexByte(name, '-')+1:] { // X-Api-Key, X-Auth-Token and the like
	case "key", "token", "secret", "password":
		return masked
	}
	return target.Mask(value)
}

// maskBody returns the body of a request with ••• in place of what are usually
// secrets in a form or in JSON.
func maskBody(contentType, body string) string {
	switch {
	case body == "":
		return ""
	case strings.HasPrefix(contentType, "application/x-www-form-urlencoded"):
		return strings.TrimPrefix(target.Mask("?"+body), "?")
	case strings.Contains(contentType, "json"):
		secret := regexp.MustCompile(`(?i)("(?:token|access_token|api_key|apikey|key|password|secret|client_secret)"\s*:\s*")(?:[^"\\]|\\.)*"`)
		return secret.ReplaceAllString(body, "${1}"+masked+`"`)
	}
	return body
}
