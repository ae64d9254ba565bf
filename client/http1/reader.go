package http1

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

const (
	maxHead = 256 << 10 // bytes of a head, as in Chromium
	maxLine = 16 << 10  // bytes of a line between chunks, as there
	maxRead = 32 << 10  // bytes of a body that are read at once
)

// Head is what a Reader found in the head of a response.
type Head struct {
	// Odd says where the head breaks RFC 9112 in ways that Chromium accepts and
	// others may not. It quotes only names and lines of the head.
	Odd []string

	// TransferEncoding has the field's values as received, nil if there are none.
	TransferEncoding []string
}

// Break says why a body cannot be read to its end.
type Break struct {
	Why Why
	Got int64  // ShortLength: bytes received
	Of  int64  // ShortLength: the Content-Length
	Bad string // BadChunk: the beginning of the line
}

// Why is the kind of a Break.
type Why uint8

// The kinds.
const (
	NoLastChunk Why = iota + 1 // the connection was closed within a chunked body
	BadChunk                   // Bad is in the place of a chunk size, or follows a chunk
	ShortLength                // the connection was closed before Content-Length was reached
)

func (b *Break) Error() string {
	switch b.Why {
	case NoLastChunk:
		return "http1: connection closed before the last chunk"
	case BadChunk:
		return fmt.Sprintf("http1: invalid chunk size %q", b.Bad)
	}
	return fmt.Sprintf("http1: connection closed after %d of %d bytes", b.Got, b.Of)
}

// HeadError says why the head of a response cannot be read.
type HeadError struct{ text string }

func (e *HeadError) Error() string { return "http1: " + e.text }

// Reader reads the responses of one connection. One goroutine may call Read while
// another calls the other methods.
type Reader struct {
	from  *bufio.Reader
	out   []byte       // returned by the next Read
	chunk []byte       // buffer for a chunk in out
	state func() error // reads the next part into out
	left  int64        // bytes left in the body or the chunk
	total int64        // the Content-Length
	cut   bool         // the connection was closed within the head

	mu     sync.Mutex
	asked  bool   // a request has no response yet
	method string // of the request that the next head answers, if it is HEAD or CONNECT
	head   Head
}

// NewReader returns a Reader of the bytes of a connection.
// It expects a response even before the first call of Wrote.
func NewReader(from io.Reader) *Reader {
	r := &Reader{from: bufio.NewReaderSize(from, maxRead), asked: true}
	r.state = r.readHead
	return r
}

// Wrote tells the Reader that p was written to the connection. The Reader needs to
// know of HEAD and CONNECT, whose responses have no body.
func (r *Reader) Wrote(p []byte) {
	r.mu.Lock()
	r.asked = true
	r.mu.Unlock()
	for _, method := range []string{"HEAD", "CONNECT"} {
		if len(p) > len(method) && string(p[:len(method)+1]) == method+" " {
			r.mu.Lock()
			r.method = method
			r.mu.Unlock()
		}
	}
}

// Head returns what was found in the latest head.
func (r *Reader) Head() Head {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.head
}

// Read implements io.Reader. Its errors are *HeadError, *Break and those of the
// connection.
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if err := r.state(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// raw passes bytes on unchanged.
func (r *Reader) raw() error {
	data, err := r.some(maxRead)
	r.out = data
	return err
}

// some waits for data and returns between 1 and most bytes of it. They are valid
// until the next read.
func (r *Reader) some(most int64) ([]byte, error) {
	if _, err := r.from.Peek(1); err != nil {
		return nil, err
	}
	data, err := r.from.Peek(int(min(most, int64(r.from.Buffered()))))
	r.from.Discard(len(data))
	return data, err
}

// readLength reads a body with a Content-Length.
func (r *Reader) readLength() error {
	data, err := r.some(r.left)
	if err == io.EOF {
		return &Break{Why: ShortLength, Got: r.total - r.left, Of: r.total}
	}
	r.out, r.left = data, r.left-int64(len(data))
	if r.left == 0 {
		r.state = r.readHead
	}
	return err
}

// readSize reads the size of a chunk.
func (r *Reader) readSize() error {
	line, err := r.line()
	if err != nil {
		return err
	}
	digits, _, _ := strings.Cut(line, ";")
	digits = strings.TrimRight(digits, " ")
	size, err := strconv.ParseUint(digits, 16, 63)
	if err != nil { // with base 16, ParseUint accepts neither a sign nor 0x
		return &Break{Why: BadChunk, Bad: short(line)}
	}
	if r.left = int64(size); size == 0 {
		r.state = r.readTrailer
		return nil
	}
	r.state = r.readChunk
	return nil
}

// readChunk passes on what has arrived of a chunk, as a separate chunk.
func (r *Reader) readChunk() error {
	data, err := r.some(r.left)
	if err != nil {
		return cut(err)
	}
	if r.left -= int64(len(data)); r.left == 0 {
		r.state = r.readChunkEnd
	}
	r.chunk = append(strconv.AppendInt(r.chunk[:0], int64(len(data)), 16), "\r\n"...)
	r.chunk = append(append(r.chunk, data...), "\r\n"...)
	r.out = r.chunk
	return nil
}

func (r *Reader) readChunkEnd() error {
	line, err := r.line()
	switch {
	case err != nil:
		return err
	case line != "":
		return &Break{Why: BadChunk, Bad: short(line)}
	}
	r.state = r.readSize
	return nil
}

// readTrailer skips the fields after the last chunk.
func (r *Reader) readTrailer() error {
	line, err := r.line()
	if err != nil {
		return err
	}
	if line == "" {
		r.out, r.state = []byte("0\r\n\r\n"), r.readHead
	}
	return nil
}

// line reads a line of a chunked body and returns it without its line end.
func (r *Reader) line() (string, error) {
	var line []byte
	for {
		c, err := r.from.ReadByte()
		switch {
		case err != nil:
			return "", cut(err)
		case c == '\n':
			return strings.TrimSuffix(string(line), "\r"), nil
		case len(line) == maxLine:
			return "", &Break{Why: BadChunk, Bad: short(string(line))}
		}
		line = append(line, c)
	}
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return &Break{Why: NoLastChunk}
	}
	return err
}

// short returns the beginning of a line.
func short(line string) string {
	const most = 60
	if len(line) > most {
		return line[:most] + "…"
	}
	return line
}
