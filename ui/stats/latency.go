package stats

import (
	"fmt"
	"math"

	"sseconsole/client/intake"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

// showLatency plots the latencies of the latest messages, in microseconds, next to
// the percentiles of all.
func (s *Bar) showLatency(latency intake.Latency) {
	if shown := latency.Count > 0; shown != s.TookBox.Visible() {
		kit.SetVisible(s.TookBox, shown)
		s.Content.Refresh() // the plot takes room from the line
	}
	if latency.Count == 0 {
		return
	}
	s.points = latency.Series
	values := make([]uint32, intake.LatencyPoints)
	for i, point := range latency.Series {
		values[len(values)-len(latency.Series)+i] = uint32(min(point.Took.Microseconds(), math.MaxUint32))
	}
	s.Took.Set(values, make([]widgets.PlotMarks, len(values)), fmt.Sprintf("p50 %s\np95 %s\np99 %s", catalogue.InSymbols(latency.P50), catalogue.InSymbols(latency.P95), catalogue.InSymbols(latency.P99)))
}
