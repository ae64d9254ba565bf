//go:build peers

package peers

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const streams = "../../../testdata/streams"

// program returns the path of a program by one of its names, and skips the test
// without it.
func program(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("none of %q is installed", names)
	}
	t.Skipf("none of %q is installed", names)
	return ""
}

// console builds the program without a window and returns its path.
func console(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sseconsole")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", path, "sseconsole")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// TestCheckJudgesRecordedStreamsTrulyOverSockets plays them in real time, which
// takes some minutes.
func TestCheckJudgesRecordedStreamsTrulyOverSockets(t *testing.T) {
	play := exec.CommandContext(t.Context(), program(t, "node"), streams+"/replay.mjs", console(t), "--strict")
	if out, err := play.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
