package client

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"net/http"
	"net/textproto"

	"sseconsole/client/record"
)

// sentHeader returns the header that transport sends with r over HTTP/1.1,
// including what net/http adds. It has net/http write the request, because
// net/http does not report what it adds over HTTP/2, and over HTTP/1.1 only once
// connected.
func sentHeader(r *http.Request, transport http.RoundTripper) http.Header {
	var wire bytes.Buffer
	unread := *r
	if r.GetBody != nil {
		unread.Body, _ = r.GetBody() // Write consumes it
	}
	unread.Write(&wire) // what cannot be sent fails the request later
	reader := textproto.NewReader(bufio.NewReader(&wire))
	reader.ReadLine()
	header, _ := reader.ReadMIMEHeader()
	if t, ok := transport.(*http.Transport); ok && !t.DisableCompression && r.Header.Get("Accept-Encoding") == "" {
		header.Set("Accept-Encoding", "gzip")
	}
	return http.Header(header)
}

// describe fills in the fields of r about a response and its connection.
func (c Call) describe(r *record.Record, response *http.Response) {
	r.Proto, r.Status, r.ContentType = response.Proto, response.StatusCode, contentType(response)
	header := c.Masker.Header(response.Header)
	if te := response.TransferEncoding; te != nil { // net/http removes it from the header
		header["Transfer-Encoding"] = te
	}
	if r.Detail == "" {
		r.Detail = oddHead(response)
	}
	if response.Uncompressed { // net/http removes this too
		header.Set("Content-Encoding", "gzip")
	}
	r.Header = header
	if state := response.TLS; state != nil {
		r.TLS = tls.VersionName(state.Version)
		if c.Connection.Insecure {
			r.TLS += record.NotVerified
		}
		if len(state.PeerCertificates) > 0 {
			r.CertExpiry = state.PeerCertificates[0].NotAfter
		}
	}
}
