package regularfile

import (
	"errors"
	"testing"
)

func TestFilesOfTheKernelAreNotRead(t *testing.T) {
	for _, path := range []string{"/proc/kmsg", "/proc/self/status", "/sys/kernel/mm/transparent_hugepage/enabled"} {
		_, err := Read(path, Small)
		var refused *Error
		if errors.As(err, &refused) && refused.Kind == Other {
			continue
		}
		if path != "/proc/self/status" && err != nil { // it may not exist, or not be readable for us
			continue
		}
		t.Errorf("%s: %v", path, err)
	}
}
