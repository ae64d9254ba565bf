//go:build e2e

package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/record"
)

// The window must stay responsive when an event made to block it is selected, and take
// little more memory than the text.
func TestEndToEndAHostileEventCanBeSelected(t *testing.T) {
	d := open(t, "")
	started := peakMB(t)
	for _, event := range []struct{ name, data, note string }{
		{"20 KB, nested 9,999 deep", strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999), "256 levels"},
		{"600 KB, nested 9,000 deep", strings.Repeat("[", 9_000) + strings.Repeat("1,", 300_000) + "1" + strings.Repeat("]", 9_000), "256 levels"},
		{"600 KB, nested 250 deep", strings.Repeat("[", 250) + strings.Repeat("1,", 300_000) + "1" + strings.Repeat("]", 250), "too long"},
		{"8 MB of JSON", "[" + strings.Repeat(`{"a":1},`, 1<<20) + "1]", ""},
		{"10 MB in one line", strings.Repeat("x", 10<<20), ""},
		{"1,000,000 empty lines", strings.Repeat("\n", 1_000_000), ""},
		{"1,000,000 marks on one letter", "e" + strings.Repeat("\u0301", 1_000_000), ""},
	} {
		d.w.con.Journal.Append(record.Record{Time: time.Now(), Kind: record.Event, Type: "message", Data: event.data, Raw: []byte(event.data)})
		_, seq := d.w.con.Journal.Bounds()
		d.until("the row exists", func() bool {
			n := d.w.log.Len()
			return n > 0 && d.w.log.Model.At(n-1) == seq
		})
		var longest time.Duration
		before := time.Now()
		turn := func(f func()) {
			began := time.Now()
			fyne.DoAndWait(f)
			longest = max(longest, time.Since(began))
		}
		turn(func() { d.w.log.View.Select(d.w.log.Len() - 1) })
		turn(func() {})
		ready := func() bool {
			isLaidOut := event.note != "" || event.data[0] != '[' || d.w.log.Details.Text.Text() != event.data
			return strings.Contains(d.w.log.Details.Note.Text, event.note) && isLaidOut
		}
		for yes := false; !yes; {
			if turn(func() { yes = ready() }); time.Since(before) > patience {
				t.Fatalf("%s: not shown", event.name)
			}
			time.Sleep(poll)
		}
		took := time.Since(before)
		d.key("ctrl+End", "ctrl+Home") // the keyboard works
		turn(func() {})
		t.Logf("%s: shown after %v, the UI thread answered after at most %v, %d MB at the peak",
			event.name, took.Round(time.Millisecond), longest.Round(time.Millisecond), peakMB(t))
	}
	if grown := peakMB(t) - started; grown > 500 {
		t.Errorf("the window took %d MB more", grown)
	}
}

// peakMB returns the peak memory of this process.
func peakMB(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kB int
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		t.Fatal(err)
	}
	return kB >> 10
}
