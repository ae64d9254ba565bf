package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"sseconsole/server/hub"
)

// FileLimit returns the number of files that this process may open, connections
// included, and the number of sessions for which that leaves room. Further subscribers
// get 503, so that files remain for the rest of the process. Both numbers are 0 if there
// is no limit, or if it is not known.
func FileLimit() (files, sessions int) {
	files = openFileLimit()
	return files, files - reservedFiles(files)
}

// reservedFiles returns how many files of the limit are not for sessions.
func reservedFiles(limit int) int { return min(limit/8, 256) }

// fewFilesKey is the context key of the file limit, on connections that were accepted
// when hardly any files were left.
type fewFilesKey struct{}

// connContext is the ConnContext of the HTTP server.
func connContext(ctx context.Context, c net.Conn) context.Context {
	head := headOf(c)
	if head == nil {
		return ctx
	}
	return markFewFiles(context.WithValue(ctx, headKey{}, head), head)
}

// markFewFiles sets fewFilesKey if c takes one of the last files. A new file gets the
// lowest free descriptor, so that of a connection shows how many files the process has
// open.
func markFewFiles(ctx context.Context, c net.Conn) context.Context {
	limit, sessions := FileLimit()
	if limit == 0 || fileNumber(c) < sessions {
		return ctx
	}
	return context.WithValue(ctx, fewFilesKey{}, limit)
}

// fileNumber returns the file descriptor of c, or 0 if it has none.
func fileNumber(c net.Conn) (number int) {
	conn, ok := c.(syscall.Conn)
	if !ok {
		return 0
	}
	raw, err := conn.SyscallConn()
	if err == nil {
		raw.Control(func(fd uintptr) { number = int(fd) })
	}
	return number
}

// gate is a listener that refuses connections while hardly any files are left, to keep
// them for the rest of the process.
type gate struct {
	net.Listener
	server *Server
}

func (g gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		limit := openFileLimit()
		if limit == 0 || fileNumber(c) < limit-reservedFiles(limit)/2 {
			return &headConn{Conn: c, heads: g.server.heads}, nil
		}
		g.server.observe(Notice{Kind: RefusedLimit, Remote: c.RemoteAddr().String(), Err: hub.ErrFullFiles})
		if g.server.config.TLS == nil {
			text := fullFiles(limit) + "\n"
			c.SetDeadline(time.Now().Add(time.Second)) // a formality: the response fits the send buffer
			fmt.Fprintf(c, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
		}
		c.Close()
	}
}

func fullFiles(limit int) string {
	return fmt.Sprintf("the server accepts no more subscribers: nearly all of the %d files that it may open are open", limit)
}

// fileLimitOf returns the file limit if the connection of r takes one of the last files,
// and 0 otherwise.
func fileLimitOf(r *http.Request) int {
	limit, _ := r.Context().Value(fewFilesKey{}).(int)
	return limit
}
