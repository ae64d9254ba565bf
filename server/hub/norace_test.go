//go:build !race

package hub

// RaceEnabled tells whether the race detector is in this program.
const RaceEnabled = false
