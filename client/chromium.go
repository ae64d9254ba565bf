package client

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// chromiumHeader returns what Chromium 156 on Linux sends with an EventSource
// of a page of the same origin, beside Accept, Cache-Control and Last-Event-ID.
func chromiumHeader() http.Header {
	return http.Header{
		"Accept-Encoding":    {"gzip, deflate, br, zstd"},
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

// apply returns r with the headers that the options ask for; r itself is not
// changed.
func (o Options) apply(r *http.Request) *http.Request {
	if !o.Chromium && o.Origin == "" {
		return r
	}
	r = r.Clone(r.Context())
	if o.Chromium {
		maps.Copy(r.Header, chromiumHeader())
	}
	if o.Origin != "" {
		r.Header.Set("Origin", o.Origin)
		if o.Chromium {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}
	}
	return r
}

// maxCodings bounds how many codings are undone: each takes memory, and may make
// a thousand times as much of what it is given.
const maxCodings = 4

// decode makes a response's body that of its Content-Encoding undone, as the
// bytes arrive, and reports whether it had one. The header stays, so that one
// sees what was sent.
func decode(response *http.Response) bool {
	body := response.Body
	codings := strings.Split(strings.ToLower(strings.Join(response.Header.Values("Content-Encoding"), ",")), ",")
	var decoded io.Reader = body
	if len(codings) > maxCodings {
		decoded = &lazyDecoder{err: fmt.Errorf("client: %d content codings, more than %d", len(codings), maxCodings)}
		codings = nil
	}
	for i := len(codings) - 1; i >= 0; i-- { // they were applied from left to right (RFC 9110, 8.4)
		switch coding := strings.TrimSpace(codings[i]); coding {
		case "", "identity":
		case "gzip", "x-gzip", "deflate", "br", "zstd":
			decoded = &lazyDecoder{coding: coding, from: decoded}
		default:
			decoded = &lazyDecoder{from: decoded, err: fmt.Errorf("client: content coding %q is not known", coding)}
		}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{decoded, body}
	return decoded != io.Reader(body)
}

// lazyDecoder undoes one content coding. It begins with the first Read, because
// the decoders read a header first, which on a stream comes with the first
// event only.
type lazyDecoder struct {
	coding string
	from   io.Reader
	to     io.Reader
	err    error
}

func (d *lazyDecoder) Read(p []byte) (int, error) {
	if d.to == nil && d.err == nil {
		d.to, d.err = newDecoder(d.coding, d.from)
	}
	if d.err != nil {
		return 0, d.err
	}
	n, err := d.to.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		// The stream ended without the coding's own end: so do servers that
		// flush and leave. To a browser that is the end of the stream.
		err = io.EOF
	}
	return n, err
}

func newDecoder(coding string, from io.Reader) (io.Reader, error) {
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
	return gzip.NewReader(from)
}
