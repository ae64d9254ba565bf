//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime is what this process has taken, which other programs on a busy
// machine do not change much.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
