//go:build race

package server

// RaceEnabled reports whether this program has the race detector, which takes several
// times the memory and makes sync.Pool drop values at random.
const RaceEnabled = true
