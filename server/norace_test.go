//go:build !race

package server

// RaceEnabled reports whether the race detector is in this program.
const RaceEnabled = false
