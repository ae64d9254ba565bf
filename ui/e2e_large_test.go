//go:build e2e

package ui

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console"
)

// runWriter is an environment variable. It makes the test program write a run of that
// many GB to the directory in its first argument.
const runWriter = "SSECONSOLE_WRITE_GB"

func writeRun(gigabytes, dir string) {
	gb, err := strconv.ParseFloat(gigabytes, 64)
	if err != nil {
		panic(err)
	}
	j, err := journal.Create(journal.Config{Dir: dir, Retention: journal.Retention{Bytes: -1}})
	if err != nil {
		panic(err)
	}
	for n := int64(1); n <= int64(gb*1e9/214); n++ {
		r := record.Record{
			Time: time.Unix(1.7e9, n*1e6), Kind: record.Event, Target: console.Embedded, ClientID: "alice", Conn: 1, Type: "message",
			ID: fmt.Sprint(n), Data: fmt.Sprintf(`{"n":%d,"symbol":"ACME","price":%d.25,"text":"%080d"}`, n, n%1000, n),
			Offset: n * 150, FirstChunk: int(n), LastChunk: int(n),
		}
		r.Raw = fmt.Appendf(nil, "id: %d\ndata: %s\n\n", n, r.Data)
		if n%7 == 0 {
			r.Kind = record.Comment
		}
		j.Append(r)
	}
	if err := j.Close(); err != nil {
		panic(err)
	}
}

// TestEndToEndALargeRunTakesLittleMemory opens a run of SSECONSOLE_GB gigabytes (make
// bench: 10). It measures how long it takes until the newest rows and until all rows
// are shown, and the memory.
func TestEndToEndALargeRunTakesLittleMemory(t *testing.T) {
	gigabytes := os.Getenv("SSECONSOLE_GB")
	if gigabytes == "" {
		gigabytes = "0.05"
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), runWriter+"="+gigabytes)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	d := open(t, "")
	before := residentMB(t, os.Getpid())
	began := time.Now()
	d.w.history.OpenRun(runs[0])
	d.until("the newest row is there", func() bool {
		n := d.w.log.Len()
		return d.w.history.Banner.Reader != nil && n > 0 && d.w.log.Model.At(n-1) >= runs[0].Records-1
	})
	newest := time.Since(began)
	for d.w.log.Model.Progress().Working { // may take longer than patience
		time.Sleep(poll)
		fyne.DoAndWait(func() {})
	}
	all := time.Since(began)
	d.key("ctrl+Home", "ctrl+End")
	t.Logf("%s GB, %d records: the newest rows after %v, all after %v; %d MB before, %d MB with it",
		gigabytes, runs[0].Records, newest.Round(time.Millisecond), all.Round(time.Millisecond), before, residentMB(t, os.Getpid()))
}
