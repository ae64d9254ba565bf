package ui

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/rowset"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// logConfig is what the log needs of the rest of the window.
type logConfig struct {
	Kit     *kit.Kit
	Console *console.Console

	Turn     func()             // turns to the log
	Changed  func()             // says that what the menu marks has changed
	CopyCurl func(secrets bool) // copies the request of the selected row as a curl command
}

// logPane shows the journal's records, the newest at the bottom.
type logPane struct {
	cfg     logConfig
	k       *kit.Kit
	con     *console.Console
	kinds   *kindBar
	bar     *filterBar
	details *details
	view    *widgets.LogView

	from    console.Records // this run's journal, or an earlier run
	model   *console.Log
	filter  *filter.Filter // what the filter bar says
	only    bool           // rows that do not match are not shown; else they are not marked
	cleared int64          // records up to this number are hidden by Clear
	hint    string         // what stands in an empty log

	wanted    int64              // the record that is to be selected as soon as its row is there; 0 if none
	near      bool               // or else the row after it
	following bool               // and whether the end is to stay in view
	cancel    context.CancelFunc // ends a search; never nil
}

// Sizes of the log's text, in Fyne's units.
const (
	minLogTextSize = 8
	maxLogTextSize = 32
)

func newLogPane(cfg logConfig) *logPane {
	p := &logPane{cfg: cfg, k: cfg.Kit, con: cfg.Console, from: cfg.Console.Journal, only: true, cancel: func() {}}
	p.kinds = newKindBar(p)
	p.model = console.NewLog(p.from, p.query())
	p.view = widgets.NewLogView(p.k.Fonts, nil)
	p.view.SetSource(p)
	p.view.SetTextSize(cmp.Or(p.con.Settings().LogTextSize, kit.LogTextSize))
	p.view.OnSelected = func(int64) { p.details.show(p.selected()) }
	p.view.OnCopy = p.copyRows
	p.view.OnColumns = p.rememberColumns
	p.view.OnKey = p.k.TypedKey
	p.view.OnMenu = func(_ int64, at fyne.Position) { p.rowMenu(at) }
	p.view.NewestLabel = func(below int64) string { return p.k.T("log.newest", "N", below) }
	p.k.Text(func() {
		p.view.SetColumns(p.columns())
		p.hint = ""
		p.showHint()
		p.view.Refresh()
	})
	p.bar = newFilterBar(p)
	p.details = newDetails(p)
	return p
}

// layout returns the log with all that belongs to it, and with a line of the
// window's above its rows.
func (p *logPane) layout(line fyne.CanvasObject) fyne.CanvasObject {
	panes := container.NewVSplit(p.view, p.details.content)
	panes.Offset = 0.7
	return container.NewBorder(container.NewVBox(p.kinds.row, p.bar.row, p.bar.message, line), nil, nil, nil, panes)
}

// Len implements widgets.Source.
func (p *logPane) Len() int64 { return p.model.Len() }

