package client

import (
	"bufio"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"sseconsole/client/record"
)

// chromiumHeader returns the headers that Chromium 156 on Linux sends for an
// EventSource of a page of the same origin, besides Accept, Accept-Encoding,
// Cache-Control and Last-Event-ID.
func chromiumHeader() http.Header {
	return http.Header{
		"Accept-Language":    {"en-US,en;q=0.9"},
		"Pragma":             {"no-cache"},
		"Sec-Ch-Ua":          {`"Not:A-Brand";v="8", "Chromium";v="156"`},
		"Sec-Ch-Ua-Mobile":   {"?0"},
		"Sec-Ch-Ua-Platform": {`"Linux"`},
		"Sec-Fetch-Dest":     {"empty"},
		"Sec-Fetch-Mode":     {"cors"},
		"Sec-Fetch-Site":     {"same-origin"},
		"User-Agent":         {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"},
	}
}

// apply returns r with the headers that the options add, and with Origin set unless
// origin is "". It does not change r.
func (o Options) apply(r *http.Request, origin string) *http.Request {
	if !o.Chromium && origin == "" {
		return r
	}
	r = r.Clone(r.Context())
	if o.Chromium {
		maps.Copy(r.Header, chromiumHeader())
	}
	if origin != "" {
		r.Header.Set("Origin", origin)
		if o.Chromium {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}
	}
	return r
}

// chromiumCodings returns Chromium's Accept-Encoding: br and zstd, which a proxy on
// the way might not handle, only over TLS and on this machine.
func chromiumCodings(u *url.URL) string {
	host := u.Hostname()
	address, err := netip.ParseAddr(host)
	if u.Scheme == "https" || host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.IsLoopback() {
		return "gzip, deflate, br, zstd"
	}
	return "gzip, deflate"
}

// maxCodings limits how many codings are decoded: each takes memory, and its output
// may be a thousand times its input.
const maxCodings = 4

// decode replaces a response's body by one that decodes its Content-Encoding as the
// bytes arrive, and reports whether it had a known one. As in Chromium,
// Accept-Encoding does not matter, and a body with an unknown coding stays
// unchanged. The header stays, to show what the server sent. more is called if data
// follows the end of the compressed data; that is ignored.
func decode(response *http.Response, more func()) bool {
	var codings []string
	for name := range strings.SplitSeq(strings.ToLower(strings.Join(response.Header.Values("Content-Encoding"), ",")), ",") {
		switch name = strings.TrimSpace(name); name {
		case "":
		case "gzip", "x-gzip", "deflate", "br", "zstd":
			codings = append(codings, name)
		default:
			return false
		}
	}
	if len(codings) == 0 {
		return false
	}
	body := response.Body
	var decoded io.Reader = body
	if len(codings) > maxCodings {
		err := fmt.Errorf("client: %d content codings, more than %d", len(codings), maxCodings)
		decoded, codings = &lazyDecoder{err: err}, nil
	}
	for i := len(codings) - 1; i >= 0; i-- { // the server applies them from left to right (RFC 9110, section 8.4)
		decoded = &lazyDecoder{coding: codings[i], from: &upstream{Reader: decoded}, more: more}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{decoded, body}
	return true
}

// upstream is a reader that remembers its error.
type upstream struct {
	io.Reader
	err error
}

func (u *upstream) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil {
		u.err = err
	}
	return n, err
}

// lazyDecoder decodes one content coding. It creates the decoder at the first Read,
// because decoders start by reading a header, which on a stream arrives only with
// the first event.
type lazyDecoder struct {
	coding string
	from   *upstream
	to     io.Reader
	err    error
	more   func()
}

func (d *lazyDecoder) Read(p []byte) (n int, err error) {
	if d.to == nil && d.err == nil {
		d.to, d.err = newDecoder(d.coding, d.from, d.more)
	}
	if err = d.err; err == nil {
		n, err = d.to.Read(p)
	}
	switch {
	case err == nil || err == io.EOF || d.from == nil:
		return n, err
	case d.from.err != nil && d.from.err != io.EOF: // the decoder may wrap or hide it
		return n, d.from.err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, &failureError{record.CutCoding, "client: the data ended within its coding, " + d.coding}
	}
	return n, &failureError{record.BadCoding, fmt.Sprintf("client: the body is not %s: %v", d.coding, err)}
}

func newDecoder(coding string, from io.Reader, more func()) (io.Reader, error) {
	switch coding {
	case "br":
		return brotli.NewReader(from), nil
	case "zstd":
		// Concurrency 1 decodes in Read itself, so nothing waits for more input.
		d, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, err
		}
		return d, nil
	case "deflate": // zlib by the standard, raw deflate from some servers
		buffered := bufio.NewReader(from)
		if head, err := buffered.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(buffered)
		}
		return flate.NewReader(buffered), nil
	}
	buffered := bufio.NewReader(from)
	z, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &oneMember{z, buffered, more}, nil
}

// oneMember reads the first gzip member and ignores what follows it, as Chromium
// does.
type oneMember struct {
	member *gzip.Reader
	from   *bufio.Reader
	more   func()
}

func (o *oneMember) Read(p []byte) (int, error) {
	n, err := o.member.Read(p)
	switch {
	case err != io.EOF:
		return n, err
	case n > 0:
		return n, nil
	}
	if _, err := o.from.Peek(1); err == nil {
		o.more()
	}
	_, err = io.Copy(io.Discard, o.from)
	return 0, cmp.Or(err, io.EOF)
}
