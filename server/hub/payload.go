package hub

import (
	"strings"
	"sync/atomic"

	"github.com/tmaxmax/go-sse"

	"sseconsole/server/message"
)

// payload is the wire form of a message without its id line, which differs between
// subscribers.
type payload struct {
	body []byte
	id   string // given by the sender; empty means "<session>-<n>"
	raw  bool   // body is raw bytes of the stream, without id and number, and is not stored for replay

	lists atomic.Int32 // number of lists that contain it; see memory
}

// Write implements [io.Writer] for the encoder of messages. A buffer would be one more
// allocation.
func (p *payload) Write(b []byte) (int, error) {
	p.body = append(p.body, b...)
	return len(b), nil
}

// newPayload returns the wire form of m, or an error if m is invalid.
func newPayload(m message.Message) (*payload, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	// Large enough for most messages: growing would cost two more allocations.
	p := &payload{body: make([]byte, 0, len(m.Data)+len(m.Type)+len(m.Comment)+64)}
	p.id = strings.Clone(m.ID) // it may be a substring of a large body
	m.Encode(p)                // cannot fail: p.Write does not
	return p, nil
}

// encode returns the wire form of m.
func encode(m *sse.Message) []byte {
	p, _ := m.MarshalText() // the error is always nil
	return p
}
