package hub

// Stats is what a hub counts, at one moment.
type Stats struct {
	Clients           int    // clientIds that a message would reach
	Sessions          int    // open or ending
	Queued            int    // messages in their queues
	Memory, MaxMemory int    // bytes that are kept, and that may be
	Events, Bytes     uint64 // written so far
}

// Stats returns what h counts.
func (h *Hub) Stats() Stats {
	st := Stats{Clients: h.Clients(), Memory: int(h.memory.used.Load()), MaxMemory: int(h.memory.most)}
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
