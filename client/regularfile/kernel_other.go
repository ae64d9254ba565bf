//go:build !linux

package regularfile

import "os"

// isKernels reports false: only Linux was seen to have such files.
func isKernels(*os.File) bool { return false }
