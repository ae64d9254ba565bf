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

// heads counts the memory of request heads that are being received. It has its own
// bound, so that a call can be read and refused when no other memory is left.
type heads struct {
	hub   *hub.Hub
	bound int64
	bytes atomic.Int64
}

func newHeads(h *hub.Hub) *heads {
	const share, least = 8, 16 << 20
	return &heads{hub: h, bound: max(int64(h.Stats().MaxMemory)/share, least)}
}

// take adds n, which may be negative, to the bytes in use and reports whether they
// fit.
func (h *heads) take(n int) bool {
	if h.bytes.Add(int64(n)) > h.bound && n > 0 {
		h.bytes.Add(int64(-n))
		return false
	}
	h.hub.Charge(n)
	return true
}

// headConn is a connection that counts the bytes of request heads while they are
// received. net/http buffers a head, up to MaxHeaderBytes, before it calls the handler,
// so endless heads could fill the memory. Beyond the bound the connection is closed.
// Over HTTP/2 only bytes received while no call is being served are counted.
type headConn struct {
	net.Conn
	heads *heads

	mu      sync.Mutex
	past    bool // the head is complete; what is read now is a body
	read    int  // bytes of the head
	counted int
}

// usualHead is the number of bytes of each head that are not counted, so that a usual
// call can always be read.
const usualHead = 64 << 10

// Read implements net.Conn.
func (c *headConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if !c.count(n) {
		return 0, hub.ErrMemoryFull
	}
	return n, err
}

// count counts n more bytes of a head, twice: for the raw and the parsed form. It
// reports whether they fit.
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

// headRead records that a head is complete. From here on its memory is counted with
// the call.
func (c *headConn) headRead() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads.take(-c.counted)
	c.past, c.read, c.counted = true, 0, 0
}

// awaitHead records that the next head is expected.
func (c *headConn) awaitHead() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = false
}

// Close implements net.Conn.
func (c *headConn) Close() error {
	err := c.Conn.Close()
	c.headRead() // what was read is discarded
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

// headOf returns the headConn of a connection accepted by the server, or nil.
func headOf(c net.Conn) *headConn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	head, _ := c.(*headConn)
	return head
}

// headKey is the context key of a request's headConn.
type headKey struct{}

// markHeadRead records that the head of r is complete, if the server serves the
// connection by itself.
func markHeadRead(r *http.Request) {
	if head, ok := r.Context().Value(headKey{}).(*headConn); ok {
		head.headRead()
	}
}

// onConnState is the ConnState of the HTTP server.
func onConnState(c net.Conn, state http.ConnState) {
	if head := headOf(c); head != nil && state == http.StateIdle {
		head.awaitHead()
	}
}
