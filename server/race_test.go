//go:build race

package server_test

// The race detector takes several times the memory.
const raceEnabled = true
