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

// childDir is set for a process that is to be killed: where its run goes.
const childDir = "SSECONSOLE_JOURNAL_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		appendUntilKilled(dir, os.Args[1])
	}
	os.Exit(m.Run())
}

// appendUntilKilled appends rate records every millisecond and prints how many
// it has appended, how many of them are in the file, and when.
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

// sign is what the child printed in one line.
type sign struct{ appended, written, at int64 }

// TestKillLosesNothingThatWasWritten kills a process that appends three times,
// or as often as SSECONSOLE_KILLS says. In the latter case it also checks that
// what is lost is not older than 200 ms, which a busy machine may not keep to.
func TestKillLosesNothingThatWasWritten(t *testing.T) {
	kills, long := 3, false
	if s := os.Getenv("SSECONSOLE_KILLS"); s != "" {
		kills, _ = strconv.Atoi(s)
		long = true
	}
	for kill := range kills {
		dir := t.TempDir()
		// Another moment each time, to be in the middle of the interval between writes, too.
		rate := []string{"50", "1"}[kill%2] // blocks that fill and blocks that wait for their time
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
			t.Errorf("the run is %+v, but ends with record %d", runs[0], last)
		}
		check(t, r, 1, last)
		r.Close()

		end := signs[len(signs)-1]
		if last < end.written {
			t.Errorf("%d records were written, %d are there", end.written, last)
		}
		var age int64 // of the oldest that is lost
		if i := slices.IndexFunc(signs, func(s sign) bool { return s.appended > last }); i >= 0 {
			age = end.at - signs[i].at
		}
		t.Logf("killed after %d records: lost the last %d, of %d ms", end.appended, max(0, end.appended-last), age)
		if long && age > 200 {
			t.Errorf("records of the last %d ms are lost", age)
		}
	}
}

// runAndKill lets a child append to a run in dir for a while, kills it, and
// returns what it printed.
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
			break // torn
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
