package ui

import (
	"fmt"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// statsPause is the shortest time between two changes of the numbers: each
// distinct text costs a texture for a minute, and nobody reads faster.
const statsPause = 250 * time.Millisecond

// statsBar is the line at the bottom: what the subscription in the form brought,
// or all together if it has none, and a plot of the last two minutes.
type statsBar struct {
	w       *window
	content *fyne.Container
	parts   *fyne.Container
	fit     *fitting
	plot    *widgets.Plot
	took    *widgets.Plot // how long messages took, of those that were sent here
	points  []console.LatencyPoint
	tookBox *fyne.Container

	shown  console.Stats
	of     string      // whose numbers these are
	at     time.Time   // when they were set
	behind atomic.Bool // there are newer ones
}

// The parts of the line, as they stand, which is not the order of their
// importance.
const (
	statWho = iota
	statEvents
	statRate
	statBytes
	statGap
	statID
	statReconnects
	statRecords
	statLegend
	statHover // alone, while the mouse is on the plot
	statCount
)

func newStatsBar(w *window) *statsBar {
	s := &statsBar{w: w, plot: widgets.NewPlot(w.k.Fonts)}
	s.fit = &fitting{importance: []int{statWho, statEvents, statRate, statID, statReconnects, statRecords, statGap, statBytes, statLegend}, alone: statHover}
	var labels []fyne.CanvasObject
	for range statCount {
		labels = append(labels, widget.NewLabel(""))
	}
	s.parts = container.New(s.fit, labels...)
	s.plot.OnHover = func(int) { s.showHover() }
	s.took = widgets.NewPlot(w.k.Fonts)
	s.took.OnHover = func(int) { s.showHover() }
	s.tookBox = container.New(kit.FixedWidth(166), s.took)
	s.tookBox.Hide()
	s.content = container.NewBorder(nil, nil, nil, container.NewHBox(s.tookBox, s.plot), s.parts)
	w.k.Text(func() { s.at = time.Time{} })
	return s
}

// refresh brings the line up to date, unless it was a moment ago.
func (s *statsBar) refresh() {
	p, _ := s.w.pair()
	stats, known := s.w.con.Stats(p)
	of := p.ClientID + "\n" + p.Target()
	if !known {
		stats, of = s.w.con.StatsOfAll(), ""
	}
	sub, listed := s.w.con.Subscription(p)
	if listed {
		of += fmt.Sprint(sub.ReadyState, sub.Failed)
	}
	now := time.Now()
	if of == s.of && now.Sub(s.at) < statsPause {
		s.behind.Store(true)
		return
	}
	if of != s.of {
		clear(s.fit.widths[:])
	}
	s.behind.Store(false)
	s.shown, s.of, s.at = stats, of, now

	T := s.w.k.T
	texts := make([]string, statCount)
	switch {
	case listed:
		texts[statWho] = s.w.k.Brief(sub.ClientID) + ": " + stateWordText(wording.Of(s.w.k.Texts), sub)
	case known:
		texts[statWho] = s.w.k.Brief(p.ClientID)
	case stats.Bytes > 0 || stats.Reconnects > 0:
		texts[statWho] = T("stats.all")
	}
	if texts[statWho] != "" {
		texts[statEvents] = T("row.events", "N", stats.Events)
		texts[statRate] = T("stats.rate", "Rate", stats.Rate, "Peak", stats.Peak)
		texts[statBytes] = s.w.k.Texts.Size(stats.Bytes)
		texts[statReconnects] = T("status.reconnects", "N", stats.Reconnects)
		texts[statGap] = gapText(wording.Of(s.w.k.Texts), stats, now)
		texts[statLegend] = T("stats.legend")
	}
	if stats.LastEventID != "" {
		texts[statID] = "Last-Event-ID " + s.w.k.Brief(stats.LastEventID)
	}
	_, last := s.w.con.Journal.Bounds()
	texts[statRecords] = T("status.rows", "N", last)
	if lost := s.w.con.Journal.Lost(); lost > 0 {
		texts[statRecords] = wording.Of(s.w.k.Texts).Join(texts[statRecords], T("status.lost", "N", lost))
	}
	changed := false
	for i, text := range texts[:statHover] {
		changed = s.set(i, text) || changed
	}
	if changed {
		s.parts.Refresh()
	}
	s.showPlot()
	latency, _ := s.w.con.Latency(p)
	s.showLatency(latency)
}

// tick returns a number that changes when the line should be looked at again
// though nothing new came. Every redraw costs the whole window's, so the pace
// falls off when nothing happens. It is called on the pump's goroutine.
func (s *statsBar) tick(now time.Time) int64 {
	switch quiet := s.w.con.StatsQuiet(); {
	case s.behind.Load():
		return now.UnixMilli() // at once: the last state must not wait for something new
	case quiet < 5*time.Second:
		return now.Unix()
	case quiet <= console.StatsSeconds*time.Second:
		return int64(quiet / (10 * time.Second))
	}
	return now.Unix() / 60
}

// set sets the text of a part, and tells whether it is another one.
func (s *statsBar) set(part int, text string) bool {
	label := s.parts.Objects[part].(*widget.Label)
	if label.Text == text {
		return false
	}
	label.SetText(text)
	return true
}

func (s *statsBar) showPlot() {
	values := make([]uint32, len(s.shown.Seconds))
	marks := make([]widgets.PlotMarks, len(values))
	var most uint32
	for i, second := range s.shown.Seconds {
		values[i] = second.Events
		most = max(most, second.Events)
		if second.Reconnects > 0 {
			marks[i] |= widgets.PlotTriangle
		}
		if second.Problems > 0 {
			marks[i] |= widgets.PlotDiamond
		}
	}
	caption := ""
	if most > 0 {
		caption = s.w.k.T("stats.per_second", "Rate", fewText(wording.Of(s.w.k.Texts), most))
	}
	s.plot.Set(values, marks, caption)
}

// showHover tells of the second under the mouse, and what the marks mean.
func (s *statsBar) showHover() {
	text, T := "", s.w.k.T
	if i := s.plot.Hovered(); i >= 0 && i < len(s.shown.Seconds) {
		second := s.shown.Seconds[i]
		text = T("stats.ago", "Ago", s.w.k.Texts.Duration(time.Duration(len(s.shown.Seconds)-i)*time.Second), "Events", T("row.events", "N", int64(second.Events)))
		if second.Reconnects > 0 {
			text = wording.Of(s.w.k.Texts).Join(text, "▲ "+T("status.reconnects", "N", int64(second.Reconnects)))
		}
		if second.Problems > 0 {
			text = wording.Of(s.w.k.Texts).Join(text, "◆ "+T("strip.problems", "N", int64(second.Problems)))
		}
	}
	if i := s.took.Hovered() - console.LatencyPoints + len(s.points); s.took.Hovered() >= 0 && i >= 0 && i < len(s.points) {
		text = T("stats.took", "Time", s.points[i].At.Format(wording.TimeLayout), "Took", s.w.k.Texts.Duration(s.points[i].Took))
	}
	if s.set(statHover, text) {
		s.parts.Refresh()
	}
}

// left is for when the mouse has left the window, maybe from a plot.
func (s *statsBar) left() {
	s.plot.MouseOut()
	s.took.MouseOut()
}

// gap words how long ago the last event came, and the mean time between two.
func gapText(w wording.Words, s console.Stats, now time.Time) string {
	if s.Last.IsZero() {
		return ""
	}
	since, ago := now.Sub(s.Last), ""
	switch { // as exact as tick makes it
	case since < 10*time.Second:
		ago = w.Duration(since.Truncate(time.Second))
	case since < 2*time.Minute:
		ago = w.Duration(since.Truncate(10 * time.Second))
	default:
		ago = w.T("duration.minutes", "N", int(since/time.Minute))
	}
	text := w.T("stats.gap", "Ago", ago)
	if s.Mean > 0 {
		text = w.Join(text, w.T("stats.mean", "Mean", w.Duration(s.Mean)))
	}
	return text
}

// few words a count in at most five characters.
func fewText(w wording.Words, n uint32) string {
	switch {
	case n < 10_000:
		return fmt.Sprint(n)
	case n < 1_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%dM", n/1_000_000)
}

// fitting is a layout of a line that shows its parts whole or not at all, the
// important ones first. A part keeps the widest place that it had, so that its
// neighbours do not shake with every digit.
type fitting struct {
	importance []int // the parts, the most important first
	alone      int   // a part that hides the others while it has a text
	widths     [statCount]float32
}

func (f *fitting) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

func (f *fitting) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text := func(i int) string { return objects[i].(*widget.Label).Text }
	shown := map[int]bool{}
	if text(f.alone) != "" {
		shown[f.alone] = true
		f.widths[f.alone] = size.Width
	} else {
		room := size.Width
		for _, i := range f.importance {
			if text(i) == "" {
				continue
			}
			f.widths[i] = max(f.widths[i], objects[i].MinSize().Width)
			if f.widths[i] > room {
				break // what matters less gives way, even if it were short
			}
			room -= f.widths[i]
			shown[i] = true
		}
	}
	x := float32(0)
	for i, o := range objects {
		kit.SetVisible(o, shown[i])
		if shown[i] {
			o.Move(fyne.NewPos(x, 0))
			o.Resize(fyne.NewSize(f.widths[i], size.Height))
			x += f.widths[i]
		}
	}
}
