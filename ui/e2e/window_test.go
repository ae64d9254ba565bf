//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A person who starts the program in a terminal sees what the program says, not what its
// toolkit misses; and at a scale of 2 the window fits a screen of 1000 pixels.
func TestTheWindowAtScale2FitsASmallScreenAndSaysNothingOnStderr(t *testing.T) {
	home := t.TempDir()
	cmd := exec.Command(program(t, "sseconsole"))
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DBUS_") && !strings.HasPrefix(v, "XDG_") && !strings.HasPrefix(v, "HOME=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "HOME="+home, "FYNE_SCALE=2")
	if err := os.MkdirAll(filepath.Join(home, ".cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	x := func(args ...string) string {
		out, _ := exec.Command("xdotool", args...).Output() // fails until there is a window
		return strings.TrimSpace(string(out))
	}
	var id, size string
	until := func(what string, so func() bool) {
		t.Helper()
		for deadline := time.Now().Add(signalPatience); !so(); time.Sleep(signalPoll) {
			if time.Now().After(deadline) {
				t.Fatalf("timed out waiting until %s: window %q, %s, stderr %q", what, id, size, stderr.String())
			}
		}
	}
	until("there is a window", func() bool {
		id = x("search", "--onlyvisible", "--name", "^SSE Console$")
		return id != "" && !strings.Contains(id, "\n")
	})
	until("it is as narrow as wanted", func() bool {
		x("windowsize", "--sync", id, "1000", "700")
		size = x("getwindowgeometry", id)
		return strings.HasSuffix(size, "Geometry: 1000x700")
	})
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
		t.Errorf("it ended with %v and said %q", err, stderr.String())
	}
}
