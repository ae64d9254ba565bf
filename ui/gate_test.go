package ui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/ui/kit"
)

// postingDriver is a driver that collects the functions posted to it.
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
	g.post(func() { t.Error("a function ran after the end") })
	g.DoFromGoroutine(func() { t.Error("a function ran after the end") }, true)
	if len(posted) != 1 {
		t.Errorf("after the end %d functions arrived", len(posted)-1)
	}
}

func TestTheEndOfTheGateReleasesWaitingCalls(t *testing.T) {
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
			t.Error("a call still waits for a function that will not run")
		}
	})
}

// A demonstration does not wait for a step once its window is closed.
func TestTheDemonstrationEndsWithItsWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		d := &demo{ctx: ctx, w: &window{k: &kit.Kit{Post: func(func()) {}}}}
		go func() {
			time.Sleep(time.Second)
			cancel(errClosed)
		}()
		d.step(func() { t.Error("the step ran") })
		if !errors.Is(d.err, errClosed) {
			t.Errorf("error %v", d.err)
		}
	})
}
