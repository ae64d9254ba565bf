package stats

import (
	"fmt"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/intake"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// StatsPause is the shortest time between two changes of the numbers: each distinct
// text occupies a texture for a minute, and nobody reads faster.
const StatsPause = 250 * time.Millisecond

// Config is what the line needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Of        func() (console.Pair, bool)           // returns the subscription to describe; false means all
	StateWord func(sub console.Subscription) string // names the state of a subscription
}

// Bar is the line at the bottom: the numbers of the subscription in the chosen tab, or of
// all subscriptions, and a plot of the last two minutes.
type Bar struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Content *fyne.Container
	Parts   *fyne.Container
	fit     *fitting
	Plot    *widgets.Plot
	Took    *widgets.Plot // latencies of the messages sent from this window
	latency intake.Latency

	Shown  intake.Stats
	of     string       // identifies the subscription and the state that Shown belongs to
	At     time.Time    // when Shown was set
	Behind atomic.Bool  // there are newer numbers
	due    atomic.Int64 // when to show them, in milliseconds since 1970
	late   int64        // how often Tick found that time over; of the pump's goroutine
}

// The parts of the line, in display order, which differs from their importance.
const (
	statWho = iota
	statEvents
	statRate
	statBytes
	statGap
	statID
	statReconnects
	StatRecords
	statLegend
	StatCount
)

// New returns an empty line.
func New(cfg Config) *Bar {
	k := cfg.Kit
	s := &Bar{cfg: cfg, k: k, con: cfg.Console, Plot: widgets.NewPlot(k.Fonts)}
	s.fit = &fitting{importance: []int{statWho, statEvents, statRate, statID, statReconnects, StatRecords, statGap, statBytes, statLegend}}
	var labels []fyne.CanvasObject
	for range StatCount {
		labels = append(labels, widget.NewLabel(""))
	}
	s.Parts = container.New(s.fit, labels...)
	s.Plot.Tip, s.Plot.Describe = k.Tip, s.describeSecond
	s.Took = widgets.NewPlot(k.Fonts)
	s.Took.Tip, s.Took.Describe = k.Tip, s.describeLatency
	s.Took.Hide()
	s.Content = container.New(line{}, s.Parts, s.Took, s.Plot)
	k.Text(func() {
		s.At = time.Time{}
		clear(s.fit.widths[:])
	})
	return s
}

// Refresh updates the line, unless that happened less than StatsPause ago.
func (s *Bar) Refresh() {
	p, one := s.cfg.Of()
	stats, of := s.con.Intake.Total(), ""
	latency := s.con.Intake.TotalLatency()
	sub, _ := s.con.Subscription(p)
	if one {
		stats, _ = s.con.Intake.Stats(p.Target(), p.ClientID)
		latency, _ = s.con.Intake.Latency(p.Target(), p.ClientID)
		of = p.ClientID + "\n" + p.Target() + fmt.Sprint(sub.Status.ReadyState, sub.Failed)
	}
	now := time.Now()
	if of == s.of && now.Sub(s.At) < StatsPause {
		s.due.Store(s.At.Add(StatsPause).UnixMilli())
		s.Behind.Store(true)
		return
	}
	if of != s.of {
		clear(s.fit.widths[:])
	}
	s.Behind.Store(false)
	s.Shown, s.of, s.At = stats, of, now

	T := s.k.T
	texts := make([]string, StatCount)
	switch {
	case one:
		texts[statWho] = wording.Of(s.k.Texts).Labelled(s.k.Brief(p.ClientID), s.cfg.StateWord(sub))
	case stats.Bytes > 0 || stats.Reconnects > 0:
		texts[statWho] = T("stats.all")
	}
	if texts[statWho] != "" {
		texts[statEvents] = wording.Of(s.k.Texts).Events(stats.Events)
		texts[statRate] = T("stats.rate", "Rate", stats.Rate, "Peak", stats.Peak)
		texts[statBytes] = s.k.Texts.Size(stats.Bytes)
		texts[statReconnects] = T("status.reconnects", "N", stats.Reconnects)
		texts[statGap] = gapText(wording.Of(s.k.Texts), stats, now)
		texts[statLegend] = T("stats.legend")
	}
	if stats.LastEventID != "" {
		texts[statID] = "Last-Event-ID " + s.k.Brief(stats.LastEventID)
	}
	_, last := s.con.Journal.Bounds()
	texts[StatRecords] = T("status.rows", "N", last)
	if lost := s.con.Journal.Lost(); lost > 0 {
		texts[StatRecords] = wording.Of(s.k.Texts).Join(texts[StatRecords], T("status.lost", "N", lost))
	}
	changed := false
	for i, text := range texts {
		changed = s.set(i, text) || changed
	}
	if changed {
		s.Parts.Refresh()
	}
	s.ShowPlot()
	s.showLatency(latency)
}

// Tick returns a number that changes when the line should be refreshed although no
// record arrived. A redraw of the line redraws the whole window, so it happens less
// often the longer nothing arrives. Tick is called on the pump's goroutine.
func (s *Bar) Tick(now time.Time) int64 {
	if s.Behind.Load() && now.UnixMilli() >= s.due.Load() {
		s.late++ // the last numbers must not wait for new records
	}
	return s.late<<40 + schedule(now, s.con.Intake.Quiet())
}

// schedule returns a number that changes less often the longer nothing arrives. It fits
// into 40 bits.
func schedule(now time.Time, quiet time.Duration) int64 {
	switch {
	case quiet < 5*time.Second:
		return now.Unix()
	case quiet <= intake.StatsSeconds*time.Second:
		return int64(quiet / (10 * time.Second))
	}
	return now.Unix() / 60
}

// set sets the text of a part and reports whether it has changed.
func (s *Bar) set(part int, text string) bool {
	label := s.Parts.Objects[part].(*widget.Label)
	if label.Text == text {
		return false
	}
	label.SetText(text)
	return true
}

// gapText describes how long ago the last event arrived, and the mean time between
// events.
func gapText(w wording.Words, s intake.Stats, now time.Time) string {
	if s.Last.IsZero() {
		return ""
	}
	text := w.T("stats.gap", "Ago", w.Texts.Ago(now.Sub(s.Last)))
	if s.Mean > 0 {
		text = w.Join(text, w.T("stats.mean", "Mean", w.Duration(s.Mean)))
	}
	return text
}

// fitting is a layout that shows each part whole or not at all, the important ones
// first. A part never becomes narrower, so that its neighbours do not move with
// every digit.
type fitting struct {
	importance []int // the parts, the most important first
	widths     [StatCount]float32
	text       float32 // the size of the text that widths belong to
}

func (f *fitting) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

func (f *fitting) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text := func(i int) string { return objects[i].(*widget.Label).Text }
	if text := theme.TextSize(); text != f.text {
		f.text = text
		clear(f.widths[:])
	}
	shown := map[int]bool{}
	room := size.Width
	for _, i := range f.importance {
		if text(i) == "" {
			continue
		}
		f.widths[i] = max(f.widths[i], objects[i].MinSize().Width)
		if f.widths[i] > room {
			break // hide less important parts even if they would fit
		}
		room -= f.widths[i]
		shown[i] = true
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
