//go:build !unix

package server

// openFileLimit returns 0, which means no limit.
func openFileLimit() int { return 0 }
