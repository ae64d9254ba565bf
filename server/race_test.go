//go:build race

package server

// RaceEnabled: the race detector takes several times the memory, and makes
// sync.Pool forget on purpose.
const RaceEnabled = true
