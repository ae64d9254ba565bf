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

// FileLimit returns how many files this process may have open, a connection
// being one, and how many sessions that leaves room for beside what else the
// process does. Beyond it a further subscriber gets 503, and long before a file
// cannot be opened. Both are 0 where there is no limit, or none that is known.
func FileLimit() (files, sessions int) {
	files = openFileLimit()
	return files, files - keptFiles(files)
}

// keptFiles is how many of the files that may be open sessions leave to others.
func keptFiles(limit int) int { return min(limit/8, 256) }

// crowded is the key, in the context of a connection, of the number of files
// that may be open, when hardly any more may.
type crowded struct{}

// connContext is the ConnContext of the server.
func connContext(ctx context.Context, c net.Conn) context.Context {
	head := headOf(c)
	if head == nil {
		return ctx
	}
	return markCrowded(context.WithValue(ctx, headKey{}, head), head)
}

// markCrowded tells requests of crowdedBy. A new file gets the lowest
// number that is free, so the number of a connection's tells how many files are
// open in the whole process.
func markCrowded(ctx context.Context, c net.Conn) context.Context {
	limit, sessions := FileLimit()
	if limit == 0 || fileNumber(c) < sessions {
		return ctx
	}
	return context.WithValue(ctx, crowded{}, limit)
}

// fileNumber is the number of c's file, 0 if it has none.
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

// gate turns connections away while hardly any file is left, whatever they may
// want: the last ones are for the rest of the process.
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
		if limit == 0 || fileNumber(c) < limit-keptFiles(limit)/2 {
			return &headConn{Conn: c, heads: g.server.heads}, nil
		}
		g.server.observe(Notice{Kind: RefusedLimit, Remote: c.RemoteAddr().String(), Err: hub.ErrFullFiles})
		if g.server.config.TLS == nil {
			text := fullFiles(limit) + "\n"
			c.SetDeadline(time.Now().Add(time.Second)) // it blocks nobody: the answer fits the buffer
			fmt.Fprintf(c, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
		}
		c.Close()
	}
}

func fullFiles(limit int) string {
	return fmt.Sprintf("the server takes no further subscriber, because nearly all the %d files are open that it may open", limit)
}

// crowdedBy returns how many files may be open if r came over a connection that
// takes one of the last; otherwise 0.
func crowdedBy(r *http.Request) int {
	limit, _ := r.Context().Value(crowded{}).(int)
	return limit
}
