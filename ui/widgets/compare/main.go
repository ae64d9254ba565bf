//go:build unix

package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	length time.Duration
	rate   int
	count  int
	only   string

	job     job // of the process of a view
	profile string
}

// job says what the process of a view measures.
type job struct {
	View   string
	Server string        // its base URL; if empty, nothing is subscribed
	Rate   int           // of its events, per second
	Length time.Duration // of the measurement
	Pause  time.Duration // between two refreshes, of all views but the window
	Begun  time.Time     // when the process was started
}

func main() {
	var o options
	flag.DurationVar(&o.length, "for", 12*time.Second, "duration of each measurement")
	flag.IntVar(&o.rate, "rate", 50_000, "events per second")
	flag.IntVar(&o.count, "count", 3, "print the medians of this many measurements")
	flag.StringVar(&o.only, "only", "", "measure only views whose name contains this")
	flag.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile of the last view to this file")
	text := flag.String("job", "", "measure one view and print the result (used internally)")
	flag.Parse()
	var err error
	if *text == "" {
		err = compare(o)
	} else if err = json.Unmarshal([]byte(*text), &o.job); err == nil {
		err = measure(o.job, o.profile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// compare measures all views in turn and prints the tables.
func compare(o options) error {
	base, err := startServer(o.rate)
	if err != nil {
		return err
	}
	o.job = job{Rate: o.rate, Length: o.length, Pause: 66 * time.Millisecond}
	quiet, busy := map[string][]result{}, map[string][]result{}
	for range o.count {
		for _, v := range views() {
			if !strings.Contains(v.name, o.only) {
				continue
			}
			if v.alone {
				if err := o.measure(v.name, "", quiet); err != nil {
					return err
				}
			}
			if v.busy {
				if err := o.measure(v.name, base, busy); err != nil {
					return err
				}
				if rs := busy[v.name]; v.name == windowName {
					o.job.Pause = time.Duration(float64(time.Second) / rs[len(rs)-1].Refreshes)
				}
			}
		}
	}
	printQuiet(quiet)
	fmt.Printf("\n%d events a second for %v, medians of %d:\n\n", o.rate, o.length, o.count)
	printBusy(busy)
	return nil
}

// printQuiet prints what a window costs in which nothing happens.
func printQuiet(found map[string][]result) {
	fmt.Println("| window in which nothing happens | first frame after | resident | CPU, % of a core |")
	fmt.Println("|---|---|---|---|")
	for _, v := range views() {
		if rs := found[v.name]; len(rs) > 0 {
			fmt.Printf("| %s | %.0f ms | %.0f MB | %.1f |\n", v.name, median(rs, func(r result) float64 { return r.First }),
				median(rs, func(r result) float64 { return r.Resident }), median(rs, func(r result) float64 { return r.CPU }))
		}
	}
}

// printBusy prints what views cost while events arrive.
func printBusy(found map[string][]result) {
	fmt.Println("| view | CPU, % of a core | minus the pipeline | refreshes/s | a posted function waits: p50 | p99 |")
	fmt.Println("|---|---|---|---|---|---|")
	cpu := func(name string) float64 { return median(found[name], func(r result) float64 { return r.CPU }) }
	for _, v := range views() {
		rs := found[v.name]
		switch {
		case len(rs) == 0:
		case v.show == nil:
			fmt.Printf("| %s | %.0f | | | | |\n", v.name, cpu(v.name))
		default:
			fmt.Printf("| %s | %.0f | %.0f | %.1f | %.2f ms | %.1f ms |\n", v.name, cpu(v.name), cpu(v.name)-cpu(pipelineName),
				median(rs, func(r result) float64 { return r.Refreshes }), median(rs, func(r result) float64 { return r.P50 }),
				median(rs, func(r result) float64 { return r.P99 }))
		}
	}
}

// measure measures a view in a process of its own, which has no settings of the user,
// and adds the result to found.
func (o options) measure(view, server string, found map[string][]result) error {
	home, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil { // Fyne makes only its own folder
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), o.length+time.Minute)
	defer cancel()
	o.job.View, o.job.Server, o.job.Begun = view, server, time.Now()
	text, err := json.Marshal(o.job)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, os.Args[0], "-job", string(text), "-cpuprofile", o.profile)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "XDG_STATE_HOME="+home)
	if view == listName {
		// Fyne keeps the texture of every text for a minute, which would be gigabytes.
		cmd.Env = append(cmd.Env, "FYNE_CACHE=2s")
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", view, err)
	}
	var r result
	if err := json.Unmarshal(out, &r); err != nil {
		return fmt.Errorf("%s: %w", view, err)
	}
	found[view] = append(found[view], r)
	return nil
}

// median returns the median of a figure, 0 if there are no results.
func median(rs []result, figure func(result) float64) float64 {
	if len(rs) == 0 {
		return 0
	}
	var all []float64
	for _, r := range rs {
		all = append(all, figure(r))
	}
	slices.Sort(all)
	return all[len(all)/2]
}