// Row implements widgets.Source.
func (p *logPane) Row(i int64) widgets.Row {
	r := p.from.At(p.model.At(i))
	if r == nil { // dropped since the last refresh
		return widgets.Row{}
	}
	w := wording.Of(p.k.Texts)
	word, data := roles(r.Kind)
	cell := func(field filter.Field, text string, role widgets.Role) widgets.Cell {
		return widgets.Cell{Text: text, Role: role, Hits: p.filter.Hits(field, text)}
	}
	return widgets.Row{Cells: []widgets.Cell{
		{Text: r.Time.Format(wording.TimeLayout), Role: widgets.Muted},
		{Text: w.TargetName(r.Target), Role: widgets.Muted},
		cell(filter.Client, r.ClientID, widgets.Normal),
		{Text: w.Kind(r), Role: word},
		cell(filter.Type, wording.RowType(r), widgets.Muted),
		cell(filter.ID, wording.RowID(r), widgets.Muted),
		{Text: wording.RowTook(r), Role: widgets.Muted},
		cell(filter.Anywhere, w.Summary(r), data),
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

// query is what the log shows now.
func (p *logPane) query() console.Query {
	q := console.Query{Shows: p.kinds.shows(), Cleared: p.cleared}
	if p.only {
		q.Filter = p.filter
	}
	return q
}

// refresh takes over which records are shown. It takes a bounded time, however
// many there are; with very many it takes several calls.
func (p *logPane) refresh() {
	c := p.model.Refresh()
	if c.Reset {
		p.view.SetSource(p)
	}
	if c.Trimmed > 0 {
		p.view.Trimmed(c.Trimmed)
	}
	for i, in := range c.Inserted {
		if i == len(c.Inserted)-1 && in.At+in.N == p.Len() {
			p.view.Changed()
		} else {
			p.view.Inserted(in.At, in.N)
		}
	}
	if p.wanted > 0 {
		p.reach()
	}
	p.showHint()
	p.bar.refresh()
}

// showHint says in an empty log why it is empty.
func (p *logPane) showHint() {
	hint := p.k.T("log.empty")
	if p.only && !p.filter.Empty() {
		hint = p.k.T("log.no_match")
		if p.model.Progress().Working {
			hint = p.k.T("log.looking")
		}
	}
	if hint != p.hint {
		p.hint = hint
		p.view.SetHint(hint)
	}
}

// reach selects the record that is wanted, if its row is there or it is known
// that there will be none.
func (p *logPane) reach() {
	if !p.model.Known(p.wanted) && p.model.Progress().Working {
		return
	}
	row, shown := p.model.Row(p.wanted)
	if !shown && !p.near || p.Len() == 0 {
		p.wanted = 0
		return
	}
	p.wanted = 0
	p.view.GoTo(min(row, p.Len()-1))
	if p.following {
		p.view.ScrollToEnd()
	}
}

// goTo selects the row of a record, or with near the one that comes next, now or
// as soon as it is known.
func (p *logPane) goTo(seq int64, near bool) {
	p.cfg.Turn()
	p.wanted, p.near, p.following = seq, near, false
	p.model.Focus(seq)
	p.reach()
}

// selected returns the record that is selected, or nil.
func (p *logPane) selected() *record.Record {
	if i := p.view.Selected(); i >= 0 && i < p.Len() {
		return p.from.At(p.model.At(i))
	}
	return nil
}

// place is the number of the selected record, or of the one after all.
func (p *logPane) place() int64 {
	if i := p.view.Selected(); i >= 0 && i < p.Len() {
		return p.model.At(i)
	}
	_, last := p.from.Bounds()
	return last + 1
}

// clear hides every record so far; showAll brings them back.
func (p *logPane) clear() {
	_, p.cleared = p.from.Bounds()
	p.refilter()
}

func (p *logPane) showAll() {
	p.cleared = 0
	p.refilter()
}

// refilter decides anew which records are shown, and keeps the selected one
// selected if it still is.
func (p *logPane) refilter() {
	p.wanted, p.near, p.following = 0, false, p.view.Following()
	focus := int64(0)
	if r := p.selected(); r != nil {
		p.wanted = r.Seq
		if !p.following {
			focus, p.near = r.Seq, true
		}
	}
	p.model.Show(p.from, p.query(), focus)
	p.refresh()
}

// Show shows an earlier run, or with nil this one again.
func (p *logPane) Show(from console.Records) {
	if from == nil {
		from = p.con.Journal
	}
	p.cancel()
	p.view.Select(-1)
	p.from, p.cleared = from, 0
	p.details.show(nil)
	p.refilter()
}

// Records returns those of the run that is shown.
func (p *logPane) Records() console.Records { return p.from }

// Shown returns a copy of the numbers of the records that are shown.
func (p *logPane) Shown() *rowset.Set { return p.model.Rows() }

// SelectedRows returns how many rows are selected.
func (p *logPane) SelectedRows() int64 { return p.view.SelectedRows() }

// Selection returns the rows that are selected.
func (p *logPane) Selection() []widgets.Range { return p.view.Selection() }

// end ends what goes on in the background and waits for the log's part of it.
func (p *logPane) end() { p.model.Close() }

func (p *logPane) largerText()  { p.setTextSize(p.view.TextSize() + 1) }
func (p *logPane) smallerText() { p.setTextSize(p.view.TextSize() - 1) }
func (p *logPane) normalText()  { p.setTextSize(kit.LogTextSize) }

// setTextSize sets the size of the log's and the details' text.
func (p *logPane) setTextSize(size float32) {
	size = min(max(size, minLogTextSize), maxLogTextSize)
	p.con.UpdateSettings(func(s *console.Settings) { s.LogTextSize = size })
	p.view.SetTextSize(size)
	p.details.text.SetTextSize(size)
}

// rowMenu offers what can be copied of the selected row.
func (p *logPane) rowMenu(at fyne.Position) {
	T, r := p.k.T, p.selected()
	if r == nil {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(T("menu.copy_row"), p.details.copy)}
	if r.IsRequest() {
		items = append(items,
			fyne.NewMenuItem(T("menu.copy_curl"), func() { p.cfg.CopyCurl(false) }),
			fyne.NewMenuItem(T("menu.copy_curl_secrets"), func() { p.cfg.CopyCurl(true) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.k.Win.Canvas(), at)
}
