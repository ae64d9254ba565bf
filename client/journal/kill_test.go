package journal

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// childDir is set in the process that is to be killed: the directory for its run.
const childDir = "SSECONSOLE_JOURNAL_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		appendUntilKilled(dir, os.Args[1])
	}
	os.Exit(m.Run())
}

// appendUntilKilled appends rate records every millisecond and prints how many it has
// appended, how many of them are in the file, and the time.
func appendUntilKilled(dir, rate string) {
	j, err := Create(Config{Dir: dir})
	if err != nil {
		panic(err)
	}
	each, err := strconv.Atoi(rate)
	if err != nil {
		panic(err)
	}
	n := int64(0)
	for range time.Tick(time.Millisecond) {
		for range each {
			n++
			j.Append(event(n))
		}
		_, written := j.w.disk.bounds()
		fmt.Println(n, written, time.Now().UnixMilli())
	}
}

// sign is a line printed by the child.
type sign struct{ appended, written, at int64 }

// TestKillLosesNothingThatWasWritten kills an appending process three times, or as
// often as SSECONSOLE_KILLS says. With SSECONSOLE_KILLS it also checks that no lost
// record is older than 200 ms, which may fail on a busy machine.
func TestKillLosesNothingThatWasWritten(t *testing.T) {
	kills, long := 3, false
	if s := os.Getenv("SSECONSOLE_KILLS"); s != "" {
		kills, _ = strconv.Atoi(s)
		long = true
	}
	for kill := range kills {
		dir := t.TempDir()
		// A different moment each time, so that some are between two writes.
		rate := []string{"50", "1"}[kill%2] // blocks that become full, and blocks that are flushed by time
		signs := runAndKill(t, dir, rate, 450*time.Millisecond+time.Duration(kill)*37*time.Millisecond)

		runs, err := Runs(dir)
		if err != nil || len(runs) != 1 {
			t.Fatalf("%+v, %v", runs, err)
		}
		r, err := OpenRun(runs[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		_, last := r.Bounds()
		if r.Run.Records != last || runs[0].InUse || strings.Join(runs[0].Targets, " ") != "embedded" {
			t.Errorf("the run is %+v, but its last record is %d", runs[0], last)
		}
		check(t, r, 1, last)
		r.Close()

		end := signs[len(signs)-1]
		if last < end.written {
			t.Errorf("%d records were written, %d can be read", end.written, last)
		}
		var age int64 // age of the oldest lost record
		if i := slices.IndexFunc(signs, func(s sign) bool { return s.appended > last }); i >= 0 {
			age = end.at - signs[i].at
		}
		t.Logf("killed after %d records: lost the last %d, of %d ms", end.appended, max(0, end.appended-last), age)
		if long && age > 200 {
			t.Errorf("records of the last %d ms are lost", age)
		}
	}
}

// runAndKill lets a child append to a run in dir, kills it after a while, and returns
// what it printed.
func runAndKill(t *testing.T, dir, rate string, after time.Duration) (signs []sign) {
	t.Helper()
	child := exec.Command(os.Args[0], rate)
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait()
	defer child.Process.Kill()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var s sign
		if _, err := fmt.Sscan(lines.Text(), &s.appended, &s.written, &s.at); err != nil {
			break // a torn line
		}
		signs = append(signs, s)
		if s.at-signs[0].at > after.Milliseconds() {
			child.Process.Kill()
		}
	}
	if len(signs) == 0 {
		t.Fatal("the child appended nothing")
	}
	return signs
}
