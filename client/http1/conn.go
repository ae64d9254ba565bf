package http1

import "net"

// Conn is a net.Conn that is read through a Reader.
type Conn struct {
	net.Conn
	*Reader
}

// NewConn returns a Conn. Nothing else may read from conn.
func NewConn(conn net.Conn) *Conn { return &Conn{conn, NewReader(conn)} }

// Read implements net.Conn.
func (c *Conn) Read(p []byte) (int, error) { return c.Reader.Read(p) }

// Write implements net.Conn.
func (c *Conn) Write(p []byte) (int, error) {
	c.Wrote(p)
	return c.Conn.Write(p)
}
