package server

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"

	"sseconsole/server/hub"
)

// heads is what the heads of requests take that are coming in. It has a bound of its
// own: a send must be heard for its refusal when all memory is taken.
type heads struct {
	hub   *hub.Hub
	bound int64
	bytes atomic.Int64
}

func newHeads(h *hub.Hub) *heads {
	const share, least = 8, 16 << 20
	return &heads{hub: h, bound: max(int64(h.Stats().MaxMemory)/share, least)}
}

// take counts n bytes more, fewer if n is negative, and reports whether there is
// room.
func (h *heads) take(n int) bool {
	if h.bytes.Add(int64(n)) > h.bound && n > 0 {
		h.bytes.Add(int64(-n))
		return false
	}
	h.hub.Charge(n)
	return true
}

// headConn is a connection whose bytes count as memory while the head of a request
// comes in: net/http keeps all of it, up to MaxHeaderBytes, before it knows what is
// asked for, and whoever sends heads that do not end could fill the memory with
// them. Beyond the bound of all heads together the connection ends. Over HTTP/2 only
// what comes while no call is under way counts.
type headConn struct {
	net.Conn
	heads *heads

	mu      sync.Mutex
	past    bool // the head has come: what is read now is a body
	read    int  // of the head
	counted int
}

// usualHead is what of a head does not count, in bytes: a call must be heard to be
// refused in words.
const usualHead = 64 << 10

// Read implements net.Conn.
func (c *headConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if !c.count(n) {
		return 0, hub.ErrMemoryFull
	}
	return n, err
}

// count counts n bytes more of a head, twice: as they came, and parsed.
func (c *headConn) count(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.past {
		return true
	}
	c.read += n
	more := 2*max(0, c.read-usualHead) - c.counted
	if !c.heads.take(more) {
		return false
	}
	c.counted += more
	return true
}

// came says that a head has come whole. What is kept of it from here on is
// counted with its call.
func (c *headConn) came() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads.take(-c.counted)
	c.past, c.read, c.counted = true, 0, 0
}

// await says that the next head is waited for.
func (c *headConn) await() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = false
}

// Close implements net.Conn.
func (c *headConn) Close() error {
	err := c.Conn.Close()
	c.came() // nobody keeps what is still read
	return err
}

// SyscallConn implements syscall.Conn.
func (c *headConn) SyscallConn() (syscall.RawConn, error) {
	conn, ok := c.Conn.(syscall.Conn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	return conn.SyscallConn()
}

// headOf returns the headConn of a connection that the server accepted, nil for
// another.
func headOf(c net.Conn) *headConn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	head, _ := c.(*headConn)
	return head
}

// headKey is the key of a request's headConn in its context.
type headKey struct{}

// headCame says that the head of r has come, unless the server does not serve by
// itself.
func headCame(r *http.Request) {
	if head, ok := r.Context().Value(headKey{}).(*headConn); ok {
		head.came()
	}
}

// onConnState is the ConnState of the server.
func onConnState(c net.Conn, state http.ConnState) {
	if head := headOf(c); head != nil && state == http.StateIdle {
		head.await()
	}
}
