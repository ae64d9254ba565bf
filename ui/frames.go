package ui

import (
	"slices"
	"sync/atomic"
	"time"
)

// frames measures how long the window takes to draw a frame with new rows. Fyne does not
// say: the log calls begin as it is drawn, most of what a frame costs comes after that,
// and a posted function runs once the frame is shown.
type frames struct {
	post  func(func())
	shown func()           // called once a frame is shown; may be nil
	last  [4]time.Duration // of the latest frames
	n     int              // how many were measured
	least atomic.Int64     // of last
}

// begin must be called on the UI thread while a frame is drawn.
func (f *frames) begin() {
	began := time.Now()
	f.post(func() {
		f.last[f.n%len(f.last)] = time.Since(began)
		f.n++
		f.least.Store(int64(slices.Min(f.last[:min(f.n, len(f.last))])))
		if f.shown != nil {
			f.shown()
		}
	})
}

// cost returns how long a frame takes: the shortest of the last few, since any may be held
// up by something else. It may be called from any goroutine.
func (f *frames) cost() time.Duration { return time.Duration(f.least.Load()) }
