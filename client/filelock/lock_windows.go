package filelock

import (
	"os"

	"golang.org/x/sys/windows"
)

// Try locks f for this process, exclusively or shared, and reports whether it could.
// It does not wait. The lock ends when f is closed or the process ends, for any reason.
func Try(f *os.File, exclusive bool) bool {
	// On Windows, locked bytes cannot be read by others. So the lock is on a byte
	// far beyond the end of the file.
	const far = 1 << 30
	at := &windows.Overlapped{OffsetHigh: far}
	h := windows.Handle(f.Fd())
	windows.UnlockFileEx(h, 0, 1, 0, at) // locks add up; it fails if there was none
	var how uint32 = windows.LOCKFILE_FAIL_IMMEDIATELY
	if exclusive {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	return windows.LockFileEx(h, how, 0, 1, 0, at) == nil
}
