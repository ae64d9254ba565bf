//go:build race

package hub

// RaceEnabled: the race detector takes several times the memory, and makes
// sync.Pool forget on purpose.
const RaceEnabled = true
