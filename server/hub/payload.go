package hub

import (
	"strings"
	"sync/atomic"

	"github.com/tmaxmax/go-sse"

	"sseconsole/server/message"
)

// payload is the wire form of a message, the same for every subscriber that it
// goes to; the line of its id is not.
type payload struct {
	body []byte
	id   string // the message's own; empty: "<session>-<n>"
	raw  bool   // body is bytes of the stream, and no message: it has no id and no number, and is not kept

	lists atomic.Int32 // that it is in, see memory
}

// Write makes p what go-sse writes a message into: to have a buffer for that
// would be one more allocation.
func (p *payload) Write(b []byte) (int, error) {
	p.body = append(p.body, b...)
	return len(b), nil
}

// newPayload returns the wire form of m, or why it has none.
func newPayload(m message.Message) (*payload, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	// As large as it will mostly be, which growing would cost two more allocations.
	p := &payload{body: make([]byte, 0, len(m.Data)+len(m.Type)+len(m.Comment)+64)}
	p.id = strings.Clone(m.ID) // it may be a part of a large body
	m.Encode(p)                // into memory: cannot fail
	return p, nil
}

// encode is the wire form of m. Its error is always nil.
func encode(m *sse.Message) []byte {
	p, _ := m.MarshalText()
	return p
}
