package stats

import (
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/ui/console"
)

func TestTheLineIsRedrawnLessOftenTheLongerNothingArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := console.New(console.Config{})
		defer c.Shutdown()
		s := &Bar{con: c}
		ticks := func(d time.Duration) (n int) {
			for before, end := s.Tick(time.Now()), time.Now().Add(d); time.Now().Before(end); {
				time.Sleep(66 * time.Millisecond) // the pump's pace
				if now := s.Tick(time.Now()); now != before {
					before = now
					n++
				}
			}
			return n
		}
		if n := ticks(10 * time.Minute); n > 10 {
			t.Errorf("%d times in ten minutes without records", n)
		}
		s.Behind.Store(true)
		if n := ticks(time.Second); n < 4 {
			t.Errorf("%d times in a second although there are newer numbers", n)
		}
	})
}
