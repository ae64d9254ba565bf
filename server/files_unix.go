//go:build unix

package server

import (
	"math"

	"golang.org/x/sys/unix"
)

// openFileLimit is how many files this process may have open; 0: any number.
// Package os has raised it as far as it may be.
func openFileLimit() int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil || uint64(limit.Cur) > math.MaxInt32 {
		return 0
	}
	return int(limit.Cur)
}
