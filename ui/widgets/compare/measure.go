//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/ui/console"
)

// result is what one measurement of a view found.
type result struct {
	CPU       float64 // in percent of a core
	Refreshes float64 // a second
	P50, P99  float64 // in milliseconds: from posting a function to the UI thread until it runs
	First     float64 // in milliseconds: from the start of the process to the first frame
	Resident  float64 // memory, in MB
}

// measure measures a view in this process and prints the result as JSON.
func measure(j job, profile string) error {
	i := slices.IndexFunc(views(), func(v view) bool { return v.name == j.View })
	if i < 0 {
		return errors.New("no such view")
	}
	m := &meter{job: j, view: views()[i], profile: profile}
	if m.view.show == nil {
		con, err := newConsole()
		if err != nil {
			return err
		}
		defer con.Shutdown()
		m.measure(con)
	} else if err := m.view.show(m); err != nil {
		return err
	}
	if m.err != nil {
		return m.err
	}
	return json.NewEncoder(os.Stdout).Encode(m.found)
}

// meter measures a view that is shown.
type meter struct {
	job       job
	view      view
	profile   string
	refreshes atomic.Int64
	first     sync.Once

	found result
	err   error
}

// drawn must be called when a frame is on the screen.
func (m *meter) drawn() {
	m.first.Do(func() { m.found.First = milliseconds(time.Since(m.job.Begun)) })
}

// settling is how long a view has before the measurement begins.
const settling = 5 * time.Second

// measure measures while events arrive, or while nothing happens, and sets found and err.
func (m *meter) measure(con *console.Console) {
	events := func() int64 { return 0 }
	p := console.Pair{Remote: m.job.Server, ClientID: "demo"}
	if m.job.Server != "" {
		con.Subscribe(p, "")
		defer con.Close(p)
		events = func() int64 {
			s, _ := con.Subscription(p)
			return s.Status.Events
		}
	}
	time.Sleep(settling)
	if s, _ := con.Subscription(p); m.job.Server != "" && s.Status.ReadyState != client.Open {
		m.err = errors.New("the stream is not open")
		return
	}
	stop, err := startProfile(m.profile)
	if m.err = err; err != nil {
		return
	}
	defer stop()
	ctx, cancel := context.WithTimeout(context.Background(), m.job.Length)
	defer cancel()
	began, cpu, refreshes, arrived := time.Now(), cpuTime(), m.refreshes.Load(), events()
	var waits []time.Duration
	if m.view.show != nil && m.job.Server != "" {
		waits = waitsOf(ctx)
	}
	<-ctx.Done()
	took := time.Since(began).Seconds()
	m.found.CPU = 100 * (cpuTime() - cpu).Seconds() / took
	m.found.Refreshes = float64(m.refreshes.Load()-refreshes) / took
	m.found.Resident = residentMB()
	if n := len(waits); n > 0 {
		slices.Sort(waits)
		m.found.P50, m.found.P99 = milliseconds(waits[n/2]), milliseconds(waits[n*99/100])
	}
	if rate := float64(events()-arrived) / took; m.job.Server != "" && rate < 0.9*float64(m.job.Rate) {
		fmt.Fprintf(os.Stderr, "compare: %s: only %.0f events a second arrived\n", m.view.name, rate)
	}
}

// startProfile starts a CPU profile in the file path, or none if that is empty.
func startProfile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return pprof.StopCPUProfile, pprof.StartCPUProfile(file)
}

// waitsOf posts a function to the UI thread every 10 ms until ctx is done, and returns
// how long each waited.
func waitsOf(ctx context.Context) (waits []time.Duration) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			fyne.DoAndWait(func() {})
			return waits
		case <-tick.C:
			asked := time.Now()
			fyne.Do(func() { waits = append(waits, time.Since(asked)) })
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// cpuTime returns the CPU time that this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// residentMB returns the resident memory of this process, 0 if the system does not say.
func residentMB() float64 {
	text, _ := os.ReadFile("/proc/self/smaps_rollup")
	var kib float64
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "Rss:"); ok {
			_, _ = fmt.Sscan(rest, &kib)
		}
	}
	return kib * 1024 / 1e6
}
