//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestWithoutAUsableDisplayTheErrorIsASentence(t *testing.T) {
	tests := []struct {
		name    string
		display func(t *testing.T) string
		want    string
	}{
		{"not set", func(*testing.T) string { return "" }, "DISPLAY is not set"},
		{"no server", func(*testing.T) string { return ":54321" }, ":54321) does not answer"},
		{"silent", silentDisplay, "does not answer within 4s"},
		{"no OpenGL", displayWithoutOpenGL, "OpenGL 2.1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), program(t, "sseconsole"))
			cmd.Env = append(os.Environ(), "DISPLAY="+tt.display(t), "XDG_CONFIG_HOME="+t.TempDir())
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			err := cmd.Run()
			if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
				t.Errorf("error %v, want exit status 1", err)
			}
			got := stderr.String()
			if !strings.Contains(got, tt.want) || strings.Count(got, "\n") != 1 {
				t.Errorf("stderr %q, want one line with %q", got, tt.want)
			}
		})
	}
}

// silentDisplay returns a display that accepts connections and never answers.
func silentDisplay(t *testing.T) string {
	for number := 100; number < 200; number++ {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(6000+number)))
		if err == nil {
			t.Cleanup(func() { l.Close() })
			return "127.0.0.1:" + strconv.Itoa(number)
		}
	}
	t.Fatal("no free port for a display")
	return ""
}

func displayWithoutOpenGL(t *testing.T) string {
	ready, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-extension", "GLX", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		cmd.Wait()
	})
	w.Close()
	defer ready.Close()
	number, err := bufio.NewReader(ready).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}
