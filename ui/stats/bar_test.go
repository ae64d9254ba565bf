package stats

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit/look"
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

func TestThePartsOfTheLineBecomeNarrowerWhenTheZoomDoes(t *testing.T) {
	a := test.NewTempApp(t)
	f := &fitting{importance: []int{0, 1}}
	parts := []fyne.CanvasObject{widget.NewLabel("demo"), widget.NewLabel("3 events")}
	second := func(zoom float32) float32 {
		look.Use(a, look.Look{Zoom: zoom})
		for _, o := range parts {
			o.Refresh()
		}
		f.Layout(parts, fyne.NewSize(1000, 30))
		return parts[1].Position().X
	}
	usual := second(1)
	if large := second(2); large <= usual {
		t.Errorf("the second part is at %v at zoom 2, at %v at 1", large, usual)
	}
	if got := second(1); got != usual {
		t.Errorf("the second part is at %v after zoom 2, at %v before", got, usual)
	}
}
