//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

const (
	signalPatience = 60 * time.Second // for a window to open or close on a busy machine
	signalPoll     = 5 * time.Millisecond
)

// A signal must close the window properly at any time. SSECONSOLE_SIGNALS is the number
// of signals (make soak: 50); if it is set, all cores are kept busy meanwhile.
func TestASignalEndsTheWindowProperly(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SSECONSOLE_SIGNALS"))
	if n > 0 {
		keepBusy(t)
	}
	moments := []struct {
		name  string
		reach func(w *signalled) // waits for the moment
		twice bool               // send two signals
	}{
		{"while streams run", (*signalled).stream, false},
		{"before the window opens", (*signalled).beginning, false},
		{"two signals in a row", (*signalled).stream, true},
		{"while it opens", (*signalled).opening, false},
		{"while it closes", (*signalled).closing, false},
	}
	signals := []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}
	for i := range max(n, len(moments)) {
		moment, signal := moments[i%len(moments)], signals[i%len(signals)]
		t.Run(fmt.Sprint(moment.name, " ", signal), func(t *testing.T) {
			w := openSignalled(t)
			moment.reach(w)
			w.signal(signal)
			if moment.twice {
				w.signal(signals[(i+1)%len(signals)])
			}
			w.endsProperly()
		})
	}
}

// keepBusy keeps all cores busy until the test ends.
func keepBusy(t *testing.T) {
	for range runtime.NumCPU() + 1 {
		loop := exec.Command("sh", "-c", "while :; do :; done")
		if err := loop.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			loop.Process.Kill()
			loop.Wait()
		})
	}
}

// signalled is a window in its own process, with a server to subscribe to.
type signalled struct {
	t      *testing.T
	dir    string // its home directory
	server *signalServer
	cmd    *exec.Cmd
	stderr bytes.Buffer
	ended  chan struct{} // closed when the process has ended
}

func openSignalled(t *testing.T) *signalled {
	w := &signalled{t: t, dir: t.TempDir(), server: newSignalServer(t), ended: make(chan struct{})}
	settings := filepath.Join(w.dir, "config", "sse-console", "settings.json")
	if err := os.MkdirAll(filepath.Dir(settings), 0o755); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(`{"side": "remote", "remote_url": %q, "embedded_address": "127.0.0.1:0"}`, w.server.URL)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.cmd = exec.Command(program(t, "sseconsole"))
	w.cmd.Env = append(os.Environ(), "HOME="+w.dir, "XDG_CONFIG_HOME="+filepath.Join(w.dir, "config"), "XDG_DATA_HOME="+filepath.Join(w.dir, "data"))
	w.cmd.Stderr = &w.stderr
	w.server.window = func() *exec.Cmd { return w.find(t.Context()) }
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		w.cmd.Wait()
		close(w.ended)
	}()
	t.Cleanup(func() {
		w.cmd.Process.Kill()
		<-w.ended
	})
	return w
}

// until waits until so reports true.
func (w *signalled) until(what string, so func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(signalPatience); !so(); time.Sleep(signalPoll) {
		if time.Now().After(deadline) {
			w.t.Fatalf("timed out waiting until %s; stderr: %s", what, &w.stderr)
		}
	}
}

// beginning waits until the program is connected to the display, which is before it
// opens its window.
func (w *signalled) beginning() {
	w.until("it has a connection", func() bool {
		files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", w.cmd.Process.Pid))
		for _, f := range files {
			if to, _ := os.Readlink(f); strings.HasPrefix(to, "socket:") {
				return true
			}
		}
		return false
	})
}

// opening waits until the controller exists, and then for a random part of the time
// that opening the window takes.
func (w *signalled) opening() {
	w.until("its run exists", func() bool { return len(w.runs()) > 0 })
	time.Sleep(rand.N(300 * time.Millisecond))
}

// stream waits until a stream is open and has events.
func (w *signalled) stream() {
	w.until("a subscriber has connected", func() bool {
		// Subscribe has the focus. The window may not accept keys yet.
		ctx, cancel := context.WithTimeout(w.t.Context(), 2*time.Second)
		defer cancel()
		w.find(ctx, "windowfocus", "key", "space").Run()
		for range 100 {
			if w.server.sent.Load() > 0 {
				return true
			}
			time.Sleep(signalPoll)
		}
		return false
	})
	first := w.server.sent.Load()
	w.until("events were sent", func() bool { return w.server.sent.Load() > first+20 })
}

