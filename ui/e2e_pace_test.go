//go:build e2e

package ui

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/ui/widgets"
)

// paceServer is an environment variable. It makes the test program run the server of
// startPace instead of tests.
const paceServer = "SSECONSOLE_PACE_SERVER"

// startPace starts a server that sends events at a given rate, and returns its base
// URL. The server is a separate process, so that its cost is not measured as the
// window's. The query of the URL has the number of events (n) and the rate per second
// (rate; 0 means as fast as possible). A last event has the type done.
func startPace(t *testing.T) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), paceServer+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	var url string
	if _, err := fmt.Fscanln(out, &url); err != nil {
		t.Fatal(err)
	}
	return url
}

func runPaceServer() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("http://%s/demo/sse\n", l.Addr())
	mux := http.NewServeMux()
	mux.HandleFunc("/demo/sse/subscribe", pace)
	mux.HandleFunc("/page", pacePage)
	fmt.Fprintln(os.Stderr, http.Serve(l, mux))
}

func pace(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	rate, _ := strconv.Atoi(r.FormValue("rate"))
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	const beat = 10 * time.Millisecond
	each := n
	if rate > 0 {
		each = max(1, rate/int(time.Second/beat))
	}
	tick := time.NewTicker(beat)
	defer tick.Stop()
	flusher := http.NewResponseController(w)
	start := time.Now()
	for i := 0; i < n; {
		until := i + each
		if rate > 0 { // make up for late ticks
			until = int(time.Since(start).Seconds() * float64(rate))
		}
		for ; i < min(n, until); i++ {
			fmt.Fprintf(w, "id: %d\ndata: {\"n\":%d,\"symbol\":\"ACME\",\"bid\":%.2f,\"ask\":%.2f,\"venue\":\"XNAS\",\"note\":\"a quote of about a hundred bytes\"}\n\n",
				i+1, i+1, 100+float64(i%977)/100, 100.05+float64(i%977)/100)
		}
		if flusher.Flush() != nil {
			return
		}
		if rate > 0 {
			<-tick.C
		}
	}
	fmt.Fprint(w, "event: done\ndata: done\n\n")
	_ = flusher.Flush()
	<-r.Context().Done()
}

// subscribeTo enters a base URL and subscribes to it, as a user does.
func (d *desk) subscribeTo(base string) {
	d.t.Helper()
	d.key("ctrl+r")
	d.typed(base)
	d.key("Return", "ctrl+u")
}

// At 20,000 events a second, or SSECONSOLE_RATE, the window must respond to mouse and
// keyboard and show every event. SSECONSOLE_SECONDS is the duration (make soak: 30).
func TestEndToEndTheWindowAnswersUnderManyEvents(t *testing.T) {
	rate, _ := strconv.Atoi(os.Getenv("SSECONSOLE_RATE"))
	if rate == 0 {
		rate = 20_000
	}
	seconds, _ := strconv.Atoi(os.Getenv("SSECONSOLE_SECONDS"))
	if seconds == 0 {
		seconds = 4
	}
	n := int64(rate * seconds)
	base := startPace(t)
	d := open(t, "")
	d.subscribeTo(fmt.Sprintf("%s?n=%d&rate=%d", base, n, rate))
	d.untilOpen()

	var waits []time.Duration // until a function posted to the UI thread has run
	over, measured := make(chan struct{}), make(chan struct{})
	began, cpu := time.Now(), cpuTime(t)
	go func() {
		defer close(measured)
		for tick := time.Tick(10 * time.Millisecond); ; {
			select {
			case <-over:
				return
			case <-tick:
				asked := time.Now()
				fyne.DoAndWait(func() {})
				waits = append(waits, time.Since(asked))
			}
		}
	}()

	var view fyne.Position
	fyne.DoAndWait(func() { view = theApp.Driver().AbsolutePositionForObject(d.w.log.View) })
	for round := 0; time.Since(began) < time.Duration(seconds)*time.Second; round++ {
		d.clickAt(view.X+200, view.Y+100, "4") // the wheel, upwards
		d.until("it stops following", func() bool { return !d.w.log.View.Following() })
		d.clickAt(view.X+200, view.Y+120, "1")
		d.until("a row is selected, with details", func() bool {
			return d.w.log.View.Selected() >= 0 && d.w.log.Details.Text.Text() != ""
		})
		d.click(d.w.form.Text)
		d.key("ctrl+a")
		text := fmt.Sprintf("typed %d", round)
		d.typed(text)
		d.until("the field has the typed text", func() bool { return d.w.form.Text.Text == text })
		d.key("ctrl+End")
		d.until("it follows again", func() bool { return d.w.log.View.Following() })
	}
	took, used := time.Since(began), cpuTime(t)-cpu
	close(over)
	<-measured

	d.until("every event is counted", func() bool { return d.subscription().Status.Events == n+1 })
	d.until("the last row is shown", func() bool {
		rows := d.w.log.Len()
		return rows > n && cellWith(d.w.log.Row(rows-1), "done")
	})
	if s := d.subscription(); s.Status.ReadyState != client.Open || s.Status.Reconnects != 0 {
		t.Errorf("%v after %d reconnects", s.Status.ReadyState, s.Status.Reconnects)
	}
	slices.Sort(waits)
	t.Logf("%d events at %d/s: UI thread answers in p50 %v, p99 %v, at most %v; %.0f %% of one core, this test's own work included; %d MB resident",
		n, rate, waits[len(waits)/2], waits[len(waits)*99/100], waits[len(waits)-1], 100*used.Seconds()/took.Seconds(), residentMB(t, os.Getpid()))
}

func cellWith(row widgets.Row, text string) bool {
	return slices.ContainsFunc(row.Cells, func(c widgets.Cell) bool { return c.Text == text })
}

// cpuTime returns the CPU time that this process has used.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// residentMB returns the resident memory (RSS) of a process in MB, including shared
// libraries.
func residentMB(t *testing.T, pid int) int64 { return memoryMB(t, pid, "Rss:") }

// memoryMB returns a figure of /proc/pid/smaps_rollup in MB, or 0 if the process has
// ended.
func memoryMB(t *testing.T, pid int, name string) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb / 1000
		}
	}
	return 0
}
