package ui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/ui/kit"
)

// postingDriver keeps what is posted to it.
type postingDriver struct {
	fyneDriver
	posted chan func()
}

func (d postingDriver) DoFromGoroutine(f func(), _ bool) { d.posted <- f }

func testGate() (*gate, chan func()) {
	d := postingDriver{posted: make(chan func(), 10)}
	return &gate{fyneDriver: d, ended: make(chan struct{})}, d.posted
}

func TestNothingPassesTheGateAfterItsEnd(t *testing.T) {
	g, posted := testGate()
	g.post(func() {})
	if len(posted) != 1 {
		t.Errorf("%d functions arrived, want 1", len(posted))
	}
	g.end()
	g.end()
	g.post(func() { t.Error("it ran") })
	g.DoFromGoroutine(func() { t.Error("it ran") }, true)
	if len(posted) != 1 {
		t.Errorf("after the end %d functions arrived", len(posted)-1)
	}
}

func TestWhoWaitsAtTheGateDoesNotHoldUpItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, posted := testGate()
		const waiting = 2
		returned := make(chan bool, waiting)
		for range waiting {
			go func() {
				g.DoFromGoroutine(func() {}, true)
				returned <- true
			}()
		}
		synctest.Wait()
		(<-posted)()
		synctest.Wait()
		if len(returned) != 1 {
			t.Fatalf("one function has run, and %d calls have returned", len(returned))
		}
		g.end()
		synctest.Wait()
		if len(returned) != 2 {
			t.Error("a call waits for a function that will not run")
		}
	})
}

// A demonstration whose window was closed waits for no step any more.
func TestTheDemonstrationEndsWithItsWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		d := &demo{ctx: ctx, w: &window{k: &kit.Kit{Post: func(func()) {}}}}
		go func() {
			time.Sleep(time.Second)
			cancel(errClosed)
		}()
		d.step(func() { t.Error("it ran") })
		if !errors.Is(d.err, errClosed) {
			t.Errorf("it ended with %v", d.err)
		}
	})
}
