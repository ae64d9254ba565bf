//go:build !race

package hub

// RaceEnabled reports whether this program has the race detector.
const RaceEnabled = false
