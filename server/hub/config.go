package hub

import "cmp"

// Config configures a Hub. The zero value has the defaults.
type Config struct {
	Policy Policy // empty means Replace
	Mode   Mode   // of subscribes that name none; empty means Streaming
	// NoIDBlock leaves out the id block. See also [Hub.SetIDBlock].
	NoIDBlock bool
	// ReplayEvents and ReplayBytes bound the replay buffer of each clientId. 0 means
	// 1,000 and 1 MiB.
	ReplayEvents, ReplayBytes int
	// MaxSessions and MaxPerAddress bound the number of sessions, in total and per
	// remote IP address. 0 means no bound.
	MaxSessions, MaxPerAddress int
	// MaxMemory bounds the memory that the hub counts, in bytes. 0 means 512 MiB.
	MaxMemory int
	// Expired is called, from any goroutine, when the next poll of a clientId did
	// not come in time. Its arguments are the clientId's last session and the ids of
	// the messages that it did not receive.
	Expired func(s *Session, lost []string)
}

// New returns a hub without sessions.
func New(c Config) *Hub {
	h := newHub()
	if c.ReplayEvents > 0 {
		h.replayEvents = c.ReplayEvents
	}
	if c.ReplayBytes > 0 {
		h.replayBytes = c.ReplayBytes
	}
	if c.MaxMemory > 0 {
		h.memory.max = int64(c.MaxMemory)
	}
	h.maxSessions, h.maxPerAddress = c.MaxSessions, c.MaxPerAddress
	h.policy, h.mode = cmp.Or(c.Policy, Replace), cmp.Or(c.Mode, Streaming)
	h.idBlock = !c.NoIDBlock
	h.expired = c.Expired
	return h
}
