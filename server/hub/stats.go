package hub

// Stats is a snapshot of a hub's counters.
type Stats struct {
	Clients           int    // known clientIds
	Sessions          int    // open or ending
	Queued            int    // messages in their queues
	Memory, MaxMemory int    // bytes in use, and their bound
	Events, Bytes     uint64 // written so far
}

// Stats returns the counters of h.
func (h *Hub) Stats() Stats {
	st := Stats{Clients: h.Clients(), Memory: int(h.memory.used.Load()), MaxMemory: int(h.memory.max)}
	h.mu.Lock()
	defer h.mu.Unlock()
	st.Sessions, st.Events, st.Bytes = len(h.sessions), h.written.events, h.written.bytes
	for s := range h.sessions {
		info := s.info()
		st.Queued += info.Queued
		st.Events += info.Events
		st.Bytes += info.Bytes
	}
	return st
}
