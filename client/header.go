package client

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"net/http"
	"net/textproto"

	"sseconsole/client/record"
)

// sentHeader returns the header that transport sends with r over HTTP/1.1, with
// what net/http adds. It lets net/http write the request, since
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
	return http.Header(header)
}

// describe fills in what a response says of itself and of its connection.
func (c Call) describe(r *record.Record, response *http.Response) {
	r.Proto, r.Status, r.ContentType = response.Proto, response.StatusCode, contentType(response)
	header := c.Masker.Header(response.Header)
	if te := response.TransferEncoding; te != nil { // which net/http takes out
		header["Transfer-Encoding"] = te
	}
	if r.Detail == "" {
		r.Detail = oddHead(response)
	}
	if response.Uncompressed { // as it takes this
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
