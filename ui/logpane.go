package ui

import (
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// logPane shows the journal's records, the newest at the bottom.
type logPane struct {
	w    *window
	view *widgets.LogView

	first, last int64 // numbers of the records that are shown
	cleared     int64 // records up to this number are hidden by Clear
}

// Sizes of the log's text, in Fyne's units.
const (
	logTextSize    = 13
	minLogTextSize = 8
	maxLogTextSize = 32
)

func newLogPane(w *window) *logPane {
	p := &logPane{w: w}
	p.view = widgets.NewLogView(w.fonts, nil)
	p.view.SetSource(p)
	p.view.SetTextSize(orElse(w.con.Settings().LogTextSize, logTextSize))
	p.view.OnSelected = func(int64) { w.details.show(p.selected()) }
	p.view.OnCopy = func(int64) { w.details.copy() }
	p.view.NewestLabel = func(below int64) string { return w.words.T("log.newest", "N", below) }
	w.text(func() {
		T := w.words.T
		p.view.SetColumns([]widgets.Column{
			{Title: T("column.time"), Width: 12},
			{Title: T("column.target"), Width: 9, Min: 4},
			{Title: T("column.client_id"), Width: 8, Min: 4},
			{Title: T("column.kind"), Width: 11},
			{Title: T("column.type"), Width: 7, Min: 4},
			{Title: T("column.id"), Width: 14, Min: 4},
			{Title: T("column.data"), Width: 20, Flexible: true},
		})
		p.view.SetHint(T("log.empty"))
		p.view.Refresh()
	})
	return p
}

// Len implements widgets.Source.
func (p *logPane) Len() int64 { return max(0, p.last-p.first+1) }

// Row implements widgets.Source.
func (p *logPane) Row(i int64) widgets.Row {
	r := p.w.con.Journal.At(p.first + i)
	if r == nil { // dropped since the last refresh
		return widgets.Row{}
	}
	w := p.w.words
	role := roleOf(r.Kind)
	return widgets.Row{Cells: []widgets.Cell{
		{Text: r.Time.Format(timeLayout), Role: widgets.Muted},
		{Text: w.targetName(r.Target), Role: widgets.Muted},
		{Text: r.ClientID},
		{Text: w.kind(r), Role: role},
		{Text: rowType(r), Role: widgets.Muted},
		{Text: rowID(r), Role: widgets.Muted},
		{Text: w.summary(r), Role: dataRole(r.Kind)},
	}}
}

func roleOf(k record.Kind) widgets.Role {
	switch k {
	case record.Subscribe, record.Send, record.Close:
		return widgets.Accent
	case record.Open:
		return widgets.Good
	case record.End, record.Reconnect, record.Discarded, record.Notice:
		return widgets.Warn
	case record.Fail:
		return widgets.Bad
	case record.Event:
		return widgets.Normal
	}
	return widgets.Muted
}

// dataRole keeps what came and what was sent in the text's own colour.
func dataRole(k record.Kind) widgets.Role {
	switch k {
	case record.Event, record.Send:
		return widgets.Normal
	case record.Fail:
		return widgets.Bad
	}
	return widgets.Muted
}

func (p *logPane) refresh() {
	first, last := p.w.con.Journal.Bounds()
	first = max(first, p.cleared+1)
	if first == p.first && last == p.last {
		return
	}
	removed := first - p.first
	p.first, p.last = first, last
	if removed > 0 {
		p.view.Trimmed(removed)
	}
	p.view.Changed()
}

// selected returns the record that is selected, or nil.
func (p *logPane) selected() *record.Record {
	if i := p.view.Selected(); i >= 0 {
		return p.w.con.Journal.At(p.first + i)
	}
	return nil
}

// clear hides every record so far; showAll brings them back.
func (p *logPane) clear() {
	p.cleared = p.last
	p.reset()
}

func (p *logPane) showAll() {
	p.cleared = 0
	p.reset()
}

func (p *logPane) reset() {
	p.first, p.last = 0, 0
	p.view.SetSource(p)
	p.refresh()
	p.view.ScrollToEnd()
	p.w.details.show(nil)
}

func (p *logPane) largerText()  { p.setTextSize(p.view.TextSize() + 1) }
func (p *logPane) smallerText() { p.setTextSize(p.view.TextSize() - 1) }
func (p *logPane) normalText()  { p.setTextSize(logTextSize) }

// setTextSize sets the size of the log's and the details' text.
func (p *logPane) setTextSize(size float32) {
	size = min(max(size, minLogTextSize), maxLogTextSize)
	p.w.con.UpdateSettings(func(s *console.Settings) { s.LogTextSize = size })
	p.view.SetTextSize(size)
	p.w.details.text.SetTextSize(size)
}
