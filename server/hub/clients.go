package hub

import (
	"maps"
	"slices"
)

// Known returns the clientIDs of to that are known, or all that are if to is empty.
func (h *Hub) Known(to []string) (clientIDs []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(to) == 0 {
		to = slices.Collect(maps.Keys(h.subs))
	}
	for _, id := range to {
		if sub := h.subs[id]; sub != nil && sub.known() {
			clientIDs = append(clientIDs, id)
		}
	}
	return clientIDs
}

// Drop cuts the connections of clientIDs, including those that are ending.
func (h *Hub) Drop(clientIDs []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	named := make(map[string]bool, len(clientIDs))
	for _, id := range clientIDs {
		named[id] = true
	}
	for s := range h.sessions {
		if named[s.clientID] {
			h.dropOne(s, h.subs[s.clientID])
		}
	}
}
