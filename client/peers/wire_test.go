//go:build peers

package peers

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const (
	stream  = "Content-Type: text/event-stream"
	chunked = "Transfer-Encoding: chunked"
	soon    = "retry: 60\n\n" // keeps the wait for a reconnect short
)

// head returns the head of a response with status 200.
func head(fields ...string) string { return status("200 OK", fields...) }

func status(line string, fields ...string) string {
	return "HTTP/1.1 " + line + "\r\n" + strings.Join(append(fields, "", ""), "\r\n")
}

func chunk(data string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(data), data) }

const lastChunk = "0\r\n\r\n"

// open returns a stream that stays open.
func open(body string) string { return head(stream, chunked) + chunk(body) }

// ended returns a stream that ends properly.
func ended(body string) string { return open(body) + lastChunk + "{close}" }

// whole returns a response that ends: while one is open, Chromium may wait for more
// bytes to guess the type from.
func whole(fields ...string) string {
	return head(append(fields, chunked)...) + chunk(event("1", "x")) + lastChunk + "{close}"
}

// event returns an event of the type message.
func event(id, data string) string { return "id: " + id + "\ndata: " + data + "\n\n" }

// refused returns a response without a stream.
func refused(line string, fields ...string) string {
	return status(line, append(fields, "Content-Length: 0", "Connection: close")...) + "{close}"
}

func redirect(code int, to string, fields ...string) string {
	return refused(fmt.Sprintf("%d Elsewhere", code), append(fields, "Location: "+to)...)
}

// flusher is what the encoders have in common.
type flusher interface {
	io.WriteCloser
	Flush() error
}

// coded encodes the parts in a content coding, each part flushed. If whole, the last
// piece is the end of the encoded data.
func coded(coding string, whole bool, parts ...string) (pieces []string) {
	var b bytes.Buffer
	var w flusher
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, flate.DefaultCompression)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	}
	for _, part := range parts {
		io.WriteString(w, part)
		w.Flush()
		pieces = append(pieces, b.String())
		b.Reset()
	}
	if whole {
		w.Close()
		pieces = append(pieces, b.String())
	}
	return pieces
}

// chunks returns each piece as a chunk, with a wait between them.
func chunks(pieces []string) string {
	var b strings.Builder
	for i, piece := range pieces {
		if i > 0 {
			b.WriteString("{wait}")
		}
		b.WriteString(chunk(piece))
	}
	return b.String()
}
