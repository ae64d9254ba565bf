//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package journal

import "os"

// lock returns false, since this system has no locks. Every run then counts as in
// use: none is repaired and none is removed.
func lock(*os.File, bool) bool { return false }
