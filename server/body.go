package server

import (
	"io"

	"sseconsole/server/hub"
)

// body is the body of a request. Its memory counts twice while it is read, for the
// raw and the decoded form.
type body struct {
	io.ReadCloser
	hub     *hub.Hub
	counted int
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 && !b.hub.Reserve(2*n) {
		return 0, hub.ErrMemoryFull
	}
	b.counted += 2 * n
	return n, err
}

func (b *body) release() { b.hub.Charge(-b.counted) }
