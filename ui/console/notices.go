package console

import (
	"slices"
	"sync"

	"sseconsole/client/record"
)

// Notices returns the notices that are about no stream, since the last call. They are
// records like all others, but a window shows them elsewhere.
func (c *Console) Notices() []record.Record { return c.untold.take() }

// mostNotices is how many notices wait for a window, at most. The journal has all.
const mostNotices = 100

// untold are the notices that no window has taken yet.
type untold struct {
	mu   sync.Mutex
	list []record.Record
}

func (n *untold) add(r record.Record) {
	if r.Notice().Topic() == record.OfStream {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.list) == mostNotices {
		n.list = slices.Delete(n.list, 0, 1)
	}
	n.list = append(n.list, r)
}

func (n *untold) take() []record.Record {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.list
	n.list = nil
	return list
}