// find returns an xdotool command that finds the visible window and does something
// with it. It fails if there is no such window.
func (w *signalled) find(ctx context.Context, do ...string) *exec.Cmd {
	search := []string{"search", "--onlyvisible", "--pid", strconv.Itoa(w.cmd.Process.Pid)}
	return exec.CommandContext(ctx, "xdotool", append(search, do...)...)
}

// closing opens a stream and waits until the window is closing.
func (w *signalled) closing() {
	w.stream()
	w.signal(syscall.SIGTERM)
	time.Sleep(rand.N(100 * time.Millisecond))
}

func (w *signalled) signal(s syscall.Signal) {
	select {
	case <-w.ended:
	default:
		w.cmd.Process.Signal(s)
	}
}

func (w *signalled) runs() []string {
	files, _ := filepath.Glob(filepath.Join(w.dir, "data", "sse-console", "runs", "*"))
	return files
}

// endsProperly checks that the program exits with status 0 and without a panic, that it
// ended its streams before it called the server's close, and that the run is complete.
func (w *signalled) endsProperly() {
	w.t.Helper()
	select {
	case <-w.ended:
	case <-time.After(signalPatience):
		w.t.Fatalf("the program does not exit; stderr: %s", &w.stderr)
	}
	if stderr := w.stderr.String(); !w.cmd.ProcessState.Success() || strings.Contains(stderr, "panic") {
		w.t.Errorf("%v; stderr: %s", w.cmd.ProcessState, stderr)
	}
	if err := syscall.Kill(-w.cmd.Process.Pid, 0); err != syscall.ESRCH {
		w.t.Errorf("processes are left behind: %v", err)
	}
	subscribed := w.server.subscribed.Load() > 0
	if closed := w.server.closed.Load(); subscribed && closed != 1 {
		w.t.Errorf("close was called %d times", closed)
	}
	if subscribed && !w.server.visible.Load() {
		w.t.Error("the window disappeared before the server responded")
	}
	for _, path := range w.runs() {
		w.checkRun(path, subscribed)
	}
}

// checkRun checks that a run is complete and, if there was a stream, has all its events
// and then its end.
func (w *signalled) checkRun(path string, subscribed bool) {
	w.t.Helper()
	before, err := os.Stat(path)
	if err != nil || before.Size() == 0 && !subscribed {
		return
	}
	run, err := journal.OpenRun(path)
	if err != nil {
		w.t.Error(err)
		return
	}
	defer run.Close()
	if after, err := os.Stat(path); err != nil || after.Size() != before.Size() {
		w.t.Errorf("the run is incomplete: %d bytes, repaired %d (%v)", before.Size(), after.Size(), err)
	}
	var events int
	var end, told, answered bool
	for r := range run.Scan(run.Bounds()) {
		switch r.Kind {
		case record.Event:
			if r.Data != strconv.Itoa(events) {
				w.t.Fatalf("event %d is %q", events, r.Data)
			}
			events++
		case record.End:
			end = true
		case record.Close:
			told = true
			if !end {
				w.t.Error("close was called before the stream had ended")
			}
		case record.Answer:
			answered = told
		}
	}
	if subscribed && (events == 0 || !end || !told || !answered) {
		w.t.Errorf("the run has %d events; stream ended: %v; close called: %v, answered: %v", events, end, told, answered)
	}
}

// signalServer sends events to every subscriber and counts its calls.
type signalServer struct {
	*httptest.Server
	subscribed, sent, closed atomic.Int32

	window  func() *exec.Cmd // finds the subscriber's window
	visible atomic.Bool      // the window was still visible during the call of close
}

func newSignalServer(t *testing.T) *signalServer {
	s := &signalServer{}
	mux := http.NewServeMux()
	mux.HandleFunc("/subscribe", func(rw http.ResponseWriter, r *http.Request) {
		s.subscribed.Add(1)
		rw.Header().Set("Content-Type", "text/event-stream")
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for i := 0; r.Context().Err() == nil; i++ {
			fmt.Fprintf(rw, "data: %d\n\n", i)
			http.NewResponseController(rw).Flush()
			s.sent.Add(1)
			<-tick.C
		}
	})
	mux.HandleFunc("/close", func(rw http.ResponseWriter, r *http.Request) {
		s.closed.Add(1)
		time.Sleep(rand.N(100 * time.Millisecond)) // respond at different moments of the shutdown
		s.visible.Store(s.window().Run() == nil)
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}
