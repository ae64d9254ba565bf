package hub

import "cmp"

// Config says how a hub behaves. The zero value has the defaults.
type Config struct {
	Policy Policy // "": Replace
	Mode   Mode   // of those that ask for none; "": Streaming
	// NoIDBlock leaves out the id block. See also [Hub.SetIDBlock].
	NoIDBlock bool
	// ReplayEvents and ReplayBytes bound what is kept of each clientId's newest
	// messages; 0: 1,000 and 1 MiB.
	ReplayEvents, ReplayBytes int
	// MaxSessions and MaxPerAddress bound the sessions in all, and those of one
	// remote IP address; 0: no bound.
	MaxSessions, MaxPerAddress int
	// MaxMemory bounds the bytes that are kept; 0: 512 MiB.
	MaxMemory int
	// Expired is called, from any goroutine, when a clientId that polled did not
	// come back, with its last session and the ids of the messages that it did not
	// get.
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
		h.memory.most = int64(c.MaxMemory)
	}
	h.maxSessions, h.maxPerAddress = c.MaxSessions, c.MaxPerAddress
	h.policy, h.mode = cmp.Or(c.Policy, Replace), cmp.Or(c.Mode, Streaming)
	h.idBlock = !c.NoIDBlock
	h.expired = c.Expired
	return h
}
