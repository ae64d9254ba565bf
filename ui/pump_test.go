package ui

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestThePumpPostsOneRefreshForAnyNumberOfRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var last atomic.Int64
		posted := make(chan func(), 10)
		refreshed := 0
		p := pump{
			look:    func(time.Time) seenState { return seenState{last: last.Load()} },
			post:    func(run func()) { posted <- run },
			refresh: func() { refreshed++ },
		}
		p.start()
		wait := func() {
			time.Sleep(10 * pumpInterval)
			synctest.Wait()
		}

		wait()
		if len(posted) != 0 {
			t.Errorf("%d refreshes although nothing happened", len(posted))
		}
		last.Store(10_000)
		wait()
		last.Store(20_000)
		wait()
		if len(posted) != 1 {
			t.Errorf("%d refreshes while the UI thread is busy with the first, want 1", len(posted))
		}
		(<-posted)()
		wait()
		if len(posted) != 1 {
			t.Errorf("%d refreshes after changes during the first, want 1", len(posted))
		}
		(<-posted)()
		wait()
		if len(posted) != 0 || refreshed != 2 {
			t.Errorf("%d more refreshes posted, %d made, want 0 and 2", len(posted), refreshed)
		}
		p.stop()
	})
}
