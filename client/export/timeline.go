package export

import (
	"math"
	"time"

	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// Sizes of the timeline, in its own units.
const (
	timelineWidth = 1000
	timelineLeft  = 260 // space for the names
	densityHeight = 70
	barHeight     = 22
	maxBars       = 60
)

// timeline is a diagram of the connections over time.
type timeline struct {
	Width, Height, Left float64
	Density             []drawn
	Peak                string
	Bars                []bar
	Marks               []drawnMark
	Ticks               []tick
	More                int // connections without a bar
}

type drawn struct {
	X, Y, W, H float64
	Title      string
}

type bar struct {
	Box    drawn
	Name   string
	TextY  float64
	Failed bool
}

type drawnMark struct {
	X, Y      float64
	Finding   bool
	Reconnect bool
	Title     string
}

type tick struct {
	X             float64
	Label, Anchor string
}

func (s *summary) timeline(words Words) timeline {
	t := timeline{Width: timelineWidth, Left: timelineLeft}
	span := max(s.last.Sub(s.first), time.Millisecond)
	scale := (timelineWidth - timelineLeft - 10) / float64(span)
	x := func(at time.Time) float64 { return round(timelineLeft + float64(max(0, at.Sub(s.first)))*scale) }

	var peak int64
	for _, n := range s.density {
		peak = max(peak, n)
	}
	for i, n := range s.density {
		if n == 0 {
			continue
		}
		at := s.first.Add(time.Duration(i) * s.bin)
		h := round(math.Max(1, float64(n)/float64(peak)*(densityHeight-14)))
		t.Density = append(t.Density, drawn{x(at), round(densityHeight - h), round(math.Max(1, math.Min(float64(s.bin)*scale, timelineWidth-x(at)))), h,
			words.T("report.in_bin", "N", n, "Duration", words.Duration(s.bin))})
	}
	if peak > 0 {
		t.Peak = words.T("report.in_bin", "N", peak, "Duration", words.Duration(s.bin))
	}
	row := map[connection]int{}
	for i, c := range s.connections {
		if i >= maxBars {
			t.More = len(s.connections) - maxBars
			break
		}
		row[c.connection] = i
		y := float64(densityHeight + 10 + i*barHeight)
		name, target := shortened(c.connection.name()), shortened(words.Target(c.connection.target))
		t.Bars = append(t.Bars, bar{
			Box:  drawn{x(c.from), y, math.Max(2, round(x(c.to)-x(c.from))), barHeight - 8, name + " · " + target + " · " + words.Duration(c.to.Sub(c.from))},
			Name: shorten(name, 20) + " · " + shorten(target, 18), TextY: y + 11, Failed: c.response != nil && c.response.Kind == record.Fail,
		})
	}
	t.Height = float64(densityHeight + 10 + len(t.Bars)*barHeight + 24)
	for _, m := range s.marks {
		i, shown := row[m.on]
		if !shown {
			continue
		}
		title := words.Kind(m.kind)
		if m.code != "" {
			title += " " + m.code
		}
		t.Marks = append(t.Marks, drawnMark{x(m.at), float64(densityHeight + 10 + i*barHeight + 7), m.kind == record.Problem, m.kind == record.Reconnect, title + " · " + m.at.Format(timeLayout)})
	}
	for i := range 5 {
		at := s.first.Add(span * time.Duration(i) / 4)
		anchor := "middle"
		if i == 4 {
			anchor = "end" // otherwise the label would be clipped
		}
		t.Ticks = append(t.Ticks, tick{x(at), at.Format("15:04:05.000"), anchor})
	}
	return t
}

func round(v float64) float64 { return math.Round(v*10) / 10 }

// shorten returns text as one line of at most n characters, without its middle.
func shorten(text string, n int) string {
	runes := []rune(visible.Line(shortened(text)))
	if len(runes) > n {
		const end = 6 // the number of the connection is there
		return string(runes[:n-1-end]) + "…" + string(runes[len(runes)-end:])
	}
	return string(runes)
}
