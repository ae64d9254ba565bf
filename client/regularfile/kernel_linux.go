package regularfile

import (
	"os"

	"golang.org/x/sys/unix"
)

// isKernels reports whether f belongs to a file system of the kernel, such as
// /proc or /sys: its files claim to be regular, but a read may block forever, as
// that of /proc/kmsg does.
func isKernels(f *os.File) bool {
	var fs unix.Statfs_t
	if unix.Fstatfs(int(f.Fd()), &fs) != nil {
		return false
	}
	switch fs.Type {
	case unix.PROC_SUPER_MAGIC, unix.SYSFS_MAGIC, unix.DEBUGFS_MAGIC, unix.TRACEFS_MAGIC, unix.CGROUP_SUPER_MAGIC, unix.CGROUP2_SUPER_MAGIC:
		return true
	}
	return false
}
