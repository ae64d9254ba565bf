//go:build unix

package cli

import (
	"os/signal"
	"syscall"
)

// stayInBackground lets a program that runs in the background of a terminal go
// on when it reads from it, which else would stop it. The read fails with EIO.
func stayInBackground() { signal.Ignore(syscall.SIGTTIN) }
