package journal

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock takes f for this process, alone or shared with others that do so, and
// reports whether it could. It does not wait. Closing f gives it free, as does the
// end of the process, whatever its cause.
func lock(f *os.File, alone bool) bool {
	// What is locked cannot be read by others here, so a byte stands for the
	// file that lies far beyond its end.
	const far = 1 << 30
	at := &windows.Overlapped{OffsetHigh: far}
	h := windows.Handle(f.Fd())
	windows.UnlockFileEx(h, 0, 1, 0, at) // locks add up; a failure means there was none
	var how uint32 = windows.LOCKFILE_FAIL_IMMEDIATELY
	if alone {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	return windows.LockFileEx(h, how, 0, 1, 0, at) == nil
}
