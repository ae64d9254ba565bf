package cli

import (
	"strings"
	"testing"
	"time"
)

func TestCheckWaitsForAPendingReconnect(t *testing.T) {
	end := func(retry string) []step { return conn("H", retry, "+300", events(1, 2, "v%d"), "+300", ".") }
	const waits, tooLate = "a reconnect is pending", "too late to wait"
	for name, tt := range map[string]struct {
		stream *recorded
		took   time.Duration
		says   []string
		not    string
	}{
		"refused": {
			served("1s", end("retry: 5000\n\n"), refusedBy("404 Not Found", "", "no such session")),
			5600 * time.Millisecond, []string{waits, "404 Not Found", "no such session"}, "",
		},
		"back":              {served("1s", end("retry: 5000\n\n"), conn("H", events(3, 1, "v%d"), "hang")), 6600 * time.Millisecond, []string{waits, "No findings"}, ""},
		"back, and over":    {served("1s", end("retry: 2000\n\n"), conn("H", events(3, 2, "v%d"), "+200", "."), conn("H", "hang")), 2800 * time.Millisecond, []string{waits, "No findings"}, ""},
		"never answered":    {served("1s", end("retry: 5000\n\n"), conn("hang")), 26 * time.Second, []string{waits, "no_header", "reconnect_unanswered"}, ""},
		"request made":      {served("1s", end("retry: 100\n\n"), conn("+4000", "H", "hang")), 5700 * time.Millisecond, []string{waits}, ""},
		"too late":          {served("1s", end("retry: 60000\n\n")), time.Second, []string{tooLate, "due in"}, waits},
		"nothing pending":   {served("3s", end("retry: 100\n\n"), conn("H", "hang")), 3 * time.Second, nil, waits},
		"never opened":      {served("1s", conn("reset")), time.Second, nil, waits},
		"ended for good":    {served("9s", end("retry: 100\n\n"), refusedBy("204 No Content", "", "")), 700 * time.Millisecond, nil, waits},
		"cut, seen once":    {served("5s", conn("H", "data: x\n\n", "+4000", "close"), conn("H", "hang")), 8 * time.Second, []string{"was cut once. Use -duration 23s to see"}, ""},
		"cut, seen twice":   {served("6s", conn("H", "retry: 500\n\n", "+2000", "close"), conn("H", ": x\n\n", "+2000", "close"), conn("H", "hang")), 6 * time.Second, []string{"was cut 2 times. Use -duration 10s to see"}, ""},
		"cut, seen 3 times": {served("9s", conn("H", "retry: 500\n\n", "+2000", "close")), 9 * time.Second, []string{"cut_when_idle"}, "to see whether"},
	} {
		t.Run(name, func(t *testing.T) {
			_, said, took := tt.stream.play(t)
			if (took - tt.took).Abs() > 2*overtimeStep {
				t.Errorf("took %v, want %v", took, tt.took)
			}
			for _, want := range tt.says {
				if !strings.Contains(said, want) {
					t.Errorf("does not say %q", want)
				}
			}
			if tt.not != "" && strings.Contains(said, tt.not) {
				t.Errorf("says %q", tt.not)
			}
			if t.Failed() {
				t.Log(said)
			}
		})
	}
}
