package logpane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
)

// besideWidth is the width of the log, in Fyne's units and before the zoom, from which the details are beside
// the rows unless the user has chosen a place.
const besideWidth = 1000

// The parts of the log that its rows have on a first run, beside and above the details.
const (
	firstBeside = 0.64
	firstBelow  = 0.6
)

// place arranges the rows and the details. It is the layout of a container with its split
// as the only object.
type place struct {
	p      *Pane
	split  *container.Split
	open   bool    // there is something to show in the details; until then the rows have all the room
	beside float64 // the part of the rows while the details are at the right
	below  float64 // and while they are below
}

func newPlace(p *Pane) *place {
	l := &place{p: p, split: container.NewVSplit(container.NewStack(p.View, p.Empty.Content), p.Details.Content), beside: firstBeside, below: firstBelow}
	l.split.Offset = l.below
	return l
}

// Layout implements fyne.Layout.
func (l *place) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	chosen := l.p.con.Settings().Details
	kit.SetVisible(l.p.Details.Content, l.open && chosen != settings.DetailsHidden)
	horizontal := chosen == settings.DetailsRight || chosen != settings.DetailsBelow && size.Width >= besideWidth*widgets.Zoom(l.p.View.Theme())
	if horizontal != l.split.Horizontal {
		l.remember()
		l.split.Horizontal = horizontal
		l.apply()
	}
	l.split.Resize(size)
}

// MinSize implements fyne.Layout. A window can become narrower than the place beside the
// rows needs, unless the user has chosen that.
func (l *place) MinSize([]fyne.CanvasObject) fyne.Size {
	rows, details := l.p.View.MinSize(), l.p.Details.Content.MinSize()
	switch chosen := l.p.con.Settings().Details; {
	case chosen == settings.DetailsHidden || !l.open:
		return rows
	case chosen == settings.DetailsRight:
		return fyne.NewSize(rows.Width+details.Width, max(rows.Height, details.Height))
	}
	return fyne.NewSize(max(rows.Width, details.Width), rows.Height+details.Height)
}

// remember stores the position of the divider, which the user may have dragged.
func (l *place) remember() {
	if l.split.Horizontal {
		l.beside = l.split.Offset
	} else {
		l.below = l.split.Offset
	}
}

func (l *place) apply() {
	l.split.Offset = l.below
	if l.split.Horizontal {
		l.split.Offset = l.beside
	}
	l.split.Refresh()
}

// Splits returns the parts of the log, from 0 to 1, that the rows have while the details
// are beside and below them.
func (p *Pane) Splits() (beside, below float64) {
	p.place.remember()
	return p.place.beside, p.place.below
}

// SetSplits sets what Splits returns. Parts that are not between 0 and 1 are ignored.
func (p *Pane) SetSplits(beside, below float64) {
	p.place.remember()
	if beside > 0 && beside < 1 {
		p.place.beside = beside
	}
	if below > 0 && below < 1 {
		p.place.below = below
	}
	p.place.apply()
}

// openDetails gives the details room once a row is selected, and takes it back when none is.
// The selected row stays in view.
func (p *Pane) openDetails() {
	open := p.Details.Record() != nil || p.wanted > 0
	if open == p.place.open {
		return
	}
	p.place.open = open
	p.panes.Refresh()
	if row := p.View.Selected(); row >= 0 {
		p.View.ScrollTo(row)
	}
}

// PlaceDetails puts the details where the user wants them, one of the values of
// settings.Settings.Details, and remembers it.
func (p *Pane) PlaceDetails(where string) {
	p.con.UpdateSettings(func(s *settings.Settings) { s.Details = where })
	p.panes.Refresh()
	p.cfg.Changed()
}

// OpenDetails shows the details if they are hidden.
func (p *Pane) OpenDetails() {
	if p.con.Settings().Details == settings.DetailsHidden {
		p.PlaceDetails(settings.DetailsAuto)
	}
}
