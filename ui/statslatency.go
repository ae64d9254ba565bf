package ui

import (
	"math"
	"time"

	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// showLatency plots how long the latest messages took, in microseconds.
func (s *statsBar) showLatency(latency console.Latency) {
	if shown := latency.Count > 0; shown != s.tookBox.Visible() {
		setVisible(s.tookBox, shown)
		s.content.Refresh() // it takes its room from the line
	}
	if latency.Count == 0 {
		return
	}
	s.points = latency.Series
	values, most := make([]uint32, console.LatencyPoints), time.Duration(0)
	for i, point := range latency.Series {
		values[len(values)-len(latency.Series)+i] = uint32(min(point.Took.Microseconds(), math.MaxUint32))
		most = max(most, point.Took)
	}
	s.took.Set(values, make([]widgets.PlotMarks, len(values)), s.w.words.duration(most))
}
