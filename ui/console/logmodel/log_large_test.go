package logmodel

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// TestALogOfALargeRun measures the log of a run of SSECONSOLE_GB gigabytes: the time until
// the newest rows and until all rows are shown, and the memory.
func TestALogOfALargeRun(t *testing.T) {
	gigabytes, err := strconv.ParseFloat(os.Getenv("SSECONSOLE_GB"), 64)
	if err != nil {
		t.Skip("SSECONSOLE_GB says nothing")
	}
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir, Retention: journal.Retention{Bytes: -1}})
	if err != nil {
		t.Fatal(err)
	}
	for n := int64(1); n <= int64(gigabytes*1e9/214); n++ {
		r := record.Record{
			Time: time.Unix(1.7e9, n*1e6), Kind: record.Event, Target: record.EmbeddedTarget, ClientID: "alice", Conn: 1, Type: "message", ID: fmt.Sprint(n),
			Data:   fmt.Sprintf(`{"n":%d,"symbol":"ACME","price":%d.25,"text":"%080d"}`, n, n%1000, n),
			Offset: n * 150, FirstChunk: int(n), LastChunk: int(n),
		}
		r.Raw = fmt.Appendf(nil, "id: %d\ndata: %s\n\n", n, r.Data)
		switch {
		case n%1e6 == 0:
			r = record.Record{Time: r.Time, Kind: record.Problem, Type: "late"}
		case n%7 == 0:
			r.Kind = record.Comment
		}
		j.Append(r)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	began := time.Now()
	run, err := journal.OpenRun(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	l := NewLog(run, Query{})
	defer l.Close()
	frame := time.NewTicker(10 * time.Millisecond) // more often than the window refreshes
	defer frame.Stop()
	for _, c := range []struct {
		name string
		q    Query
	}{
		{"opened, comments hidden", Query{Shows: func(kind, _ record.Kind) bool { return kind != record.Comment }}},
		{"a text that nothing has", Query{Filter: parsed(t, "nowhere")}},
		{"a text that a row in 10 has", Query{Filter: parsed(t, `"7.25"`)}},
		{"a text that all have", Query{Filter: parsed(t, "acme")}},
		{"a kind that is rare", Query{Filter: parsed(t, "kind:problem")}},
	} {
		l.Show(run, c.q, 0)
		fresh := l.Refresh().Reset
		var screen, longest time.Duration
		for l.Progress().Working {
			refresh := time.Now()
			fresh = l.Refresh().Reset || fresh
			longest = max(longest, time.Since(refresh))
			if screen == 0 && fresh && l.Len() >= 40 {
				screen = time.Since(began)
			}
			<-frame.C
		}
		l.Refresh()
		t.Logf("%s: %d rows of %d, 40 of them after %v, all after %v, longest refresh %v, %s resident",
			c.name, l.Len(), run.Run.Records, screen.Round(time.Millisecond), time.Since(began).Round(time.Millisecond), longest.Round(time.Microsecond), resident(t))
		began = time.Now()
	}
}

// resident returns the resident memory of this process, as Linux reports it.
func resident(t *testing.T) string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "?"
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "?"
}
