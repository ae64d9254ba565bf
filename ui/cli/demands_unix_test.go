//go:build unix

package cli

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestABaselineIsNoDevice(t *testing.T) {
	noTargets(t)
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{fifo, "/dev/zero"} {
		if status, _, stderr := checked(t, "http://127.0.0.1:9/", "-baseline", path); status != 2 || !strings.Contains(stderr, "-baseline: ") {
			t.Errorf("%s: status %d, %s", path, status, stderr)
		}
	}
}
