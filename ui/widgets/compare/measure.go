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
}

// measure measures the view o.view in this process and prints the result as JSON.
func measure(o options) error {
	i := slices.IndexFunc(views(), func(v view) bool { return v.name == o.view })
	if i < 0 {
		return errors.New("no such view")
	}
	m := &meter{o: o, view: views()[i]}
	if m.view.show == nil {
		con, err := newConsole()
		if err != nil {
			return err
		}
		defer con.Shutdown()
		m.finish(m.take(con))
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
	o         options
	view      view
	refreshes atomic.Int64

	found result
	err   error
}

// settling is how long the events arrive before the measurement begins.
const settling = 2 * time.Second

// take subscribes con to the server, waits until events arrive, and measures.
func (m *meter) take(con *console.Console) (r result, err error) {
	p := console.Pair{Remote: m.o.server, ClientID: "demo"}
	con.Subscribe(p, "")
	defer con.Close(p)
	time.Sleep(settling)
	events := func() int64 {
		s, _ := con.Subscription(p)
		return s.Status.Events
	}
	if s, _ := con.Subscription(p); s.Status.ReadyState != client.Open || events() == 0 {
		return r, errors.New("no events arrive")
	}
	if m.o.profile != "" {
		file, err := os.Create(m.o.profile)
		if err == nil {
			err = pprof.StartCPUProfile(file)
		}
		if err != nil {
			return r, err
		}
		defer pprof.StopCPUProfile()
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.o.length)
	defer cancel()
	began, cpu, refreshes, arrived := time.Now(), cpuTime(), m.refreshes.Load(), events()
	var waits []time.Duration
	if m.view.show == nil {
		<-ctx.Done()
	} else {
		waits = waitsOf(ctx)
	}
	took := time.Since(began).Seconds()
	r.CPU = 100 * (cpuTime() - cpu).Seconds() / took
	r.Refreshes = float64(m.refreshes.Load()-refreshes) / took
	if n := len(waits); n > 0 {
		slices.Sort(waits)
		r.P50, r.P99 = milliseconds(waits[n/2]), milliseconds(waits[n*99/100])
	}
	if rate := float64(events()-arrived) / took; rate < 0.9*float64(m.o.rate) {
		fmt.Fprintf(os.Stderr, "compare: %s: only %.0f events a second arrived\n", m.view.name, rate)
	}
	return r, nil
}

func (m *meter) finish(r result, err error) { m.found, m.err = r, err }

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
