package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// child returns a process that runs the program with args.
func child(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), "SSECONSOLE_RUN_MAIN=1", "XDG_CONFIG_HOME="+t.TempDir(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/none")
	return cmd
}

// waitingServer opens a stream for each request, or never responds if silent, and
// signals each request.
func waitingServer(t *testing.T, silent bool) (url string, came <-chan bool) {
	told := make(chan bool, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !silent {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Cache-Control", "no-cache")
			io.WriteString(w, "id: 1\ndata: a\n\n")
			http.NewResponseController(w).Flush()
		}
		told <- true
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return s.URL, told
}

func TestASignalEndsEachSubcommandWithItsStatus(t *testing.T) {
	tests := []struct {
		args   string
		silent bool // the server whose URL is added
		prints bool // once it has started
		status int
		stderr string // a part of it
	}{
		{"serve -listen 127.0.0.1:0", false, true, 0, ""},
		{"listen", false, true, 0, ""},
		{"listen -engine go-sse", false, true, 0, ""},
		{"listen", true, false, 0, ""},
		{"check -duration 1h", true, false, 2, "no response in time"},
		{"send -client-id x -content c", true, false, 1, "signal"},
		{"close -client-id x", true, false, 1, "signal"},
	}
	for _, tt := range tests {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(fmt.Sprint(tt.args, " silent=", tt.silent, " ", signal), func(t *testing.T) {
				url, came := waitingServer(t, tt.silent)
				args := strings.Fields(tt.args)
				if args[0] != "serve" {
					args = append(args, url)
				}
				cmd := child(t, args...)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				stdout, err := cmd.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				if !tt.prints {
					<-came
				} else if _, err := stdout.Read(make([]byte, 1)); err != nil {
					t.Fatal(err)
				}
				cmd.Process.Signal(signal)
				cmd.Process.Signal(signal) // as impatient users do
				io.Copy(io.Discard, stdout)
				cmd.Wait()
				if status := cmd.ProcessState.ExitCode(); status != tt.status || !strings.Contains(stderr.String(), tt.stderr) {
					t.Errorf("it ended with %v, want %d; stderr: %s", cmd.ProcessState, tt.status, stderr.String())
				}
			})
		}
	}
}

func TestUnderNohupSIGHUPChangesNothing(t *testing.T) {
	cmd := child(t)
	cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", `trap "" HUP; exec "$0" "$@"`, os.Args[0], "serve", "-listen", "127.0.0.1:0"}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	url := make([]byte, 100)
	n, err := stdout.Read(url)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Process.Signal(syscall.SIGHUP)
	response, err := http.Get(strings.Fields(string(url[:n]))[0] + "/send?to=x&content=c")
	if err != nil {
		t.Fatalf("after SIGHUP: %v", err)
	}
	response.Body.Close()
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// A listen whose output nobody reads cannot end.
func TestASignalAfterTheGraceKills(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, "data: "+strings.Repeat("x", 1000)+"\n\n"); err != nil {
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	cmd := child(t, "listen", s.URL)
	stdout, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	cmd.Stdout = w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := io.ReadFull(stdout, make([]byte, 100_000)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	began := time.Now()
	tick := time.NewTicker(signalGrace / 20)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			cmd.Process.Signal(syscall.SIGTERM)
		case <-ended:
			status := cmd.ProcessState.Sys().(syscall.WaitStatus)
			if took := time.Since(began); status.Signal() != syscall.SIGTERM || took < signalGrace {
				t.Errorf("it ended with %v after %v", cmd.ProcessState, took)
			}
			return
		}
	}
}

func TestASignalEndsCheckWithWhatItFound(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) { endCheck(t, signal) })
	}
}

func endCheck(t *testing.T, signal syscall.Signal) {
	var requests atomic.Int32
	again := make(chan bool, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "retry: 1\n\n")
		if requests.Add(1) == 2 { // the first response was judged
			again <- true
			<-r.Context().Done()
		}
	}))
	defer s.Close()
	cmd := child(t, "check", s.URL, "-duration", "1h")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-again
	cmd.Process.Signal(signal)
	cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != 1 {
		t.Errorf("exit status %d", status)
	}
	if !strings.Contains(stdout.String(), "cache_control_missing") || !strings.Contains(stderr.String(), "finding") {
		t.Errorf("stdout is %q, stderr %q", stdout.String(), stderr.String())
	}
}

func TestASignalEndsServeThatWaitsForACommand(t *testing.T) {
	cmd := child(t, "serve", "-listen", "127.0.0.1:0", "-scenario", "quotes")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, "stop")
	lines := bufio.NewScanner(stdout)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "stopped") {
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("serve ended with %v", err)
	}
}
