package stats

import (
	"math"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/intake"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// ShowPlot updates the plot of events per second.
func (s *Bar) ShowPlot() {
	values := make([]uint32, len(s.Shown.Seconds))
	marks := make([]widgets.PlotMarks, len(values))
	var most uint32
	for i, second := range s.Shown.Seconds {
		values[i] = second.Events
		most = max(most, second.Events)
		if second.Reconnects > 0 {
			marks[i] |= widgets.PlotTriangle
		}
		if second.Problems > 0 {
			marks[i] |= widgets.PlotDiamond
		}
	}
	peak := catalogue.ShortCount(most)
	s.Plot.Set(values, marks, s.k.T("stats.plot", "Peak", peak), s.k.T("stats.plot_short", "Peak", peak))
}

// describeSecond describes a second of the plot and its marks.
func (s *Bar) describeSecond(i int) string {
	second, w := s.Shown.Seconds[i], wording.Of(s.k.Texts)
	ago := time.Duration(len(s.Shown.Seconds)-i) * time.Second
	text := w.T("stats.ago", "Ago", w.Duration(ago), "Events", w.Events(int64(second.Events)))
	if second.Reconnects > 0 {
		text += "\n▲ " + w.T("status.reconnects", "N", int64(second.Reconnects))
	}
	if second.Problems > 0 {
		text += "\n◆ " + w.Problems(int64(second.Problems))
	}
	return text
}

// showLatency plots the latencies of the latest messages, in microseconds, below the
// percentiles of all.
func (s *Bar) showLatency(latency intake.Latency) {
	if shown := latency.Count > 0; shown != s.Took.Visible() {
		kit.SetVisible(s.Took, shown)
		s.Content.Refresh() // the plot takes room from the line
	}
	s.latency = latency
	if latency.Count == 0 {
		return
	}
	values := make([]uint32, intake.LatencyPoints)
	for i, point := range latency.Series {
		values[len(values)-len(latency.Series)+i] = uint32(min(point.Took.Microseconds(), math.MaxUint32))
	}
	s.Took.Set(values, make([]widgets.PlotMarks, len(values)), s.percentiles("stats.latency"), s.percentiles("stats.latency_short"))
}

// percentiles returns a text with the percentiles of all messages.
func (s *Bar) percentiles(key string) string {
	in := catalogue.InSymbols
	return s.k.T(key, "P50", in(s.latency.P50), "P95", in(s.latency.P95), "P99", in(s.latency.P99))
}

// describeLatency describes a message of the plot of latencies, and all messages.
func (s *Bar) describeLatency(i int) string {
	text, points := s.percentiles("stats.latency"), s.latency.Series
	if at := i - intake.LatencyPoints + len(points); at >= 0 {
		point := points[at]
		text = s.k.T("stats.took", "Time", point.At.Format(wording.TimeLayout), "Took", s.k.Texts.Duration(point.Took)) + "\n" + text
	}
	return text
}

// Left must be called when the mouse has left the window, perhaps from a plot.
func (s *Bar) Left() {
	s.Plot.MouseOut()
	s.Took.MouseOut()
}

// line lays out the parts of the line and its two plots, which have room for their long
// captions in a wide window.
type line struct{}

const (
	wideLine = 1000 // in Fyne's units and before the zoom, as are all of these
	plotGap  = 10

	narrowPlot, widePlot       = 140, 220
	narrowLatency, wideLatency = 140, 320
)

func (line) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[2].MinSize()
	return fyne.NewSize(0, max(least.Height, objects[0].MinSize().Height))
}

func (line) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	parts, latency, plot := objects[0], objects[1], objects[2]
	zoom := widgets.Zoom(fyne.CurrentApp().Settings().Theme())
	width := map[fyne.CanvasObject]float32{latency: narrowLatency * zoom, plot: narrowPlot * zoom}
	if size.Width >= wideLine*zoom {
		width[latency], width[plot] = wideLatency*zoom, widePlot*zoom
	}
	right := size.Width
	for _, p := range []fyne.CanvasObject{plot, latency} {
		if p.Visible() {
			p.Resize(fyne.NewSize(width[p], size.Height))
			p.Move(fyne.NewPos(right-width[p], 0))
			right -= width[p] + plotGap
		}
	}
	height := parts.MinSize().Height
	parts.Resize(fyne.NewSize(max(0, right), height))
	parts.Move(fyne.NewPos(0, (size.Height-height)/2))
}
