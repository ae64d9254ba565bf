//go:build !race

package hub

// RaceEnabled reports whether the race detector is in this program.
const RaceEnabled = false
