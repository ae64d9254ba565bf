//go:build !linux

package regularfile

import "os"

// isKernels returns false: such files are known only from Linux.
func isKernels(*os.File) bool { return false }
