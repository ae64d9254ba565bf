package ui

import (
	"cmp"
	"slices"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// logPane shows the journal's records, the newest at the bottom.
type logPane struct {
	w    *window
	view *widgets.LogView

	from     records // this run's journal, or an earlier run
	rows     []int64 // numbers of the records that are shown, rising
	problems []int64 // those of the rows that are problems
	edges    []int64 // the beginnings and ends of connections, shown or not
	seen     int64   // records up to this number were looked at
	cleared  int64   // records up to this number are hidden by Clear
}

// Sizes of the log's text, in Fyne's units.
const (
	logTextSize    = 13
	minLogTextSize = 8
	maxLogTextSize = 32
)

func newLogPane(w *window) *logPane {
	p := &logPane{w: w, from: w.con.Journal}
	p.view = widgets.NewLogView(w.fonts, nil)
	p.view.SetSource(p)
	p.view.SetTextSize(cmp.Or(w.con.Settings().LogTextSize, logTextSize))
	p.view.OnSelected = func(int64) { w.details.show(p.selected()) }
	p.view.OnCopy = func([]widgets.Range) { w.details.copy() }
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
func (p *logPane) Len() int64 { return int64(len(p.rows)) }

// Row implements widgets.Source.
func (p *logPane) Row(i int64) widgets.Row {
	r := p.from.At(p.rows[i])
	if r == nil { // dropped since the last refresh
		return widgets.Row{}
	}
	w := p.w.words
	word, data := roles(r.Kind)
	return widgets.Row{Cells: []widgets.Cell{
		{Text: r.Time.Format(timeLayout), Role: widgets.Muted},
		{Text: w.targetName(r.Target), Role: widgets.Muted},
		{Text: r.ClientID},
		{Text: w.kind(r), Role: word},
		{Text: rowType(r), Role: widgets.Muted},
		{Text: rowID(r), Role: widgets.Muted},
		{Text: w.summary(r), Role: data},
	}}
}

// roles returns the colours of a kind's word and of its data: what came and
// what was sent keeps the text's own colour.
func roles(k record.Kind) (word, data widgets.Role) {
	switch k {
	case record.Event, record.Text:
		return widgets.Normal, widgets.Normal
	case record.Send:
		return widgets.Accent, widgets.Normal
	case record.Subscribe, record.Close:
		return widgets.Accent, widgets.Muted
	case record.Open:
		return widgets.Good, widgets.Muted
	case record.End, record.Reconnect, record.Discarded, record.Notice:
		return widgets.Warn, widgets.Muted
	case record.Problem, record.Difference:
		return widgets.Warn, widgets.Warn
	case record.Fail:
		return widgets.Bad, widgets.Bad
	}
	return widgets.Muted, widgets.Muted
}

// atOnce is how many records one refresh looks at, so that a long log being
// shown anew does not stop the window.
const atOnce = 100_000

// refresh takes up the records that came since the last time, and lets go of
// those that the journal dropped. With very many it takes several calls.
func (p *logPane) refresh() {
	first, last := p.from.Bounds()
	if gone, _ := slices.BinarySearch(p.rows, first); gone > 0 {
		p.rows = slices.Delete(p.rows, 0, gone)
		p.view.Trimmed(int64(gone))
	}
	before := len(p.rows)
	begin := max(first, p.seen+1)
	end := min(last, begin+atOnce-1)
	for r := range p.from.Scan(begin, end) {
		if isEdge(r) {
			p.edges = append(p.edges, r.Seq)
		}
		if r.Seq > p.cleared && p.w.kinds.shows(r) {
			p.rows = append(p.rows, r.Seq)
			if r.Kind == record.Problem {
				p.problems = append(p.problems, r.Seq)
			}
		}
	}
	p.seen = max(p.seen, end)
	p.w.behind.Store(p.seen < last)
	if len(p.rows) != before {
		p.view.Changed()
	}
}

// selected returns the record that is selected, or nil.
func (p *logPane) selected() *record.Record {
	if i := p.view.Selected(); i >= 0 {
		return p.from.At(p.rows[i])
	}
	return nil
}

// clear hides every record so far; showAll brings them back.
func (p *logPane) clear() {
	p.cleared = p.seen
	p.refilter()
}

func (p *logPane) showAll() {
	p.cleared = 0
	p.refilter()
}

// refilter decides anew which records are shown, and keeps the selected one
// selected if it still is.
func (p *logPane) refilter() {
	selected, following := p.selected(), p.view.Following()
	p.rows, p.problems, p.edges, p.seen = nil, nil, nil, 0
	p.view.SetSource(p)
	p.refresh()
	if selected == nil {
		return
	}
	row, shown := slices.BinarySearch(p.rows, selected.Seq)
	if !shown {
		p.w.details.show(nil)
		return
	}
	p.view.Select(int64(row))
	if following {
		p.view.ScrollToEnd()
	}
}

// isEdge tells whether a record begins, opens or ends a connection.
func isEdge(r *record.Record) bool {
	switch r.Kind {
	case record.Subscribe, record.Open, record.End:
		return true
	}
	return r.Kind == record.Fail && r.Call == record.Subscribe
}

// connectionOf returns the request and the response of the connection that r
// came over, nil where there is none.
func (p *logPane) connectionOf(r *record.Record) (request, response *record.Record) {
	same := onConnection(r)
	after, _ := slices.BinarySearch(p.edges, r.Seq+1)
	for i := after - 1; i >= 0 && request == nil; i-- {
		edge := p.from.At(p.edges[i])
		if edge == nil {
			return nil, nil // so old that the journal has dropped it
		}
		if edge.Kind == record.Subscribe && same(edge) {
			request, after = edge, i+1
		}
	}
	for i := after; request != nil && i < len(p.edges); i++ {
		if edge := p.from.At(p.edges[i]); edge != nil && same(edge) {
			return request, edge
		}
	}
	return request, nil
}

// nextProblem selects the first problem after the selected row, or from the
// beginning on.
func (p *logPane) nextProblem() {
	if len(p.problems) == 0 {
		return
	}
	at := 0
	if i := p.view.Selected(); i >= 0 {
		at, _ = slices.BinarySearch(p.problems, p.rows[i]+1)
	}
	if row, shown := slices.BinarySearch(p.rows, p.problems[at%len(p.problems)]); shown {
		p.view.Select(int64(row))
	}
}

// show shows an earlier run, or with nil this one again.
func (p *logPane) show(from records) {
	if from == nil {
		from = p.w.con.Journal
	}
	p.view.Select(-1)
	p.from, p.cleared = from, 0
	p.w.details.show(nil)
	p.refilter()
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
