//go:build unix

package regularfile

import (
	"errors"
	"net"
	"path/filepath"
	"syscall"
	"testing"
)

func TestDevicesPipesAndSocketsAreNotRead(t *testing.T) {
	dir := t.TempDir()
	pipe, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "socket")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for path, kind := range map[string]Kind{"/dev/zero": Device, "/dev/null": Device, pipe: FIFO, socket: Socket} {
		var refused *Error
		if data, err := Read(path, Small); data != nil || !errors.As(err, &refused) || refused.Kind != kind {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestAFileOfUnknownSizeIsRead(t *testing.T) {
	if data, err := Read("/proc/self/status", Small); err == nil && len(data) == 0 {
		t.Error("it is empty")
	}
	var refused *Error
	if data, err := Read("/proc/self/status", 10); err == nil || errors.As(err, &refused) && refused.Kind != TooLarge {
		t.Logf("%q, %v", data, err) // /proc exists only on Linux
	}
}
