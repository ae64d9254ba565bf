package widgets

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
)

func TestClicksFormASeriesIfSoonAndNear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Clicks
		for i, tt := range []struct {
			after time.Duration
			x, y  float32
			want  int
		}{
			{0, 10, 10, 1}, {300 * time.Millisecond, 12, 7, 2}, {400 * time.Millisecond, 12, 7, 3},
			{401 * time.Millisecond, 12, 7, 1}, {time.Millisecond, 12, 12, 1}, {time.Millisecond, 12, 12, 2}, {time.Millisecond, 7, 12, 1},
		} {
			time.Sleep(tt.after)
			if got := c.Add(fyne.NewPos(tt.x, tt.y)); got != tt.want {
				t.Errorf("click %d is number %d in a row, want %d", i, got, tt.want)
			}
		}
	})
}
