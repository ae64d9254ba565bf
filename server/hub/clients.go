package hub

import (
	"maps"
	"slices"
)

// Known returns those of to that are subscribed, or with none of all.
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

// Drop cuts the connections of these clientIds, also those that are ending.
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
