//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime returns the processor time of this process, which hardly depends on how
// busy the machine is.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
