//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package journal

import "os"

// lock tells that f could not be taken. Without locks every run counts as in
// use: none is repaired and none is removed.
func lock(*os.File, bool) bool { return false }
