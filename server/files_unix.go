//go:build unix

package server

import (
	"math"

	"golang.org/x/sys/unix"
)

// openFileLimit returns the number of files that this process may open, or 0 for no
// limit. Package os has already raised the soft limit to the hard one.
func openFileLimit() int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil || uint64(limit.Cur) > math.MaxInt32 {
		return 0
	}
	return int(limit.Cur)
}
