//go:build !race

package server

// RaceEnabled tells whether the race detector is in this program.
const RaceEnabled = false
