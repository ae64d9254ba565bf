//go:build !race

package server

// RaceEnabled reports whether this program has the race detector.
const RaceEnabled = false
