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

// chromiumHeader returns what Chromium 156 on Linux sends with an EventSource
// of a page of the same origin, beside Accept, Accept-Encoding, Cache-Control and
// Last-Event-ID.
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

// apply returns r with the headers that the options ask for, in the name of a page
// of an origin unless that is ""; r itself is not changed.
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

// chromiumCodings returns the compressions that Chromium asks for: those that
// something on the way might stumble over only of this machine and over TLS.
func chromiumCodings(u *url.URL) string {
	host := u.Hostname()
	address, err := netip.ParseAddr(host)
	if u.Scheme == "https" || host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.IsLoopback() {
		return "gzip, deflate, br, zstd"
	}
	return "gzip, deflate"
}

// maxCodings bounds how many codings are undone: each takes memory, and may make
// a thousand times as much of what it is given.
const maxCodings = 4

// decode makes a response's body that of its Content-Encoding undone, as the
// bytes arrive, and reports whether it had one. As in Chromium it does not matter
// what was asked for, and a name that is not known leaves the body as it came. The
// header stays, so that one sees what was sent. more is called once something
// follows the end of compressed data, which is not read.
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
	for i := len(codings) - 1; i >= 0; i-- { // they were applied from left to right (RFC 9110, 8.4)
		decoded = &lazyDecoder{coding: codings[i], from: &upstream{Reader: decoded}, more: more}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{decoded, body}
	return true
}

// upstream remembers why reading from it ended.
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

// lazyDecoder undoes one content coding. It begins with the first Read, because
// the decoders read a header first, which on a stream comes with the first
// event only.
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
	case d.from.err != nil && d.from.err != io.EOF: // the decoder tells it in its own way, or not
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
	case "deflate": // zlib by the standard, raw by some servers
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

// oneMember reads one member of gzip and ignores what follows it, as Chromium does.
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
