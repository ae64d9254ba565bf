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
			cost:    func() time.Duration { return 0 },
		}
		p.start()
		wait := func() {
			time.Sleep(10 * longestPause)
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

func TestThePumpRefreshesAsOftenAsFramesAllow(t *testing.T) {
	const seconds = 10
	tests := []struct {
		cost        time.Duration // of a frame
		least, most int           // refreshes per second
	}{
		{0, 29, 31},
		{4 * time.Millisecond, 29, 31},
		{8 * time.Millisecond, 15, 16},
		{12 * time.Millisecond, 10, 11},
		{40 * time.Millisecond, 8, 9},
		{time.Second, 8, 9},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			refreshed := 0
			p := pump{
				look:    func(now time.Time) seenState { return seenState{last: now.UnixNano()} },
				post:    func(run func()) { run() },
				refresh: func() { refreshed++ },
				cost:    func() time.Duration { return tt.cost },
			}
			p.start()
			time.Sleep(seconds * time.Second)
			p.stop()
			if refreshed < seconds*tt.least || refreshed > seconds*tt.most {
				t.Errorf("%d refreshes in %d s with frames of %v, want %d to %d a second", refreshed, seconds, tt.cost, tt.least, tt.most)
			}
		})
	}
}

func TestARecordAfterAPauseIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var last atomic.Int64
		var shown atomic.Int64
		p := pump{
			look:    func(time.Time) seenState { return seenState{last: last.Load()} },
			post:    func(run func()) { run() },
			refresh: func() { shown.Store(last.Load()) },
			cost:    func() time.Duration { return time.Second },
		}
		p.start()
		for i := range int64(10) {
			time.Sleep(longestPause)
			last.Store(i)
			time.Sleep(shortestPause)
			synctest.Wait()
			if shown.Load() != i {
				t.Errorf("%d is shown %v after %d, although frames are slow only when many follow each other", shown.Load(), shortestPause, i)
			}
		}
		p.stop()
	})
}
