// Command compare compares the speed of the embedded server's hub with go-sse's Joe and
// r3labs/sse, in one run over loopback HTTP with the clients in this process. It prints
// tables in Markdown. It is a separate module, so that the program does not depend on its
// requirements:
//
//	cd server/compare && go run . -count 5
//
// The servers take turns, so that other load on the machine affects all of them. The
// numbers are medians.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	count := flag.Int("count", 5, "print the median of this many measurements")
	length := flag.Duration("for", time.Second, "duration of each measurement")
	subscribers := flag.String("subscribers", "1,100,1000", "numbers of subscribers")
	only := flag.String("side", "", "measure only servers whose name contains this")
	stuck := flag.Bool("stuck", true, "also measure with a stuck subscriber")
	profile := flag.String("cpuprofile", "", "write a CPU profile to this file")
	flag.Parse()
	// Keep the servers' log messages out of the tables.
	log.SetOutput(io.Discard)
	if *profile != "" {
		file, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(file)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "compare:", err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := compare(*count, *length, *subscribers, *only, *stuck); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func compare(count int, length time.Duration, subscribers, only string, stuck bool) error {
	for _, broadcasts := range []bool{true, false} {
		fmt.Printf("\n%s, messages of 100 bytes\n\n", map[bool]string{true: "Broadcast", false: "One to one"}[broadcasts])
		fmt.Println("| subscribers | server | deliveries/s | times Joe | p50 | p99 | p50 at Joe's pace | p99 at Joe's pace | CPU s per million | allocations per delivery |")
		fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
		for _, field := range strings.Split(subscribers, ",") {
			n, err := strconv.Atoi(field)
			if err != nil {
				return err
			}
			if err := table(n, broadcasts, count, length, only); err != nil {
				return err
			}
		}
	}
	if !stuck {
		return nil
	}
	fmt.Printf("\nBroadcast to ten subscribers and one that never reads\n\n")
	fmt.Println("| server | deliveries/s in the first second | in the fifth |")
	fmt.Println("|---|---|---|")
	for _, s := range sides(true) {
		if strings.Contains(s.name, only) {
			first, last, err := beside(s)
			if err != nil {
				return err
			}
			fmt.Printf("| %s | %s | %s |\n", s.name, thousands(first), thousands(last))
		}
	}
	return nil
}

// table prints the rows for n subscribers.
func table(n int, broadcasts bool, count int, length time.Duration, only string) error {
	results := map[string][]result{}
	for range count {
		joes := 0.0
		for _, s := range sides(broadcasts) {
			if !strings.Contains(s.name, only) {
				continue
			}
			r, err := measure(s, n, broadcasts, length, joes)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			joes = cmp.Or(joes, r.rate) // Joe is the first
			results[s.name] = append(results[s.name], r)
		}
	}
	var joe float64
	for _, s := range sides(broadcasts) {
		rs := results[s.name]
		if rs == nil {
			continue
		}
		rate := median(rs, func(r result) float64 { return r.rate })
		joe = cmp.Or(joe, rate)
		ms := func(of func(result) time.Duration) string {
			return strconv.FormatFloat(median(rs, func(r result) float64 { return of(r).Seconds() * 1000 }), 'f', 2, 64) + " ms"
		}
		fmt.Printf("| %d | %s | %s | %.1f | %s | %s | %s | %s | %.2f | %.3f |\n", n, s.name, thousands(rate), rate/joe,
			ms(func(r result) time.Duration { return r.p50 }), ms(func(r result) time.Duration { return r.p99 }),
			ms(func(r result) time.Duration { return r.joe50 }), ms(func(r result) time.Duration { return r.joe99 }),
			median(rs, func(r result) float64 { return r.cpu }), median(rs, func(r result) float64 { return r.allocations }))
	}
	return nil
}

func median(rs []result, of func(result) float64) float64 {
	var values []float64
	for _, r := range rs {
		values = append(values, of(r))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func thousands(rate float64) string { return fmt.Sprintf("%.0f k", rate/1000) }
