//go:build !unix

package server

// openFileLimit returns 0: there is no such limit.
func openFileLimit() int { return 0 }
