package ui

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheCostOfAFrameIsThatOfTheQuickestOfTheLastFour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var posted []func()
		f := frames{post: func(run func()) { posted = append(posted, run) }}
		for i, tt := range []struct{ took, want int }{ // in ms
			{100, 100}, {10, 10}, {10, 10}, {300, 10}, {12, 10}, {11, 10}, {30, 11}, {30, 11}, {30, 11}, {30, 30},
		} {
			f.begin()
			time.Sleep(time.Duration(tt.took) * time.Millisecond)
			posted[i]()
			if f.cost() != time.Duration(tt.want)*time.Millisecond {
				t.Errorf("after frame %d of %d ms: %v, want %d ms", i+1, tt.took, f.cost(), tt.want)
			}
		}
	})
}
