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

// options are the flags, which the processes of the views get, too.
type options struct {
	length time.Duration
	rate   int
	count  int
	only   string

	view, server string        // set for the process of a view
	pause        time.Duration // between two refreshes
	profile      string
}

func main() {
	var o options
	flag.DurationVar(&o.length, "for", 12*time.Second, "duration of each measurement")
	flag.IntVar(&o.rate, "rate", 50_000, "events per second")
	flag.IntVar(&o.count, "count", 3, "print the medians of this many measurements")
	flag.StringVar(&o.only, "only", "", "measure only views whose name contains this")
	flag.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile of the view to this file")
	flag.StringVar(&o.view, "view", "", "measure this view and print the result as JSON (used internally)")
	flag.StringVar(&o.server, "server", "", "the server's base URL (used internally)")
	flag.DurationVar(&o.pause, "pause", 66*time.Millisecond, "time between two refreshes of the other views, if the window is not measured")
	flag.Parse()
	err := error(nil)
	if o.view == "" {
		err = compare(o)
	} else {
		err = measure(o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// compare measures all views in turn and prints the table.
func compare(o options) error {
	base, err := startServer(o.rate)
	if err != nil {
		return err
	}
	found := map[string][]result{}
	for range o.count {
		for _, v := range views() {
			if strings.Contains(v.name, o.only) {
				r, err := run(o, v.name, base)
				if err != nil {
					return fmt.Errorf("%s: %w", v.name, err)
				}
				found[v.name] = append(found[v.name], r)
				if v.name == windowName {
					o.pause = time.Duration(float64(time.Second) / r.Refreshes)
				}
			}
		}
	}
	fmt.Printf("%d events a second for %v, medians of %d\n\n", o.rate, o.length, o.count)
	fmt.Println("| view | CPU, % of a core | minus the pipeline | refreshes/s | a posted function waits: p50 | p99 |")
	fmt.Println("|---|---|---|---|---|---|")
	pipeline := median(found[pipelineName], func(r result) float64 { return r.CPU })
	for _, v := range views() {
		rs := found[v.name]
		if len(rs) == 0 {
			continue
		}
		of := func(figure func(result) float64) float64 { return median(rs, figure) }
		cpu := of(func(r result) float64 { return r.CPU })
		if v.show == nil {
			fmt.Printf("| %s | %.0f | | | | |\n", v.name, cpu)
			continue
		}
		fmt.Printf("| %s | %.0f | %.0f | %.1f | %.2f ms | %.1f ms |\n", v.name, cpu, cpu-pipeline,
			of(func(r result) float64 { return r.Refreshes }), of(func(r result) float64 { return r.P50 }), of(func(r result) float64 { return r.P99 }))
	}
	return nil
}

// run measures a view in a process of its own, which has no settings of the user.
func run(o options, view, server string) (r result, err error) {
	home, err := os.MkdirTemp("", "compare")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(home)
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil { // Fyne makes only its own folder
		return r, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), o.length+time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-view", view, "-server", server, "-for", o.length.String(), "-pause", o.pause.String(), "-cpuprofile", o.profile)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "XDG_STATE_HOME="+home,
		// Fyne keeps the texture of every text for a minute, with the list some gigabytes.
		"FYNE_CACHE=2s")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(out, &r)
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
